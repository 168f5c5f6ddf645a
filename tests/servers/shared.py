"""Servers that all processes of one test run share: the first that asks starts one.

A keeper (`python -m tests.servers`) holds each server and ends it when the run ends, also
when the run itself is killed.
"""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.servers.unavailable import UnavailableError

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_FETCH_AND_START = 900
SECONDS_TO_END = 30


class SharedServers:
    """The servers of one test run, known through the files of `directory`."""

    def __init__(self, directory: Path, owner: int) -> None:
        """Share through `directory`; the servers end when the process `owner` does."""
        self.directory = directory
        self.owner = owner

    def url(self, name: str) -> str:
        """Return the URL of the server called `name`, started if it is not yet.

        Raises:
            UnavailableError: when it cannot be had.
        """
        answer_file = self.directory / f"{name}.json"
        with (self.directory / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not answer_file.exists():
                self._start(name, answer_file)
        answer = json.loads(answer_file.read_text())
        if "url" not in answer:
            raise UnavailableError(answer["unavailable"])
        return str(answer["url"])

    def _start(self, name: str, answer_file: Path) -> None:
        command = [sys.executable, "-m", "tests.servers", name]
        options = ["--answer-file", str(answer_file), "--only-while", str(self.owner)]
        log = self.directory / f"{name}.log"
        with log.open("wb") as output:
            keeper = subprocess.Popen(
                [*command, *options],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        (self.directory / f"{name}.pid").write_text(str(keeper.pid))
        deadline = time.monotonic() + SECONDS_TO_FETCH_AND_START
        while not answer_file.exists():
            if keeper.poll() is not None or time.monotonic() > deadline:
                reason = f"the keeper of {name} gave up: {log.read_text(errors='replace')}"
                raise UnavailableError(reason)
            time.sleep(0.1)
        # Whoever ends the run sends the signal; this handle is not needed for it.
        keeper.returncode = 0

    def end_all(self) -> None:
        """End every server that was started, and wait until all have ended."""
        keepers = [int(path.read_text()) for path in self.directory.glob("*.pid")]
        for keeper in keepers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(keeper, signal.SIGTERM)
        deadline = time.monotonic() + SECONDS_TO_END
        for keeper in keepers:
            while _lives(keeper) and time.monotonic() < deadline:
                time.sleep(0.05)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(keeper, signal.SIGKILL)


def _lives(process_id: int) -> bool:
    # A keeper that is our own child stays a zombie until it is waited for.
    with contextlib.suppress(ChildProcessError):
        return os.waitpid(process_id, os.WNOHANG) == (0, 0)
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True
