"""What is fetched once and kept: `PARKNETT_CACHE`, by default `~/.cache/parknett`.

Root's own default is `/var/cache/parknett`, because the servers that root starts run as
another user, who cannot look into root's home.
"""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.servers.unavailable import UnavailableError


def cache_directory() -> Path:
    """Return the directory that fetched servers are kept in, made if missing."""
    chosen = os.environ.get("PARKNETT_CACHE")
    if chosen:
        path = Path(chosen).expanduser().resolve()
    elif os.geteuid() == 0:
        path = Path("/var/cache/parknett")
    else:
        path = Path.home() / ".cache" / "parknett"
    path.mkdir(parents=True, exist_ok=True)
    return path


def prepared(name: str, fill: Callable[[Path], None]) -> Path:
    """Return the directory `name` of the cache, made by `fill` the first time.

    It appears whole or not at all: `fill` gets a directory beside it that is renamed when it
    returns. Several processes may ask at once; one fills, the others wait.

    Raises:
        UnavailableError: when `fill` fails, with its reason.
    """
    target = cache_directory() / name
    with (cache_directory() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if target.exists():
            return target
        partial = target.with_name(f"{name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        try:
            fill(partial)
        except Exception as error:
            shutil.rmtree(partial, ignore_errors=True)
            reason = f"{name} could not be prepared: {error}"
            raise UnavailableError(reason) from error
        partial.rename(target)
    return target
