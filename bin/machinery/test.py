"""The command `bin/test`."""

import argparse
import sys

from machinery.commands import run_in_environment
from machinery.console import StepFailedError, say
from machinery.places import PYTHON
from machinery.preparation import make_ready
from machinery.processes import StopRequested, stop_on_signals


def main(arguments: list[str], description: str) -> int:
    """Set up and run pytest with `arguments`; return its exit status."""
    parser = argparse.ArgumentParser(
        prog="bin/test",
        description=description,
        usage="bin/test [PYTEST ARGUMENT …]",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="pytest's own options: bin/test --pytest-help",
    )
    parser.add_argument("--pytest-help", action="store_true", help=argparse.SUPPRESS)
    options, for_pytest = parser.parse_known_args(arguments)
    if options.pytest_help:
        for_pytest = ["--help"]
    stop_on_signals()
    try:
        say("Setting up the tests of Parknett")
        make_ready("test")
        return run_in_environment([PYTHON, "-m", "pytest", *for_pytest], {})
    except StopRequested:
        return 130
    except StepFailedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
