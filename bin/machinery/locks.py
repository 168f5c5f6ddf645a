"""One run at a time: locks that the system lets go of when a process ends, however it ends."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from machinery.console import say
from machinery.places import ROOT


class AlreadyRunningError(Exception):
    """Another process holds the lock; the message says which."""


@contextlib.contextmanager
def data_directory_lock(directory: Path) -> Iterator[None]:
    """Hold the data directory for this process.

    Raises:
        AlreadyRunningError: when another `bin/run` holds it.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise AlreadyRunningError(
                f"Process {holder} already runs Parknett on {directory}. "
                "Stop it, or choose another directory with --data-dir."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


@contextlib.contextmanager
def checkout_lock() -> Iterator[None]:
    """Let only one process at a time install into this checkout; the others wait."""
    with (ROOT / "requirements.txt").open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  Waiting for another command that is setting up this checkout …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
