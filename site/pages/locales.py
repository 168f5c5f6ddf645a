"""Which locale has which primary key; read once per process, since locales hardly ever change."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Locale


@cache
def locale_ids() -> dict[str, int]:
    """Language code → primary key of its locale."""
    return dict(Locale.objects.values_list("language_code", "pk"))


@cache
def language_of(locale_id: int) -> str:
    """Language code of a locale."""
    found = {pk: code for code, pk in locale_ids().items()}
    return found.get(locale_id, settings.LANGUAGE_CODE)


def active_locale_id() -> int | None:
    """Primary key of the locale of the language the page is being read in."""
    return locale_ids().get((get_language() or settings.LANGUAGE_CODE).split("-")[0])


def forget_locales() -> None:
    """Read them anew the next time they are asked for."""
    locale_ids.cache_clear()
    language_of.cache_clear()
