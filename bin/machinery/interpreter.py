"""Making sure of the Python that runs us. Kept readable by any Python from 3.6 on."""

import os
import subprocess
import sys

NEEDED = (3, 11)
HANDED_OVER = "PARKNETT_PYTHON_CHOSEN"
# What `python -m venv` needs; Debian keeps the second in a package of its own.
QUESTION = "import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 11))"
HINT = "On Debian: apt install python3.11 python3.11-venv"


def require_python() -> None:
    """Go on in Python 3.11: hand over to one on the path, or end with a clear message."""
    if sys.version_info[:2] == NEEDED:
        os.environ.pop(HANDED_OVER, None)
        return
    this = "Parknett needs Python 3.11; this is {}.{}".format(*sys.version_info[:2])
    others = [] if HANDED_OVER in os.environ else _on_the_path("python3.11")
    if not others:
        sys.exit(f"{this}, and there is no python3.11 on the path.\n{HINT}")
    for path in others:
        if _is_usable(path):
            os.environ[HANDED_OVER] = "1"
            os.execv(path, [path, *sys.argv])  # noqa: S606 - no shell is wanted
    sys.exit(
        "{}, and what is called python3.11 on the path does not run or lacks its venv module: "
        "{}\n{}".format(this, ", ".join(others), HINT)
    )


def _on_the_path(name: str) -> "list[str]":
    """All programs called so, the first that a shell would find first."""
    places = os.environ.get("PATH", os.defpath).split(os.pathsep)
    paths = [os.path.join(place, name) for place in places if place]  # noqa: PTH118 - a text will do
    return [path for path in paths if os.access(path, os.X_OK)]


def _is_usable(path: str) -> bool:
    """Whether it is the Python that its name says; a version manager's stand-in may be none."""
    try:
        done = subprocess.run(
            [path, "-c", QUESTION],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0
