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
from django.db.models import Count, Subquery, Value
from django.utils.translation import get_language

from network.parks.models import Edition, EditionChange

KEPT_SECONDS: Final = 24 * 3600

T = TypeVar("T")


def current() -> str:
    """What tells the current edition from every other; empty before anything was changed. One query.

    It is the number and what changed since. Newest and count together differ for every set of
    changes that are stored, in whatever order people commit them.
    """
    changes = EditionChange.objects.order_by()
    newest = changes.order_by("-pk").values("pk")[:1]
    count = changes.values(all=Value(1)).annotate(count=Count("pk")).values("count")
    found = Edition.objects.filter(pk=1).values_list("number", Subquery(newest), Subquery(count))
    return ".".join(str(part or 0) for part in found.first() or ())


def renew(**_: Any) -> None:
    """Begin a new edition; also what signals call."""
    with transaction.atomic():
        seen = list(EditionChange.objects.values_list("pk", flat=True))
        Edition.objects.update_or_create(pk=1, defaults={"number": time.time_ns()})
        EditionChange.objects.filter(pk__in=seen).delete()


def renew_after_commit(**_: Any) -> None:
    """Begin a new edition with the change; for rooms whose changes are many.

    The change is noted in its own transaction, so nobody sees it under the old edition, whatever
    becomes of this process. The one row is written afterwards, and locked for no longer than that
    takes, so that people who change different things at the same time do not wait for each other.
    """
    if not any(waiting[1] is renew for waiting in connection.run_on_commit):
        EditionChange.objects.create()
        transaction.on_commit(renew)


def kept(edition: str, name: str, make: Callable[[], T]) -> T:
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
