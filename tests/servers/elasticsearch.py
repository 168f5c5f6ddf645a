"""Elasticsearch 8.19 and 9.2: the distribution its makers test with, from Maven Central.

It has the server's own analyzers only (no `norwegian`, no `edge_ngram`) and no `GET /`.
"""

import contextlib
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.servers.cache import prepared
from tests.servers.java import HEAP, java_home
from tests.servers.maven import fetch_file, verify
from tests.servers.process import answers_http, free_port, server_process
from tests.servers.search_server import allow_full_disk
from tests.servers.unprivileged import give_to_account, private_directory

GROUP = "org.elasticsearch.distribution.integ-test-zip"
SHA256 = {
    "8.19.7": "c1a96253d73c19914d89046c8da5c18b33672a4d48d631e4873113b1551e5d31",
    "9.2.0": "2becafffb0abd88eda67a718bf658fc02acef746efd7b28d0bc13e0a8c9ea1e3",
}

# The package's Java has no incubator module, and nobody reads the collector's log.
UNWANTED_OPTIONS = ("jdk.incubator.vector", "-Xlog:gc")


@contextlib.contextmanager
def running(version: str, port: int | None = None) -> Iterator[str]:
    """Yield the URL of an empty single-node cluster of `version`, without log-in.

    Raises:
        UnavailableError: when it cannot be fetched or does not start.
    """
    home = prepared(f"elasticsearch-{version}", lambda target: _fetch(version, target))
    port = port or free_port()
    with private_directory("elasticsearch") as directory:
        _configure(home, directory, port)
        give_to_account(directory)
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(directory),
            "ES_JAVA_HOME": str(java_home()),
            "ES_JAVA_OPTS": " ".join(HEAP),
            "ES_PATH_CONF": str(directory / "config"),
            "ES_TMPDIR": str(directory / "tmp"),
        }
        command = [home / "bin" / "elasticsearch"]
        with server_process(command, directory, environment=environment) as server:
            url = f"http://127.0.0.1:{port}"
            server.wait_until(lambda: answers_http(f"{url}/_cluster/health"))
            allow_full_disk(url)
            yield url


def _fetch(version: str, target: Path) -> None:
    archive = target / f"elasticsearch-{version}.zip"
    fetch_file(GROUP, "elasticsearch", version, "zip", archive)
    verify([archive], SHA256[version])
    with zipfile.ZipFile(archive) as content:
        content.extractall(target)
    archive.unlink()
    unpacked = target / f"elasticsearch-{version}"
    for each in list(unpacked.iterdir()):
        each.rename(target / each.name)
    unpacked.rmdir()
    for program in (target / "bin").iterdir():
        program.chmod(0o755)


def _configure(home: Path, directory: Path, port: int) -> None:
    config = directory / "config"
    shutil.copytree(home / "config", config)
    for name in ("data", "logs", "tmp"):
        (directory / name).mkdir()
    options = (config / "jvm.options").read_text().splitlines()
    kept = [line for line in options if not any(unwanted in line for unwanted in UNWANTED_OPTIONS)]
    (config / "jvm.options").write_text("\n".join(kept) + "\n")
    (config / "elasticsearch.yml").write_text(
        f"""\
cluster.name: parknett-{port}
discovery.type: single-node
http.port: {port}
network.host: 127.0.0.1
path.data: {directory / "data"}
path.logs: {directory / "logs"}
transport.port: {free_port()}
xpack.security.enabled: false
"""
    )
