"""Remembering what people looked for in vain, so that editors can mend it."""

from __future__ import annotations

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from search.models import FruitlessSearch


def note_fruitless(text: str, language: str) -> None:
    """Count a search that found nothing; nobody's search fails because counting did."""
    text = " ".join(text.split()).lower()
    if not text:
        return
    try:
        with transaction.atomic():
            counted = FruitlessSearch.objects.filter(text=text, language=language).update(
                times=F("times") + 1, last_at=timezone.now(), handled=False
            )
            if not counted:
                FruitlessSearch.objects.get_or_create(text=text, language=language)
    except DatabaseError:
        return
