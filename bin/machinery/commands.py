"""Running a command of the virtual environment until it ends or we are asked to stop."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from machinery.places import ROOT, command_environment


def run_in_environment(command: Sequence[str | Path], extra: Mapping[str, str]) -> int:
    """Run `command` in the foreground and return its status.

    When we are asked to stop, so is it, and it is waited for: it has servers to end.
    """
    environment = {**command_environment(), **extra}
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=environment)
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
