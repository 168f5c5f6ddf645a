"""Files from Maven Central, fetched by `jgo`'s own resolver: no Maven is needed."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from jgo.env import EnvironmentBuilder
from jgo.maven import MavenContext

SECONDS_WITHOUT_DATA = 60


def fetch_file(group: str, artifact: str, version: str, packaging: str, target: Path) -> None:
    """Fetch one file of Maven Central to `target`.

    Raises:
        RuntimeError: when it is not there.
        requests.RequestException: when the repository is not reached.
    """
    with tempfile.TemporaryDirectory(prefix="parknett-maven-") as repository:
        context = _context(Path(repository))
        component = context.project(group, artifact).at_version(version)
        shutil.move(component.artifact(packaging=packaging).resolve(), target)


def fetch_jars(endpoint: str, target: Path) -> None:
    """Fetch the jar `group:artifact:version` and all it depends on into `target`.

    Raises:
        RuntimeError: when one is not there.
        requests.RequestException: when the repository is not reached.
    """
    with tempfile.TemporaryDirectory(prefix="parknett-maven-") as directory:
        context = _context(Path(directory) / "repository")
        builder = EnvironmentBuilder(context=context, cache_dir=Path(directory) / "environments")
        for jar in builder.from_endpoint(endpoint).all_jars:
            shutil.copyfile(jar, target / jar.name)


def verify(files: Iterable[Path], expected: str) -> None:
    """Compare the SHA-256 over the files' names and contents with what it was when chosen.

    Raises:
        ValueError: when they differ.
    """
    whole = hashlib.sha256()
    for path in sorted(files, key=lambda each: each.name):
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        whole.update(f"{path.name} {digest}\n".encode())
    if whole.hexdigest() != expected:
        reason = f"the fetched files have the SHA-256 {whole.hexdigest()}, not {expected}"
        raise ValueError(reason)


def _context(repository: Path) -> MavenContext:
    return MavenContext(repo_cache=repository, timeout=SECONDS_WITHOUT_DATA)
