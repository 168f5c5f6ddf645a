"""Starting a server, waiting until it answers, ending it."""

import contextlib
import random
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from tests.servers.unavailable import UnavailableError
from tests.servers.unprivileged import account

SECONDS_TO_START = 120
SECONDS_TO_STOP = 20
LOG_LINES_SHOWN = 15


def free_port(low: int = 20000, high: int = 32000) -> int:
    """Return a port of [low, high) on which nobody listens on 127.0.0.1.

    The range lies below the ports that the kernel hands out to outgoing connections.

    Raises:
        UnavailableError: when a hundred tries found none.
    """
    for _ in range(100):
        port = random.randrange(low, high)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    reason = f"no free port between {low} and {high}"
    raise UnavailableError(reason)


@contextlib.contextmanager
def server_process(
    command: Sequence[str | Path],
    directory: Path,
    *,
    environment: Mapping[str, str] | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
) -> Iterator["ServerProcess"]:
    """Run `command` in `directory` as the servers' user, and end it on the way out."""
    log = directory / "output.log"
    owner = account()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=directory,
            env=dict(environment) if environment is not None else None,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            **({} if owner is None else _identity(owner.pw_uid, owner.pw_gid)),
        )
    try:
        yield ServerProcess(process, log)
    finally:
        _end(process, stop_signal)


def _identity(user: int, group: int) -> dict[str, object]:
    return {"user": user, "group": group, "extra_groups": []}


def _end(process: "subprocess.Popen[bytes]", stop_signal: signal.Signals) -> None:
    if process.poll() is None:
        process.send_signal(stop_signal)
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class ServerProcess:
    """A started server and what it has printed so far."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self._process = process
        self._log = log

    def output(self) -> str:
        """Return all that the server has printed."""
        return self._log.read_text(errors="replace")

    def wait_until(self, answers: Callable[[], bool]) -> None:
        """Return once `answers()` is true.

        Raises:
            UnavailableError: when the server ends, or 120 seconds pass, before that.
        """
        deadline = time.monotonic() + SECONDS_TO_START
        while not answers():
            if self._process.poll() is not None:
                self._give_up(f"ended with status {self._process.returncode}")
            if time.monotonic() > deadline:
                self._give_up(f"did not answer within {SECONDS_TO_START} s")
            time.sleep(0.1)

    def _give_up(self, what: str) -> None:
        last_lines = "\n".join(self.output().splitlines()[-LOG_LINES_SHOWN:])
        reason = f"{Path(str(self._process.args[0])).name} {what}:\n{last_lines}"  # type: ignore[index]  # a list, see above
        raise UnavailableError(reason)


def answers_http(url: str) -> bool:
    """Tell whether a GET of `url` is answered with success."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def send_json(url: str, method: str, body: bytes) -> None:
    """Send a JSON body to a server that has just started.

    Raises:
        urllib.error.HTTPError: when the server refuses it.
    """
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, body, headers, method=method)
    with urllib.request.urlopen(request, timeout=30):
        pass
