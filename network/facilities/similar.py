"""Facilities that can do much the same: looked up now and then, checked each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language

from accounts.roles import AnyUser, roles_of
from network.facilities.documents import TYPE
from network.facilities.models import Facility
from search.facets import value_name
from search.finding import find_similar
from search.query import SearchRequest

MOST: Final = 4
KEPT_SECONDS: Final = 3600
FIELDS: Final = (
    *("pk", "slug", "sample", "name_nb", "name_en", "summary_nb", "summary_en", "park__slug"),
)


@dataclass(frozen=True, slots=True)
class Similar:
    """Another facility, as much of it as a link needs."""

    slug: str
    url: str
    name: str
    summary: str
    park: str
    sample: bool


def similar_facilities(pk: int, edition: str, user: AnyUser) -> Sequence[Similar]:
    """At most four that ``user`` may see; ``edition`` changes whenever the facility does."""
    name = f"facilities.similar.{edition}.{'+'.join(sorted(roles_of(user).audience))}"
    pks: Sequence[int] | None = cache.get(name)
    if not pks:
        # Nothing is not kept: it may be the search engine that is away.
        pks = _find(pk, user)
        if pks:
            cache.set(name, pks, KEPT_SECONDS)
    if not pks:
        return []
    language = get_language() or settings.LANGUAGE_CODE
    english, catalogue = language.startswith("en"), reverse("facilities:list")
    visible = Facility.objects.visible_to(user).filter(pk__in=pks).order_by().values_list(*FIELDS)
    found = {
        row[0]: Similar(
            slug=row[1],
            url=f"{catalogue}{row[1]}/",
            name=(row[4] if english else "") or row[3],
            summary=(row[6] if english else "") or row[5],
            park=value_name("park", row[7], language),
            sample=row[2],
        )
        for row in visible
    }
    return [found[pk] for pk in pks if pk in found]


def _find(pk: int, user: AnyUser) -> list[int]:
    request = SearchRequest(
        types=(TYPE,),
        size=MOST,
        language=get_language() or settings.LANGUAGE_CODE,
        audience=roles_of(user).audience,
    )
    return [int(key.rpartition(":")[2]) for key in find_similar(f"{TYPE}:{pk}", request)]
