"""Jobs in forked processes that share the memory of what was loaded before.

The parent does nothing but watch: a job that must live ends the others when it dies, any other is
started anew, from the parent's untouched memory and therefore at once.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

WATCHED: Final = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
SECONDS_TO_STOP: Final = 20.0
SECONDS_BETWEEN_LOOKS: Final = 0.05

# A job that keeps dying is started anew with growing pauses, and given up after the last.
PAUSES: Final = (0.5, 1.0, 2.0, 5.0, 10.0)
SECONDS_OF_GOOD_LIFE: Final = 60.0

PR_SET_PDEATHSIG: Final = 1

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """What a process does; ``run`` returns when it is asked to stop with SIGTERM."""

    name: str
    run: Callable[[], object]
    must_live: bool


class Supervisor:
    """Runs jobs until SIGTERM, SIGINT or SIGHUP. There must be no other thread."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs
        self._running: dict[int, tuple[Job, float]] = {}
        self._short_lives: dict[str, int] = {}

    def run(self) -> bool:
        """Run the jobs; gives False when they ended because one of them died."""
        signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        try:
            for job in self._jobs:
                self._start(job)
            return self._watch()
        finally:
            self._stop()

    def _start(self, job: Job) -> None:
        child = os.fork()
        if child == 0:
            os._exit(_be(job))
        self._running[child] = (job, time.monotonic())

    def _watch(self) -> bool:
        while True:
            if signal.sigwait(WATCHED) is not signal.SIGCHLD:
                return True
            for child, status in _ended(self._running):
                job, began = self._running.pop(child)
                logger.error("the %s ended with status %s", job.name, status)
                if job.must_live or not self._again(job, began):
                    return False

    def _again(self, job: Job, began: float) -> bool:
        """Start a dead job anew, unless it has died too often; tells which."""
        well = time.monotonic() - began > SECONDS_OF_GOOD_LIFE
        deaths = self._short_lives[job.name] = 1 if well else self._short_lives.get(job.name, 0) + 1
        if deaths > len(PAUSES):
            logger.error("the %s keeps dying and is given up", job.name)
            return False
        # A signal to stop ends the pause, and is found by the next look.
        if signal.sigtimedwait(WATCHED[1:], PAUSES[deaths - 1]) is not None:
            os.kill(os.getpid(), signal.SIGTERM)
            return True
        self._start(job)
        return True

    def _stop(self) -> None:
        for child in self._running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)
        deadline = time.monotonic() + SECONDS_TO_STOP
        while self._running and time.monotonic() < deadline:
            for child, _ in _ended(self._running):
                del self._running[child]
            time.sleep(SECONDS_BETWEEN_LOOKS)
        for child in self._running:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _ended(running: Mapping[int, object]) -> list[tuple[int, int]]:
    """Process ids and statuses of the children that have ended."""
    found = []
    for child in running:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            found.append((child, os.waitstatus_to_exitcode(status)))
    return found


def _be(job: Job) -> int:
    """Do the job in the child, and give the status it ends with."""
    for number in WATCHED:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
    if sys.platform == "linux":
        # A parent that is killed must not leave its jobs behind.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    try:
        job.run()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException:
        logger.exception("the %s failed", job.name)
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0
