"""Serving a prepared site: data, settings, web server and worker."""

import http.client
import json
import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from machinery.console import run_step, run_visible_step, say
from machinery.places import BUILT_FRONT_END, FRONT_END, PYTHON, ROOT, command_environment
from machinery.processes import Child, running, watch
from machinery.stamps import Stamp, content_hash, files_below

HOST = "127.0.0.1"
SECONDS_TO_ANSWER = 90
SECONDS_TO_BE_WELL = 15
PRODUCTION_WORKERS = "2"


class PortBusyError(Exception):
    """Somebody else listens on the port."""


class NotAnsweringError(Exception):
    """The site was started and does not answer as it should."""


@dataclass(frozen=True)
class Site:
    """What `bin/run` was asked to serve."""

    port: int
    data: Path
    sample: bool
    production_like: bool

    @property
    def address(self) -> str:
        """The site's own address."""
        return f"http://{HOST}:{self.port}"

    def environment(self) -> dict[str, str]:
        """Return the environment of the site's processes; what is already set there wins."""
        environment = command_environment()
        environment["PARKNETT_DATA_DIR"] = str(self.data)
        environment["PARKNETT_BIND"] = f"{HOST}:{self.port}"
        defaults = {"PARKNETT_BASE_URL": self.address, "PARKNETT_WEB_LOG_LEVEL": "warning"}
        if self.production_like:
            environment["DJANGO_SETTINGS_MODULE"] = "config.settings.production"
            defaults["PARKNETT_SECRET_KEY"] = _kept_secret(self.data / "secret-key")
            defaults["PARKNETT_ALLOWED_HOSTS"] = f"{HOST},localhost"
            defaults["PARKNETT_WEB_WORKERS"] = PRODUCTION_WORKERS
        else:
            environment["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
            environment["PARKNETT_WEB_RELOAD"] = "1"
        for name, value in defaults.items():
            environment.setdefault(name, value)
        return environment


def check_port(port: int) -> None:
    """Raise `PortBusyError` when nobody can listen on `port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortBusyError(
                f"Port {port} is not free ({error.strerror}). Choose another one with --port."
            ) from error


def prepare_data(site: Site) -> None:
    """Migrate, load the data and build the index, unless all of that was done with these sources.

    Raises:
        StepFailedError: when it fails.
    """
    stamp = Stamp(site.data / "stamps" / "data", _data_inputs(site))
    # What lies on another server may have been changed there, so it is looked at each time.
    kept_here = not (os.environ.get("DATABASE_URL") or os.environ.get("SEARCH_URL"))
    is_there = (site.data / "db.sqlite3").exists() and (site.data / "index").is_dir()
    if kept_here and is_there and stamp.is_current():
        return
    stamp.clear()
    options = [] if site.sample else ["--no-sample"]
    run_visible_step(
        "Database, data and search index",
        [PYTHON, ROOT / "manage.py", "prepare", *options],
        site.environment(),
        directory=ROOT,
    )
    stamp.set()


def _data_inputs(site: Site) -> str:
    rooms = [ROOT / name for name in ("site", "network", "courses", "search")]
    suffixes = (".py", ".yaml", ".yml", ".json", ".csv", ".txt", ".po")
    sources = [
        path for room in rooms if room.is_dir() for path in files_below(room, suffixes, _unloaded())
    ]
    return content_hash([*sources, ROOT / "requirements.txt"], f"sample={site.sample}")


def _unloaded() -> list[Path]:
    return [FRONT_END / "static", FRONT_END / "css", FRONT_END / "js"]


def collect_static(site: Site) -> None:
    """Gather the static files with hashed names, compressed, unless nothing in them changed.

    Raises:
        StepFailedError: when it fails.
    """
    suffixes = (".css", ".js", ".svg", ".png", ".webmanifest", ".ico", ".woff2", ".jpg")
    own = [
        path for static in sorted(ROOT.glob("*/*/static")) for path in files_below(static, suffixes)
    ]
    stamp = Stamp(
        site.data / "stamps" / "static",
        content_hash([*own, *BUILT_FRONT_END.glob("*"), ROOT / "requirements.txt"]),
    )
    if stamp.is_current() and (site.data / "static" / "staticfiles.json").exists():
        return
    stamp.clear()
    run_step(
        "Static files",
        [PYTHON, ROOT / "manage.py", "collectstatic", "--noinput", "--clear", "-v", "1"],
        site.environment(),
        directory=ROOT,
    )
    stamp.set()


def serve(site: Site, ready: Callable[[], None]) -> None:
    """Serve until a signal asks to stop; call `ready` once the site answers.

    Raises:
        ChildDiedError: when the web server, or again and again the worker, has died.
        NotAnsweringError: when the site has not become well within 90 s.
        StopRequested: when a signal has been received.
    """
    web, worker = _children(site)
    with running([web, worker] if worker else [web]):
        answer = _FirstAnswer(site)
        watch(web, worker, until=answer.has_come)
        ready()
        watch(web, worker, until=lambda: False)


def _children(site: Site) -> tuple[Child, Child | None]:
    """Return the web server and the worker; in production one process looks after both."""
    environment = site.environment()
    manage: list[str | Path] = [PYTHON, ROOT / "manage.py"]
    if site.production_like:
        return Child("site", [*manage, "serve"], environment, ROOT), None
    # `-m` instead of the script: a script's first line may not hold a path with spaces.
    configuration = ROOT / "gunicorn.conf.py"
    serving: list[str | Path] = [PYTHON, "-m", "gunicorn", "-c", configuration, "config.wsgi"]
    web = Child("web server", serving, environment, ROOT)
    return web, Child("worker", [*manage, "worker"], environment, ROOT)


class _FirstAnswer:
    """Waits until /health/ says that all is well, a little less strictly after a while."""

    def __init__(self, site: Site) -> None:
        self._port = site.port
        now = time.monotonic()
        self._content_with_less = now + SECONDS_TO_BE_WELL
        self._deadline = now + SECONDS_TO_ANSWER

    def has_come(self) -> bool:
        status, report = self._ask()
        now = time.monotonic()
        if status == http.HTTPStatus.OK and report.get("status") == "ok":
            return True
        if status == http.HTTPStatus.OK and now > self._content_with_less:
            say(f"The site answers, but not all of it is well: {json.dumps(report)}")
            return True
        if now > self._deadline:
            answer = f"/health/ answers {status}" if status else "it does not answer"
            raise NotAnsweringError(f"The site is not well after {SECONDS_TO_ANSWER} s: {answer}.")
        return False

    def _ask(self) -> tuple[int, dict[str, object]]:
        connection = http.client.HTTPConnection(HOST, self._port, timeout=5)
        try:
            connection.request("GET", "/health/", headers={"Accept": "application/json"})
            response = connection.getresponse()
            body = response.read()
            well_formed = response.status == http.HTTPStatus.OK
            return response.status, json.loads(body) if well_formed else {}
        except (OSError, ValueError, http.client.HTTPException):
            return 0, {}
        finally:
            connection.close()


def _kept_secret(path: Path) -> str:
    """Return the key kept in `path`, made on first use and readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text()
