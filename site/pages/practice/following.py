"""Articles as things that people follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import get_language

from accounts.models import User
from search.models import SearchEntry
from search.query import PUBLIC
from ui.chrome import Link

THING: Final = "practice"


def thing_of(pk: int) -> str:
    """What an article is called where things are followed and told of."""
    return f"{THING}:{pk}"


def open_entries(pks: Sequence[int]) -> Mapping[int, SearchEntry]:
    """The search's entries of those articles that everybody may read, by number."""
    keys = {thing_of(pk): pk for pk in pks}
    found = SearchEntry.objects.filter(key__in=keys, audience=[PUBLIC])
    return {keys[entry.key]: entry for entry in found}


def link_to(entry: SearchEntry) -> Link:
    """Title and address in the active language."""
    english = (get_language() or "").startswith("en")
    title = (entry.title_en if english else "") or entry.title_nb
    return Link(title, entry.url_en if english else entry.url_nb)


def describe(pks: Sequence[int], user: User) -> Mapping[int, Link]:
    """Names and addresses of those of the articles that anybody may read."""
    return {pk: link_to(entry) for pk, entry in open_entries(pks).items()}
