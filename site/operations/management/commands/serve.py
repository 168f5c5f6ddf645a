"""The whole site from one command: web server and worker, in processes that share memory."""

import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from gunicorn.app.wsgiapp import WSGIApplication

from operations.allocator import give_back_memory
from operations.management.commands.worker import Command as Worker
from operations.supervision import Job, Supervisor
from operations.warm_up import warm_up


class Command(BaseCommand):
    help = (
        "Serves the site with gunicorn (see gunicorn.conf.py) and runs the worker, until SIGTERM. "
        "What both need is loaded once and shared, which saves a third of their memory."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        give_back_memory()
        warm_up()
        jobs = (
            Job("web server", _serve_web, must_live=True),
            Job("worker", lambda: call_command(Worker()), must_live=False),
        )
        if not Supervisor(jobs).run():
            raise CommandError("The site has ended because a part of it died.")


def _serve_web() -> None:
    sys.argv = ["gunicorn", "-c", str(settings.BASE_DIR / "gunicorn.conf.py"), "config.wsgi"]
    WSGIApplication().run()
