"""The floor that pages are measured against: a bare Django page on the same database.

It is what `startproject` makes, with startproject's middleware, and one view: a single query of
20 `auth.Permission` rows with their content type, in a small inherited template, under gunicorn
with two sync workers.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from operations.bench.processes import HOST, free_port, stopped_at_the_end, wait_for_http

NAME: Final = "floor"
ROWS: Final = 20

SETTINGS: Final = """
import dj_database_url

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {"default": dj_database_url.config(conn_max_age=600)}
TEMPLATES[0]["DIRS"] = [BASE_DIR / "templates"]
"""

URLS: Final = f"""
from django.contrib.auth.models import Permission
from django.shortcuts import render
from django.urls import path


def permissions(request):
    rows = Permission.objects.select_related("content_type").order_by("pk")[:{ROWS}]
    return render(request, "permissions.html", {{"permissions": rows}})


urlpatterns = [path("", permissions)]
"""

BASE_TEMPLATE: Final = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{% block title %}{% endblock %}</title></head>
<body>
<header><a href="/">Floor</a></header>
<main>{% block content %}{% endblock %}</main>
<footer>A bare page</footer>
</body>
</html>
"""

PAGE_TEMPLATE: Final = """{% extends "base.html" %}
{% block title %}Permissions{% endblock %}
{% block content %}
<h1>Permissions</h1>
<ul>
{% for permission in permissions %}<li>{{ permission.name }} ({{ permission.content_type.model }})</li>
{% endfor %}</ul>
{% endblock %}
"""


@contextmanager
def running(directory: Path, database_url: str) -> Iterator[int]:
    """Make the floor's project in `directory`, serve it and yield its port."""
    project = directory / NAME
    _make_project(project)
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", f"{NAME}.wsgi", "--bind", f"{HOST}:{port}"),
        *("--workers", "2", "--worker-class", "sync", "--log-level", "warning"),
        "--no-control-socket",
    ]
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": f"{NAME}.settings",
    }
    with stopped_at_the_end(subprocess.Popen(command, cwd=project, env=environment)) as process:
        wait_for_http(f"http://{HOST}:{port}/", process)
        yield port


def _make_project(project: Path) -> None:
    project.mkdir(parents=True)
    command = [sys.executable, "-m", "django", "startproject", NAME, str(project)]
    environment = {key: os.environ[key] for key in os.environ if key != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, env=environment, check=True)
    package = project / NAME
    with (package / "settings.py").open("a") as settings:
        settings.write(SETTINGS)
    (package / "urls.py").write_text(URLS)
    templates = project / "templates"
    templates.mkdir()
    (templates / "base.html").write_text(BASE_TEMPLATE)
    (templates / "permissions.html").write_text(PAGE_TEMPLATE)
