"""The fixtures for real servers. One server serves the whole run, workers of xdist included."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.mailbox import Mailbox, receiving
from tests.servers.shared import SharedServers
from tests.servers.unavailable import UnavailableError

SERVERS = pytest.StashKey[SharedServers]()


def pytest_configure(config: pytest.Config) -> None:
    """Make the place through which the run's processes share servers."""
    config.addinivalue_line(
        "markers", "both_databases: runs on SQLite and, through test_on_postgresql, on PostgreSQL"
    )
    handed_over = getattr(config, "workerinput", None)
    if handed_over is None:
        directory = Path(tempfile.mkdtemp(prefix="parknett-test-servers-"))
        config.stash[SERVERS] = SharedServers(directory, os.getpid())
    else:
        directory, owner = handed_over["servers"]
        config.stash[SERVERS] = SharedServers(Path(directory), owner)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: pytest.Item) -> None:
    """Tell a worker of xdist where the servers are shared."""
    shared = node.config.stash[SERVERS]
    node.workerinput["servers"] = (str(shared.directory), shared.owner)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the servers with the run, in the process that began it."""
    shared = config.stash.get(SERVERS, None)
    if shared is not None and shared.owner == os.getpid():
        shared.end_all()
        shutil.rmtree(shared.directory, ignore_errors=True)


def _url_or_skip(request: pytest.FixtureRequest, name: str) -> str:
    try:
        return request.config.stash[SERVERS].url(name)
    except UnavailableError as error:
        pytest.skip(f"{name}: {error}")


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest) -> str:
    """URL of PostgreSQL 18's database `postgres`; make databases of your own in it."""
    return _url_or_skip(request, "postgres")


@pytest.fixture(scope="session")
def opensearch_url(request: pytest.FixtureRequest) -> str:
    """URL of OpenSearch 3.8, with the full Norwegian analysis. Use index names of your own."""
    return _url_or_skip(request, "opensearch")


@pytest.fixture(scope="session")
def elasticsearch_8_url(request: pytest.FixtureRequest) -> str:
    """URL of Elasticsearch 8.19, for the plain analysis profile."""
    return _url_or_skip(request, "elasticsearch-8")


@pytest.fixture(scope="session")
def elasticsearch_9_url(request: pytest.FixtureRequest) -> str:
    """URL of Elasticsearch 9.2, for the plain analysis profile."""
    return _url_or_skip(request, "elasticsearch-9")


@pytest.fixture
def mail_server() -> Iterator[Mailbox]:
    """Yield an SMTP server on 127.0.0.1 and the messages it has received."""
    with receiving() as mailbox:
        yield mailbox
