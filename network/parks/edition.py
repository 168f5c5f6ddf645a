"""Which edition of the parks is current: what is rendered from them is kept under its number.

The number grows with every change of what this room shows, in every process at once, since it is
kept in the database.
"""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models import F
from django.utils.translation import get_language

from network.parks.models import Edition

KEPT_SECONDS = 24 * 3600


def current() -> int:
    """The number of the current edition, 0 before anything was changed. One query."""
    return Edition.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def renew(**_: Any) -> None:
    """Begin a new edition; also what signals call."""
    if not Edition.objects.filter(pk=1).update(number=F("number") + 1):
        Edition.objects.get_or_create(pk=1)


def kept(edition: int, name: str, make: Any) -> Any:
    """What ``make()`` gives, kept for this edition and language under ``name``."""
    key = f"parks:{edition}:{get_language()}:{name}"
    value = cache.get(key)
    if value is None:
        value = make()
        cache.set(key, value, KEPT_SECONDS)
    return value
