"""The command `bin/develop`."""

import argparse
import sys

from machinery.console import StepFailedError, say
from machinery.preparation import make_ready
from machinery.processes import StopRequested, stop_on_signals


def main(arguments: list[str], description: str) -> int:
    """Set up for development; return the exit status."""
    argparse.ArgumentParser(
        prog="bin/develop",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    ).parse_args(arguments)
    stop_on_signals()
    try:
        say("Setting up Parknett for development")
        make_ready("dev")
    except StopRequested:
        return 130
    except StepFailedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0
