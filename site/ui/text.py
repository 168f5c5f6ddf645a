"""Texts kept in several languages, one field each: ``name_nb``, ``name_en``."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils.translation import get_language


@cache
def language_order(preferred: str) -> tuple[str, ...]:
    """Language codes in the order to try them for a reader of ``preferred``.

    Nynorsk falls back to bokmål before English; every other language falls back in the order of
    ``settings.LANGUAGES``.
    """
    known = [code.replace("-", "_") for code, _ in settings.LANGUAGES]
    first = preferred.partition("-")[0]
    return (first, *(code for code in known if code != first))


def text_and_language(obj: object, field: str) -> tuple[str, str]:
    """The text of ``field`` that suits the reader best, and the language it is in.

    Both are empty when the object has the text in no language.
    """
    for code in language_order(get_language() or settings.LANGUAGE_CODE):
        text = getattr(obj, f"{field}_{code}", "")
        if text:
            return str(text), code
    return "", ""


def localised(obj: object, field: str) -> str:
    """The text of ``field`` in the reader's language, else in the first language that has it."""
    return text_and_language(obj, field)[0]


def foreign_language(obj: object, field: str) -> str:
    """The code for a ``lang`` attribute when the text shown is not in the page's language."""
    code = text_and_language(obj, field)[1]
    active = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    return code if code and code != active else ""
