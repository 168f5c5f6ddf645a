"""Running the web server and the worker together, and ending both without leaving orphans."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType

from machinery.console import say

SECONDS_TO_STOP = 20
SECONDS_BETWEEN_LOOKS = 0.1

# A worker that keeps dying is restarted with growing pauses, and given up after so many deaths
# of a process that did not live for a minute.
PAUSES_BEFORE_RESTART = (0.5, 1, 2, 5, 10)
SECONDS_OF_GOOD_LIFE = 60

PR_SET_PDEATHSIG = 1


class ChildDiedError(Exception):
    """A process that must live has died; the message says which."""


class StopRequested(BaseException):
    """SIGTERM, SIGHUP or Ctrl-C was received."""


def stop_on_signals() -> None:
    """Turn the signals that end a command into `StopRequested`, once."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise StopRequested

    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, stop)


class Child:
    """A process with its own group, which is ended as a whole."""

    def __init__(self, name: str, command: Sequence[str | Path], environment: Mapping[str, str],
                 directory: Path) -> None:  # fmt: skip
        self.name = name
        self._command = [str(part) for part in command]
        self._environment = dict(environment)
        self._directory = directory
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0
        self._short_lives = 0

    def start(self) -> None:
        """Start the process."""
        self._began = time.monotonic()
        self._process = subprocess.Popen(
            self._command,
            cwd=self._directory,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            # Safe, for no thread runs by now.
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - see above
        )

    def death(self) -> int | None:
        """Return the status the process ended with, or None while it lives."""
        return None if self._process is None else self._process.poll()

    def restart(self) -> None:
        """Start the process anew after a pause.

        Raises:
            ChildDiedError: when it has died too often, too soon.
        """
        self._signal(signal.SIGKILL)
        lived = time.monotonic() - self._began
        self._short_lives = 0 if lived > SECONDS_OF_GOOD_LIFE else self._short_lives + 1
        if self._short_lives > len(PAUSES_BEFORE_RESTART):
            raise ChildDiedError(
                f"The {self.name} has died {self._short_lives} times within a minute of its start."
            )
        pause = PAUSES_BEFORE_RESTART[max(self._short_lives - 1, 0)]
        say(f"The {self.name} died (status {self.death()}) and is started anew in {pause} s.")
        time.sleep(pause)
        self.start()

    def ask_to_stop(self) -> None:
        """Send SIGTERM to the process alone: it ends its own children in good order."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait_or_kill(self, deadline: float) -> None:
        """Wait until `deadline` (monotonic), then kill what is left of the group."""
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(max(deadline - time.monotonic(), 0.1))
        self._signal(signal.SIGKILL)
        self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)


def _end_with_parent() -> None:
    # Without this a `kill -9` of bin/run would leave the web server and the worker behind.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@contextlib.contextmanager
def running(children: Sequence[Child]) -> Iterator[None]:
    """Run all children during the block and end them, together, on the way out."""
    try:
        for child in children:
            child.start()
        yield
    finally:
        deadline = time.monotonic() + SECONDS_TO_STOP
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.wait_or_kill(deadline)


def watch(web: Child, worker: Child | None, until: Callable[[], bool]) -> None:
    """Look after both until `until()` is true: restart a dead worker, give up on a dead web.

    Raises:
        ChildDiedError: when the web server has died, or the worker again and again.
    """
    while not until():
        if web.death() is not None:
            raise ChildDiedError(f"The {web.name} ended with status {web.death()}.")
        if worker is not None and worker.death() is not None:
            worker.restart()
        time.sleep(SECONDS_BETWEEN_LOOKS)
