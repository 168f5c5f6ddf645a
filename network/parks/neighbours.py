"""What other rooms have in a park, read through the relations that they add to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language

from accounts.roles import AnyUser
from network.parks.models import Park

FACILITIES_SHOWN: Final = 6
ORGANISATIONS_SHOWN: Final = 12
TEXT_LENGTH: Final = 140


@dataclass(frozen=True, slots=True)
class Listed:
    """A facility or organisation in a short list."""

    url: str
    title: str
    text: str = ""
    kind: str = ""
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class ShortList:
    """The first of many, and whether there are more."""

    items: tuple[Listed, ...]
    has_more: bool

    @classmethod
    def of(cls, found: list[Listed], shown: int) -> ShortList:
        """The first ``shown`` of ``found``, which is one longer when there are more."""
        return cls(tuple(found[:shown]), len(found) > shown)


@dataclass(frozen=True, slots=True)
class Emission:
    """A named point source of an organisation; ``tonnes`` of CO₂."""

    name: str
    tonnes: int
    year: int | None
    organisation_url: str


def read_facilities(park: Park, user: AnyUser) -> ShortList:
    """The first test facilities of the park that ``user`` may see. One query."""
    rows = (
        park.facilities.visible_to(user)  # type: ignore[attr-defined]  # its own queryset
        .order_by("name_nb", "pk")
        .values_list("slug", "name_nb", "name_en", "summary_nb", "summary_en", "sample")
    )
    catalogue = reverse("facilities:list")
    english = _reads_english()
    found = [
        Listed(
            f"{catalogue}{slug}/",
            (name_en if english else "") or name_nb,
            Truncator((summary_en if english else "") or summary_nb).chars(TEXT_LENGTH),
            is_sample=sample,
        )
        for slug, name_nb, name_en, summary_nb, summary_en, sample in rows[: FACILITIES_SHOWN + 1]
    ]
    return ShortList.of(found, FACILITIES_SHOWN)


def read_organisations(park: Park, user: AnyUser) -> ShortList:
    """The first organisations that are said to be in the park. One query."""
    return _organisations(park.organisations, user)


def read_likely_organisations(park: Park, user: AnyUser) -> ShortList:
    """The first organisations whose place makes it likely that they are there. One query."""
    return _organisations(park.likely_organisations, user)


def _organisations(organisations: Any, user: AnyUser) -> ShortList:
    rows = (
        organisations.visible_to(user)
        .order_by("name", "pk")
        .only("likely_park", "slug", "name", "name_en", "kind", "sample")
    )
    directory = reverse("organisations:list")
    found = [
        Listed(
            f"{directory}{organisation.slug}/",
            organisation.title,
            kind=organisation.get_kind_display(),
            is_sample=organisation.sample,
        )
        for organisation in rows[: ORGANISATIONS_SHOWN + 1]
    ]
    return ShortList.of(found, ORGANISATIONS_SHOWN)


def read_emissions(park: Park) -> list[Emission]:
    """Named point sources that are likely to be in the park, of published organisations."""
    found = park.point_sources.filter(organisation__published=True)
    rows = found.values_list("name_nb", "name_en", "tonnes", "year", "organisation__slug")
    directory, english = reverse("organisations:list"), _reads_english()
    return [
        Emission((name_en if english else "") or name_nb, tonnes, year, f"{directory}{slug}/")
        for name_nb, name_en, tonnes, year, slug in rows
    ]


def _reads_english() -> bool:
    return (get_language() or "").startswith("en")
