"""Where a page is in the other languages, for the language switch and for ``hreflang``."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

from pages.locales import language_of


def offer_languages(page: Page, request: HttpRequest) -> None:
    """Tell the frame where ``page`` is in each language; one query.

    ``request.language_urls`` is what the switch leads to: the translation where there is a live
    one, else the nearest page above that has one, else the front page. ``request.translations``
    holds only what is a translation.
    """
    keys = _keys_upwards(page)
    found: dict[tuple[str, str], Page] = {
        (str(other.translation_key), language_of(other.locale_id)): other
        for other in Page.objects.live()
        .filter(translation_key__in=keys)
        .only("url_path", "translation_key", "locale_id", "live", "path", "depth")
    }
    switch: dict[str, str] = {}
    translations: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        own = found.get((keys[0], code))
        nearest = next((found[key, code] for key in keys if (key, code) in found), None)
        if own is not None:
            translations[code] = own.url or _front_page(code)
        switch[code] = (nearest.url if nearest else None) or _front_page(code)
    request.language_urls = switch  # type: ignore[attr-defined]  # read by ui.chrome
    request.translations = translations  # type: ignore[attr-defined]  # read by ui.chrome


def _keys_upwards(page: Page) -> list[str]:
    """Translation keys of the page and of those above it, up to the front page."""
    keys = [str(page.translation_key)]
    above = page.get_parent() if page.depth > 2 else None  # noqa: PLR2004 - the root is no page
    while above is not None and above.depth > 1:
        keys.append(str(above.translation_key))
        above = above.get_parent() if above.depth > 2 else None  # noqa: PLR2004 - as above
    return keys


def _front_page(code: str) -> str:
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
