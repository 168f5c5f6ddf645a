"""An HTTP server that fails as it is told, in front of a real search server or of none."""

import contextlib
import json
import socket
import struct
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HEADERS = {"Content-Type": "application/json", "X-Elastic-Product": "Elasticsearch"}
BLOCKED = {"type": "cluster_block_exception", "reason": "index read-only / allow delete (api)"}
REJECTED = {"type": "es_rejected_execution_exception", "reason": "queue is full"}


class Faulty:
    """The server. ``fault`` is what it does with a request instead of passing it on, or None.

    ``asked`` are the paths that were asked for.
    """

    def __init__(self, upstream: str) -> None:
        """Pass requests on to ``upstream`` while nothing else is said."""
        self.upstream = upstream
        self.url = ""
        self.fault: Callable[[Exchange], None] | None = None
        self.asked: list[str] = []
        self.let_go = threading.Event()


class Exchange(BaseHTTPRequestHandler):
    """One request and what is done with it."""

    faulty: Faulty
    body = b""

    def handle_one_request(self) -> None:
        """Serve a request; whoever asked may have left."""
        with contextlib.suppress(ConnectionError):
            super().handle_one_request()

    def answer_it(self) -> None:
        """Fail, or pass it on."""
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.faulty.asked.append(self.path)
        (self.faulty.fault or Exchange.pass_on)(self)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer_it  # noqa: N815 - http.server's names

    def send(self, status: int, body: bytes) -> None:
        """Answer."""
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def pass_on(self) -> None:
        """Answer what the real server answers."""
        status, body = self.ask_upstream(self.body)
        self.send(status, body)

    def ask_upstream(self, body: bytes) -> tuple[int, bytes]:
        """Status and body of the real server's answer."""
        kind = self.headers.get("Content-Type", "application/json")
        request = urllib.request.Request(
            self.faulty.upstream + self.path,
            body or None,
            {"Content-Type": kind, "Accept": "application/json"},
            method=self.command,
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def hang(exchange: Exchange) -> None:
    """Take the request and never answer."""
    exchange.faulty.let_go.wait(30)
    exchange.close_connection = True


def reset(exchange: Exchange) -> None:
    """Break the connection off."""
    exchange.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    exchange.connection.close()
    exchange.close_connection = True


def too_many(exchange: Exchange) -> None:
    """Refuse because of too much work."""
    error = {"root_cause": [REJECTED], **REJECTED}
    exchange.send(429, json.dumps({"error": error, "status": 429}).encode())


def junk(exchange: Exchange) -> None:
    """Answer like something else that listens at the address."""
    exchange.send(200, b"{}")


def read_only(exchange: Exchange) -> None:
    """Read, but write nothing."""
    if "_bulk" in exchange.path:
        _bulk(exchange, taken=0, status=403, error=BLOCKED)
    else:
        exchange.pass_on()


def half_of_it(exchange: Exchange) -> None:
    """Take the first half of what is to be written and reject the rest."""
    if "_bulk" in exchange.path:
        _bulk(exchange, taken=None, status=429, error=REJECTED)
    else:
        exchange.pass_on()


def take_it_and_reset(exchange: Exchange) -> None:
    """Do as asked, and break off before the answer."""
    exchange.ask_upstream(exchange.body)
    reset(exchange)


def _bulk(exchange: Exchange, *, taken: int | None, status: int, error: dict[str, str]) -> None:
    operations = _operations(exchange.body)
    taken = len(operations) // 2 if taken is None else taken
    items = []
    if taken:
        body = b"".join(line for operation in operations[:taken] for line in operation)
        items = json.loads(exchange.ask_upstream(body)[1])["items"]
    for action, *_ in operations[taken:]:
        ((verb, told),) = json.loads(action).items()
        items.append({verb: {"_id": told["_id"], "status": status, "error": error}})
    exchange.send(200, json.dumps({"took": 1, "errors": True, "items": items}).encode())


def _operations(body: bytes) -> list[list[bytes]]:
    lines = iter(body.splitlines(keepends=True))
    return [[line] if b'"delete"' in line[:12] else [line, next(lines)] for line in lines]


@contextlib.contextmanager
def running(upstream: str = "") -> Iterator[Faulty]:
    """Yield a server on a free port, in front of ``upstream``."""
    faulty = Faulty(upstream)
    handler = type("Handler", (Exchange,), {"faulty": faulty, "protocol_version": "HTTP/1.1"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    faulty.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield faulty
    finally:
        faulty.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join()
