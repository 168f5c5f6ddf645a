"""How gunicorn serves Parknett. Every value can be set from the environment."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

bind = os.environ.get("PARKNETT_BIND", "127.0.0.1:8000")
reload = os.environ.get("PARKNETT_WEB_RELOAD") == "1"

# The processes share what is loaded before they are forked; code that is reloaded is not.
preload_app = not reload
workers = 1 if reload else int(os.environ.get("PARKNETT_WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("PARKNETT_WEB_THREADS", "2"))

# A worker is renewed now and then, not both at once, so that no leak grows for ever.
max_requests = 0 if reload else 20_000
max_requests_jitter = 2_000

# Two sites on one machine would share the default socket in the user's home.
control_socket_disable = True

timeout = 30
graceful_timeout = 15
keepalive = 5

# Shared memory for the heartbeat file: a slow disk must not look like a dead worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn's advice
loglevel = os.environ.get("PARKNETT_WEB_LOG_LEVEL", "info")
accesslog = os.environ.get("PARKNETT_ACCESS_LOG") or None


def when_ready(_server: object) -> None:
    """Load what the workers share, before they are forked."""
    if preload_app:
        from operations.warm_up import warm_up  # only now is Django set up

        warm_up()
