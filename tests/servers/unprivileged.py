"""Another user for servers that refuse to run as root, and the files it needs."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.servers.cache import prepared
from tests.servers.unavailable import UnavailableError

USER = "nobody"


def account() -> pwd.struct_passwd | None:
    """Return the user that servers run as, or None when they may run as ourselves."""
    return pwd.getpwnam(USER) if os.geteuid() == 0 else None


@contextlib.contextmanager
def private_directory(name: str) -> Iterator[Path]:
    """Yield an empty directory that the server's user owns, and delete it afterwards."""
    path = Path(tempfile.mkdtemp(prefix=f"parknett-{name}-"))
    try:
        give_to_account(path)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def give_to_account(path: Path) -> None:
    """Make the server's user the owner of `path` and all below it."""
    owner = account()
    if owner is None:
        return
    for each in [path, *path.rglob("*")]:
        os.chown(each, owner.pw_uid, owner.pw_gid)


def readable_package(package: str, name: str, *, beside: Sequence[str] = ()) -> Path:
    """Return an installed package's directory, or a copy that the server's user can read.

    A checkout below /root is closed to everybody else, and with it the binaries of its
    virtual environment. `name` is what the copy is kept under, with its version; `beside`
    names further directories beside the package that its binaries load.

    Raises:
        UnavailableError: when the package is not installed.
    """
    specification = importlib.util.find_spec(package)
    if specification is None or specification.origin is None:
        reason = f"the package {package} is not installed"
        raise UnavailableError(reason)
    home = Path(specification.origin).parent.parent
    if account() is not None and not _open_to_all(home / package):
        parts = [part for part in (package, *beside) if (home / part).exists()]
        home = prepared(name, lambda target: _copy_trees(home, parts, target))
    return home / package


def _open_to_all(path: Path) -> bool:
    return all(each.stat().st_mode & stat.S_IXOTH for each in [path, *path.resolve().parents])


def _copy_trees(home: Path, parts: Sequence[str], target: Path) -> None:
    for part in parts:
        shutil.copytree(home / part, target / part, symlinks=True)
    for each in [target, *target.rglob("*")]:
        if not each.is_symlink():
            mode = each.stat().st_mode
            entered = stat.S_IXOTH if each.is_dir() or mode & stat.S_IXUSR else 0
            each.chmod(mode | stat.S_IROTH | entered)
