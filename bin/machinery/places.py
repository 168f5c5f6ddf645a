"""Where things are in a checkout."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONT_END = ROOT / "site" / "ui"
BUILT_FRONT_END = FRONT_END / "static" / "ui" / "dist"
NODE_MODULES = ROOT / "node_modules"


def data_directory(chosen: str | None) -> Path:
    """Return the directory of database, index and uploads, absolute.

    An explicit choice wins, then `PARKNETT_DATA_DIR`, then `var/` in the checkout. The
    command line's is seen from the current directory, the variable's from the checkout.
    """
    if chosen:
        return Path(chosen).expanduser().resolve()
    return (ROOT / os.environ.get("PARKNETT_DATA_DIR", "var")).resolve()


def command_environment() -> dict[str, str]:
    """Return the environment of commands that run in the virtual environment."""
    environment = dict(os.environ)
    environment["VIRTUAL_ENV"] = str(VENV)
    environment["PATH"] = os.pathsep.join([str(VENV / "bin"), environment.get("PATH", os.defpath)])
    environment["PYTHONUNBUFFERED"] = "1"
    # A PYTHONPATH of somebody's shell would mix other packages into the environment.
    environment.pop("PYTHONPATH", None)
    environment.pop("PYTHONHOME", None)
    return environment
