"""Starting and ending the processes that are measured."""

import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from random import SystemRandom
from socket import socket
from typing import Final

HOST: Final = "127.0.0.1"
SECONDS_TO_START: Final = 120
SECONDS_TO_STOP: Final = 20
PORTS: Final = range(20_000, 32_000)


class BenchError(Exception):
    """A measurement cannot be made; the message says why."""


def free_port() -> int:
    """Return a port on which nobody listens, below those of outgoing connections."""
    for _ in range(100):
        port = SystemRandom().choice(PORTS)
        with socket() as probe:
            if probe.connect_ex((HOST, port)) != 0:
                return port
    raise BenchError("there is no free port")


@contextmanager
def stopped_at_the_end(process: "subprocess.Popen[bytes]") -> Iterator["subprocess.Popen[bytes]"]:
    """Yield the process and end it with SIGTERM on the way out."""
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for_http(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Return once a GET of `url` is answered with 200.

    Raises:
        BenchError: when the process ends before that, or two minutes pass.
    """
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise BenchError(f"the server of {url} ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - a URL of ours
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise BenchError(f"{url} does not answer")
