"""Which edition of the parks is current: what is rendered from them is kept under its number.

The number is kept in the database, so every process learns of a change at once. It is the time of
the change rather than a count, so that a database put back from a copy does not bring back what was
kept of another state.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.core.cache import cache
from django.db import connection, transaction
from django.utils.translation import get_language

from network.parks.models import Edition

KEPT_SECONDS: Final = 24 * 3600

T = TypeVar("T")


def current() -> int:
    """The number of the current edition, 0 before anything was changed. One query."""
    return Edition.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def renew(**_: Any) -> None:
    """Begin a new edition; also what signals call."""
    Edition.objects.update_or_create(pk=1, defaults={"number": time.time_ns()})


def renew_after_commit(**_: Any) -> None:
    """Begin a new edition once the change is stored; for rooms whose changes are many.

    The row is then locked for no longer than it takes to write it, so that people who change
    different things at the same time do not wait for each other.
    """
    if not any(waiting[1] is renew for waiting in connection.run_on_commit):
        transaction.on_commit(renew)


def kept(edition: int, name: str, make: Callable[[], T]) -> T:
    """What ``make()`` gives, kept for this edition and language under ``name`` unless it is None."""
    if not edition:
        return make()
    key = f"parks:{edition}:{get_language()}:{name}"
    value: T | None = cache.get(key)
    if value is None:
        value = make()
        if value is not None:
            cache.set(key, value, KEPT_SECONDS)
    return value
