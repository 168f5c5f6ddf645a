"""Named steps on the terminal: what is done, how far it is, how long it took."""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

BAR_WIDTH = 24
LINES_SHOWN_ON_FAILURE = 40
REDRAW_SECONDS = 0.2


class StepFailedError(Exception):
    """A command failed; the message says which and what it printed last."""


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def run_step(
    title: str,
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    *,
    directory: Path,
    counted: str = "",
    expected: int = 0,
) -> None:
    """Run a quiet command under a title with a progress bar.

    The bar counts the printed lines that match `counted`, of `expected` in all; without them
    it only shows the elapsed time.

    Raises:
        StepFailedError: when the command ends with another status than 0.
    """
    lines = []
    with (
        _Bar(title, expected) as bar,
        subprocess.Popen(
            [str(part) for part in command],
            cwd=directory,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process,
    ):
        assert process.stdout is not None
        try:
            for line in process.stdout:
                lines.append(line)
                if counted and re.search(counted, line):
                    bar.advance()
            process.wait()
        except BaseException:
            process.kill()
            bar.failed = True
            raise
        bar.failed = process.returncode != 0
    if process.returncode != 0:
        tail = "".join(lines[-LINES_SHOWN_ON_FAILURE:])
        raise StepFailedError(f"“{title}” failed with status {process.returncode}:\n{tail}")


def run_visible_step(
    title: str, command: Sequence[str | Path], environment: Mapping[str, str], *, directory: Path
) -> None:
    """Run a command that prints its own progress under a title.

    Raises:
        StepFailedError: when the command ends with another status than 0.
    """
    began = time.monotonic()
    say(f"  {title} …")
    done = subprocess.run(
        [str(part) for part in command],
        cwd=directory,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode != 0:
        raise StepFailedError(f"“{title}” failed with status {done.returncode}.")
    say(f"  {title}: done in {time.monotonic() - began:.1f} s")


class _Bar:
    """The line of one step: redrawn on a terminal, otherwise printed at its beginning and end."""

    def __init__(self, title: str, expected: int) -> None:
        self.failed = False
        self._title = title
        self._expected = expected
        self._done = 0
        self._began = time.monotonic()
        self._drawn = sys.stdout.isatty()
        self._ended = threading.Event()
        self._drawer = threading.Thread(target=self._redraw, daemon=True)

    def __enter__(self) -> Self:
        if self._drawn:
            self._drawer.start()
        else:
            say(f"  {self._title} …")
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            self._ended.set()
            self._drawer.join()
            sys.stdout.write("\r\x1b[K")
        outcome = "failed" if self.failed else "done"
        say(f"  {self._title}: {outcome} in {time.monotonic() - self._began:.1f} s")

    def advance(self) -> None:
        self._done = min(self._done + 1, self._expected)

    def _redraw(self) -> None:
        while not self._ended.wait(REDRAW_SECONDS):
            seconds = time.monotonic() - self._began
            sys.stdout.write(f"\r\x1b[K  {self._title} {self._bar()} {seconds:.0f} s")
            sys.stdout.flush()

    def _bar(self) -> str:
        if not self._expected:
            return "…"
        filled = BAR_WIDTH * self._done // self._expected
        return f"[{'█' * filled}{'·' * (BAR_WIDTH - filled)}] {self._done}/{self._expected}"
