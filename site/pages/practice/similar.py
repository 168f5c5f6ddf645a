"""Articles of much the same: looked up now and then, checked each time, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from search.facets import value_name
from search.finding import find_similar
from search.models import SearchEntry
from search.query import PUBLIC, SearchRequest

TYPE: Final = "practice"
MOST: Final = 4
KEPT_SECONDS: Final = 3600
FIELDS: Final = (
    "key",
    "title_nb",
    "title_en",
    "summary_nb",
    "summary_en",
    "url_nb",
    "url_en",
    "facets",
)
# What two articles can have in common, the most telling first.
SHARED: Final = ("theme", "focus", "park")


@dataclass(frozen=True, slots=True)
class Similar:
    """Another article; ``language`` is set where its title is not in the reader's."""

    url: str
    title: str
    summary: str
    reason: str
    language: str = ""


def similar_articles(key: str, edition: str) -> Sequence[Similar]:
    """At most four that everybody may see; ``edition`` changes whenever the article does.

    What is no longer open has no entry, so none of it is shown though it was found before.
    """
    name = f"practice.similar.{key}.{edition}"
    keys: Sequence[str] | None = cache.get(name)
    if not keys:
        # Nothing is not kept: it may be the search engine that is away.
        request = SearchRequest(types=(TYPE,), size=MOST, language=_language())
        keys = list(find_similar(key, request))
        if keys:
            cache.set(name, keys, KEPT_SECONDS)
    if not keys:
        return []
    rows = SearchEntry.objects.filter(key__in=[key, *keys], audience=[PUBLIC]).only(*FIELDS)
    entries = {row.key: row for row in rows}
    own = entries.get(key)
    return [_shown(entries[each], own) for each in keys if each in entries and each != key]


def _shown(entry: SearchEntry, own: SearchEntry | None) -> Similar:
    english = _language().startswith("en")
    translated = english and entry.title_en
    return Similar(
        url=entry.url_en if english else entry.url_nb,
        title=entry.title_en if translated else entry.title_nb,
        summary=(entry.summary_en if english else "") or entry.summary_nb,
        reason=_reason(entry, own),
        language="nb" if english and not translated else "",
    )


def _reason(entry: SearchEntry, own: SearchEntry | None) -> str:
    for facet in SHARED if own else ():
        theirs = set(entry.facets.get(facet, ()))
        both = [slug for slug in own.facets.get(facet, ()) if slug in theirs]  # type: ignore[union-attr]  # there is one
        if both:
            names = ", ".join(value_name(facet, slug, _language()) for slug in both)
            return _("Also about %(names)s") % {"names": names}
    return _("Much the same words")


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
