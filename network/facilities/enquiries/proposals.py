"""Other facilities that might help with a problem, each with the reasons for proposing it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.roles import AnyUser, roles_of
from network.facilities.documents import TYPE
from network.facilities.listing import lead_time
from network.facilities.models import Enquiry
from search.facets import value_name
from search.finding import Found, find
from search.models import SearchEntry
from search.query import MAX_QUERY_LENGTH, Point, SearchRequest
from ui.numbers import format_distance

MOST: Final = 6
LOOKED_AT: Final = 20
NEAR_KM: Final = 150.0
MOST_REASONS: Final = 4
# What the reason is called, and where an entry has its terms.
MATCHED: Final = ("method", "material", "standard", "theme")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A facility to ask as well. ``reasons`` are short texts, the weightiest first."""

    pk: int
    name: str
    url: str
    park: str
    sample: bool
    reasons: Sequence[str]


def propose_facilities(enquiry: Enquiry, user: AnyUser, chosen: set[int]) -> list[Proposal]:
    """At most six that ``user`` may see and that are not ``chosen`` yet, best first.

    The search is asked as a reader would ask it, once with the whole problem and, if that finds
    little, with its title alone.
    """
    request = SearchRequest(
        types=(TYPE,),
        size=LOOKED_AT,
        language=get_language() or "nb",
        audience=roles_of(user).audience,
        near=_place_of(enquiry),
    )
    found: dict[int, Found] = {}
    for text in _questions(enquiry):
        if len(found) >= MOST:
            break
        for each in find(replace(request, text=text), user).items:
            pk = int(each.entry.key.rpartition(":")[2])
            if pk not in chosen and each.entry.meta.get("published", True):
                found.setdefault(pk, each)
    proposals = [_proposal(pk, each, enquiry) for pk, each in found.items()]
    return [proposal for proposal in proposals if proposal.reasons][:MOST]


def _questions(enquiry: Enquiry) -> Iterator[str]:
    """The problem as somebody might type it into the search, the fullest first."""
    whole = " ".join(
        filter(None, (enquiry.title, enquiry.material, enquiry.wanted, enquiry.problem))
    )
    yield _cut(whole)
    yield _cut(f"{enquiry.title} {enquiry.material}")
    yield _cut(enquiry.title)


def _cut(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= MAX_QUERY_LENGTH:
        return words
    return words[:MAX_QUERY_LENGTH].rpartition(" ")[0] or words[:MAX_QUERY_LENGTH]


def _place_of(enquiry: Enquiry) -> Point | None:
    organisation = enquiry.organisation
    if organisation is None or organisation.lat is None or organisation.lon is None:
        return None
    return Point(organisation.lat, organisation.lon)


def _proposal(pk: int, found: Found, enquiry: Enquiry) -> Proposal:
    return Proposal(
        pk=pk,
        name=found.title,
        url=found.url,
        park=value_name("park", found.entry.meta.get("park", ""), found.language),
        sample=found.sample,
        reasons=_reasons(found, enquiry)[:MOST_REASONS],
    )


def _reasons(found: Found, enquiry: Enquiry) -> list[str]:
    """Near and soon are worth saying only of what can help."""
    helps = list(_helps(found))
    return [*helps, *_suits(found, enquiry)] if helps else []


def _helps(found: Found) -> Iterator[str]:
    for facet in MATCHED:
        for slug in found.entry.facets.get(facet, ()):
            name = value_name(facet, slug, found.language)
            if _is_asked_for(name, found):
                yield name
    if _is_asked_for(found.summary, found):
        yield _("described with the words you use")


def _suits(found: Found, enquiry: Enquiry) -> Iterator[str]:
    distance = found.distance_km
    if distance is not None and distance <= NEAR_KM:
        yield _("near you: %(distance)s") % {"distance": format_distance(distance)}
    days = found.entry.meta.get("lead_time_days")
    wanted = enquiry.wanted_to
    if days is not None and wanted and days <= (wanted - timezone.localdate()).days:
        yield _("can begin within %(days)s") % {"days": lead_time(days)}


def _is_asked_for(text: str, found: Found) -> bool:
    """Whether the search would mark anything in ``text``, synonyms and compounds included."""
    if found.plan.empty:
        return False
    shown = Found(SearchEntry(title_nb=text), found.hit, found.plan, "nb")
    return "<mark>" in shown.marked_title
