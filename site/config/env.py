"""Typed reading of the environment; used by the settings modules and by nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from environs import Env

ROOT: Final = Path(__file__).resolve().parents[2]

env = Env()


def data_dir() -> Path:
    """Directory of database, index and uploads, made absolute against the project's root."""
    return (ROOT / env.path("PARKNETT_DATA_DIR", Path("var"))).resolve()
