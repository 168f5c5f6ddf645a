"""Making a checkout ready: virtual environment, packages, front end, message catalogues.

Every step is skipped when its inputs are those it was last done with.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from machinery.console import StepFailedError, run_step
from machinery.locks import checkout_lock
from machinery.places import (
    BUILT_FRONT_END,
    FRONT_END,
    NODE_MODULES,
    PYTHON,
    ROOT,
    VENV,
    command_environment,
)
from machinery.stamps import Stamp, content_hash, files_below

# Each set holds the ones before it, in the same versions: bin/lock sees to that.
REQUIREMENT_SETS = {
    "run": ("requirements.txt", "requirements-build.txt"),
    "test": ("requirements-test.txt",),
    "dev": ("requirements-dev.txt",),
}


def make_ready(requirement_set: str) -> None:
    """Install the packages of `run`, `test` or `dev`, build the front end, compile catalogues.

    Raises:
        StepFailedError: when a step fails, with what it printed.
    """
    with checkout_lock():
        _make_environment()
        _install(requirement_set)
        _build_front_end()
        _compile_catalogues()


def _make_environment() -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    # Scripts in the environment hold its path, so one that was moved is made anew.
    stamp = Stamp(VENV / "stamps" / "environment", content_hash([], version, str(VENV)))
    if stamp.is_current() and PYTHON.exists():
        return
    if PYTHON.exists() and not (VENV / "stamps").exists() and _is_usable(version):
        stamp.set()
        return
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        run_step(
            "Virtual environment",
            [sys.executable, "-m", "venv", VENV],
            command_environment(),
            directory=ROOT,
        )
    except StepFailedError as error:
        shutil.rmtree(VENV, ignore_errors=True)
        hint = "Python's venv module is needed (on Debian: apt install python3.11-venv)."
        raise StepFailedError(f"{error}\n{hint}") from error
    stamp.set()


def _is_usable(version: str) -> bool:
    question = "import sys; print(f'{sys.version_info.major}.{sys.version_info.minor}', sys.prefix)"
    done = subprocess.run(
        [PYTHON, "-c", question], capture_output=True, text=True, check=False, cwd=ROOT
    )
    return done.stdout.strip() == f"{version} {VENV}"


def _install(requirement_set: str) -> None:
    stamps = {
        name: Stamp(VENV / "stamps" / f"requirements-{name}", content_hash(_files(name)))
        for name in REQUIREMENT_SETS
    }
    if stamps[requirement_set].is_current():
        return
    files = _files(requirement_set)
    options = [part for path in files for part in ("-r", path)]
    run_step(
        f"Python packages ({', '.join(path.name for path in files)})",
        [PYTHON, "-m", "pip", "install", "--require-hashes", "--progress-bar", "off",
         "--disable-pip-version-check", "--no-input", *options],
        command_environment(),
        directory=ROOT,
        counted=r"^(Collecting|Requirement already satisfied)",
        expected=sum(path.read_text().count("==") for path in files),
    )  # fmt: skip
    for name, stamp in stamps.items():
        stamp.set()
        if name == requirement_set:
            break


def _files(requirement_set: str) -> list[Path]:
    return [ROOT / name for name in REQUIREMENT_SETS[requirement_set]]


def _build_front_end() -> None:
    packages = [ROOT / "package.json", ROOT / "package-lock.json"]
    npm: list[str | Path] = [PYTHON, VENV / "bin" / "npm"]
    stamp = Stamp(NODE_MODULES / ".parknett-stamp", content_hash(packages))
    if not stamp.is_current():
        command = [*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        run_step("Front-end packages", command, command_environment(), directory=ROOT)
        stamp.set()
    sources = files_below(
        FRONT_END,
        (".css", ".js", ".mjs", ".json", ".svg", ".png", ".webmanifest"),
        without=[BUILT_FRONT_END],
    )
    configuration = ROOT / "designsystemet.config.json"
    # The stamp is not among the built files, for those are served.
    stamp = Stamp(
        NODE_MODULES / ".parknett-built", content_hash([*packages, configuration, *sources])
    )
    if not stamp.is_current() or not BUILT_FRONT_END.is_dir():
        stamp.clear()
        run_step("Front end", [*npm, "run", "build"], command_environment(), directory=ROOT)
        stamp.set()


def _compile_catalogues() -> None:
    rooms = sorted(path for path in (ROOT / "locale").iterdir() if path.is_dir())
    stale = []
    for room in rooms:
        catalogues = list(room.glob("*/LC_MESSAGES/*.po"))
        if not catalogues:
            continue
        stamp = Stamp(VENV / "stamps" / f"catalogue-{room.name}", content_hash(catalogues))
        compiled = all(path.with_suffix(".mo").exists() for path in catalogues)
        if not (stamp.is_current() and compiled):
            stale.append((room, stamp))
    for room, stamp in stale:
        run_step(
            f"Message catalogue {room.name}",
            [PYTHON, VENV / "bin" / "pybabel", "-q", "compile", "-D", "django", "-d", room],
            command_environment(),
            directory=ROOT,
        )
        stamp.set()
