"""A small load generator, run as a process of its own: `python load.py HOST PORT …`.

It keeps a fixed number of requests under way on raw sockets, one connection for each request, as
a server with sync workers closes them anyway; so a keep-alive that only one of two servers offers
plays no part in their comparison. What one visitor does is a script of one or more requests, one after
the other; what is counted and timed are whole scripts. It prints one JSON object.
"""

import argparse
import json
import re
import selectors
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

RECEIVE_BYTES: Final = 262_144
SECONDS_UNTIL_STUCK: Final = 30
GOOD_STATUS: Final = 200
# Stands in a path for the number in the address that the request before was led to.
NUMBER: Final = b"{number}"
LED_TO: Final = re.compile(rb"\r\nlocation:[^\r]*?/(\d+)/", re.IGNORECASE)


@dataclass(frozen=True)
class _Step:
    """One request of a script, and the status that it is to be answered with."""

    request: bytes
    status: int


@dataclass
class _Exchange:
    """A request under way: its connection, when its script began, what of the answer has come."""

    connection: socket.socket
    began: float
    script: list[_Step]
    place: int = 0
    answer: bytearray = field(default_factory=bytearray)


class LoadGenerator:
    """Goes through `scripts` in turn, `concurrency` at a time, on HTTP/1.1 at `address`.

    A script is a list of requests; each has a `path` and may have `headers`, a `form` (a body as it
    is sent) and the `status` that it is to be answered with, 200 unless it says otherwise.
    """

    def __init__(
        self, address: tuple[str, int], scripts: list[list[dict[str, Any]]], concurrency: int
    ) -> None:
        self._address = address
        self._concurrency = concurrency
        host = f"{address[0]}:{address[1]}"
        self._scripts = [[_step(request, host) for request in script] for script in scripts]
        self._begun = 0
        self._selector = selectors.DefaultSelector()
        self._seconds: list[float] = []
        self._statuses: Counter[int] = Counter()
        self._bytes = 0

    def run(self, seconds: float, least: int) -> dict[str, object]:
        """Keep up the load for `seconds`, and until `least` answers; return what was measured.

        Times are in milliseconds. Gives up when nothing comes for half a minute.
        """
        began = time.perf_counter()
        end = began + seconds
        for _ in range(self._concurrency):
            self._begin()
        while time.perf_counter() < end or len(self._seconds) < least:
            ready = self._selector.select(SECONDS_UNTIL_STUCK)
            if not ready:
                self._statuses[0] += 1
                break
            for key, _ in ready:
                self._advance(key.data)
        elapsed = time.perf_counter() - began
        for key in list(self._selector.get_map().values()):
            key.data.connection.close()
        return self._report(elapsed)

    def _begin(self) -> None:
        script = self._scripts[self._begun % len(self._scripts)]
        self._begun += 1
        self._send(script[0].request, _Exchange(socket.socket(), time.perf_counter(), script))

    def _send(self, request: bytes, exchange: _Exchange) -> None:
        connection = exchange.connection
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # On the loopback interface this returns at once, or when the listening queue has room.
        connection.connect(self._address)
        connection.sendall(request)
        connection.setblocking(False)
        self._selector.register(connection, selectors.EVENT_READ, exchange)

    def _advance(self, exchange: _Exchange) -> None:
        try:
            chunk = exchange.connection.recv(RECEIVE_BYTES)
        except ConnectionError:
            chunk = b""
        if chunk:
            exchange.answer += chunk
            return
        # The server has closed: the answer is complete.
        self._selector.unregister(exchange.connection)
        exchange.connection.close()
        self._bytes += len(exchange.answer)
        status, place = _status(exchange.answer), exchange.place + 1
        good = status == exchange.script[exchange.place].status
        if good and place < len(exchange.script):
            led_to = LED_TO.search(exchange.answer)
            request = exchange.script[place].request
            request = request.replace(NUMBER, led_to[1] if led_to else b"", 1)
            following = _Exchange(socket.socket(), exchange.began, exchange.script, place)
            self._send(request, following)
            return
        self._seconds.append(time.perf_counter() - exchange.began)
        self._statuses[GOOD_STATUS if good else status] += 1
        self._begin()

    def _report(self, elapsed: float) -> dict[str, object]:
        ordered = sorted(self._seconds)
        count = len(ordered)
        failed = count - self._statuses[GOOD_STATUS] + self._statuses[0]
        return {
            "requests": count,
            "failed": failed,
            "statuses": {str(status): number for status, number in self._statuses.items()},
            "per_second": count / elapsed,
            "p50_ms": _percentile(ordered, 0.50) * 1000,
            "p95_ms": _percentile(ordered, 0.95) * 1000,
            "bytes_each": self._bytes / count if count else 0.0,
        }


def _step(request: dict[str, Any], host: str) -> _Step:
    form = request.get("form", "")
    headers = {
        "Host": host,
        "Accept-Encoding": "br, gzip",
        "Accept": "text/html,application/json",
        "Connection": "close",
        **request.get("headers", {}),
    }
    if form:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        headers["Content-Length"] = str(len(form.encode()))
    lines = [f"{'POST' if form else 'GET'} {request['path']} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    text = "\r\n".join(lines) + f"\r\n\r\n{form}"
    return _Step(text.encode(), request.get("status", GOOD_STATUS))


def _status(answer: bytearray) -> int:
    parts = bytes(answer[:32]).split(b" ", 2)
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0


def _percentile(ordered: list[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


def main() -> None:
    """Read the command line, run, print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("scripts", type=Path, help="a JSON file with a list of scripts")
    parser.add_argument("--concurrency", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--least", type=int, default=1)
    options = parser.parse_args()
    scripts = json.loads(options.scripts.read_text())
    generator = LoadGenerator((options.host, options.port), scripts, options.concurrency)
    json.dump(generator.run(options.seconds, options.least), sys.stdout)


if __name__ == "__main__":
    main()
