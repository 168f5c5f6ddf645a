"""Making sure of the Python that runs us. Kept readable by any Python 3."""

import os
import shutil
import sys

NEEDED = (3, 11)
HANDED_OVER = "PARKNETT_PYTHON_CHOSEN"


def require_python() -> None:
    """Go on in Python 3.11: hand over to the one on the path, or end with a clear message."""
    if sys.version_info[:2] == NEEDED:
        os.environ.pop(HANDED_OVER, None)
        return
    found = shutil.which("python3.11")
    if found is None or HANDED_OVER in os.environ:
        sys.exit(
            "Parknett needs Python 3.11; this is {}.{}, and there is no python3.11 on the "
            "path.".format(*sys.version_info[:2])
        )
    os.environ[HANDED_OVER] = "1"
    os.execv(found, [found, *sys.argv])  # noqa: S606 - no shell is wanted
