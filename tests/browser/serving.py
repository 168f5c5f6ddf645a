"""The site on a data directory of its own, served as in production: web server and worker.

The project's own commands fill the directory once a test run; every process of the run serves a
copy of it, so that what one test edits no other process sees.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.servers.process import free_port

ROOT = Path(__file__).resolve().parents[2]
BUILT_FRONT_END = ROOT / "site" / "ui" / "static" / "ui" / "dist"
SECONDS_TO_BE_WELL = 90
SECONDS_TO_STOP = 25
PR_SET_PDEATHSIG = 1
SYSTEM = ctypes.CDLL(None) if sys.platform == "linux" else None


class ServedSite:
    """The site at ``url``, its data in ``data``; its letters go to ``mail_port``."""

    def __init__(self, data: Path, port: int, mail_port: int) -> None:
        self.data = data
        self.url = f"http://127.0.0.1:{port}"
        self.environment = _environment(data, port) | {
            "PARKNETT_EMAIL_URL": f"smtp://127.0.0.1:{mail_port}"
        }
        self._process: subprocess.Popen[bytes] | None = None

    def manage(self, *command: str) -> str:
        """Run a command of `manage.py` on the site's data and give what it prints."""
        return _manage(self.environment, *command)

    def start(self) -> None:
        """Serve, and return once everything is well."""
        with (self.data / "serve.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), "serve"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - it calls the system and nothing else
            )
        deadline = time.monotonic() + SECONDS_TO_BE_WELL
        while self.health().get("status") != "ok":
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the site is not well: {self.health()}\n{self.log()}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End the site, gently and then not."""
        if self._process is None:
            return
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(SECONDS_TO_STOP)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def health(self) -> dict[str, object]:
        """What the site says of itself; nothing while it does not answer."""
        try:
            with urllib.request.urlopen(f"{self.url}/health/", timeout=5) as answer:
                return dict(json.load(answer))
        except (urllib.error.URLError, OSError, ValueError):
            return {}

    def log(self) -> str:
        """The last lines of what the site's processes have printed."""
        lines = (self.data / "serve.log").read_text(errors="replace").splitlines()
        return "\n".join(lines[-40:])


@contextlib.contextmanager
def serving(template: Path, data: Path, mail_port: int) -> Iterator[ServedSite]:
    """Serve a copy of the prepared directory ``template`` in ``data``."""
    shutil.copytree(template, data)
    site = ServedSite(data, free_port(), mail_port)
    try:
        site.start()
        yield site
    finally:
        site.stop()


def prepared(shared: Path) -> Path:
    """The directory below ``shared`` that the project's own commands have filled, once a run."""
    data = shared / "site"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (data / "complete").exists():
            shutil.rmtree(data, ignore_errors=True)
            environment = _environment(data, free_port())
            _manage(environment, "prepare")
            _manage(environment, "collectstatic", "--noinput", "-v", "0")
            (data / "complete").touch()
    return data


def _manage(environment: Mapping[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *command],
        cwd=ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)}:\n{done.stdout}"
    return done.stdout


def _environment(data: Path, port: int) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("PARKNETT_")}
    for name in ("DATABASE_URL", "SEARCH_URL", "PYTEST_CURRENT_TEST"):
        own.pop(name, None)
    return own | {
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "PARKNETT_DATA_DIR": str(data),
        "PARKNETT_BIND": f"127.0.0.1:{port}",
        "PARKNETT_BASE_URL": f"http://127.0.0.1:{port}",
        "PARKNETT_SECRET_KEY": "only-for-the-tests-in-a-browser-and-nowhere-else",
        # A passkey belongs to a name, which an address in numbers is not.
        "PARKNETT_ALLOWED_HOSTS": "127.0.0.1,localhost",
        "PARKNETT_MAP_TILE_URL": "",
        "PARKNETT_WEB_WORKERS": "1",
        "PARKNETT_WEB_LOG_LEVEL": "warning",
    }


def _end_with_parent() -> None:
    # A run that is killed must not leave a site behind.
    if SYSTEM is not None:
        SYSTEM.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
