"""The command `bin/bench`: what it measures is in `site/operations/bench/`."""

import os
import sys
from pathlib import Path

from machinery.commands import run_in_environment
from machinery.console import StepFailedError, say
from machinery.places import PYTHON, ROOT
from machinery.preparation import make_ready
from machinery.processes import StopRequested, stop_on_signals


def main(arguments: list[str]) -> int:
    """Set up and measure; return the exit status."""
    stop_on_signals()
    try:
        say("Setting up the measurements of Parknett")
        make_ready("test")
        paths = os.pathsep.join([str(ROOT), str(ROOT / "site")])
        command: list[str | Path] = [PYTHON, "-m", "operations.bench", *arguments]
        return run_in_environment(command, {"PYTHONPATH": paths})
    except StopRequested:
        return 130
    except StepFailedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
