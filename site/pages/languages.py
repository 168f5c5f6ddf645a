"""Where a page is in the other languages, for the language switch and for ``hreflang``."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

from pages.addresses import address_of, front_page_address, roots
from pages.locales import language_of
from pages.trail import STEP_FIELDS, Step, Trail


def offer_languages(trail: Trail, request: HttpRequest) -> None:
    """Tell the frame where the last page of ``trail`` is in each language.

    ``request.language_urls`` is what the switch leads to: the translation where there is a live
    one, else the nearest page above that has one, else the front page. ``request.translations``
    holds only what is a translation.
    """
    upwards = [step.translation_key for step in reversed(trail.steps)]
    found = _addresses(trail)
    switch: dict[str, str] = {}
    translations: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        own = found.get((upwards[0], code))
        if own:
            translations[code] = own
        nearest = next((found[key, code] for key in upwards if (key, code) in found), "")
        switch[code] = nearest or front_page_address(code)
    request.language_urls = switch  # type: ignore[attr-defined]  # read by ui.chrome
    request.translations = translations  # type: ignore[attr-defined]  # read by ui.chrome


def _addresses(trail: Trail) -> dict[tuple[UUID, str], str]:
    """(translation key, language) → address, of what is live; one query unless the trail knows."""
    known = roots()
    steps = trail.translations
    if steps is None:
        keys = [step.translation_key for step in trail.steps]
        rows = Page.objects.filter(translation_key__in=keys, live=True).values_list(*STEP_FIELDS)
        steps = [Step(*row) for row in rows]
    addresses = (
        (
            (step.translation_key, code := language_of(step.locale_id)),
            address_of(step.url_path, code, known),
        )
        for step in steps
    )
    return {place: address for place, address in addresses if address}
