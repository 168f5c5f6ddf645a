"""What became of a year's enquiries to each facility, and from what kind of company they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from statistics import median
from typing import Any, Final

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.roles import AnyUser, roles_of
from network.facilities.enquiries.response import time_in_words
from network.facilities.enquiries.suppression import Told, told_rows, told_totals
from network.facilities.models import BookingState, FacilityRequest, Offer, RequestState
from network.facilities.models.enquiry import CompanySize, Sector

MOST_YEARS: Final = 10
UNKNOWN: Final = ""
# Each counts a part of the one before.
STAGES: Final = (
    gettext_lazy("Asked"),
    gettext_lazy("Answered"),
    gettext_lazy("Offered"),
    gettext_lazy("Booked"),
    gettext_lazy("Used"),
)
SIZES: Final = {**dict(CompanySize.choices), UNKNOWN: gettext_lazy("not said")}
SECTORS: Final = {**dict(Sector.choices), UNKNOWN: gettext_lazy("not said")}
SIZE_OF_KIND: Final = {
    "rd-institution": CompanySize.ACADEMIC,
    "education": CompanySize.ACADEMIC,
    "authority": CompanySize.PUBLIC,
}
# The first two digits of the industry code, for those who did not say their trade.
DIVISIONS: Final = {
    Sector.METAL: ("07", "24", "25", "28", "29", "33"),
    Sector.PROCESS: ("08", "17", "19", "20", "21", "22", "23"),
    Sector.ENERGY: ("27", "35"),
    Sector.OFFSHORE: ("06", "09", "30", "50"),
    Sector.FOOD: ("01", "03", "10", "11"),
    Sector.BUILDING: ("02", "16", "31", "41", "42", "43"),
    Sector.ELECTRONICS: ("26", "58", "61", "62", "63"),
}
SECTOR_OF_DIVISION: Final = {code: name for name, codes in DIVISIONS.items() for code in codes}

Counts = tuple[int, ...]
Classes = dict[str, Counts]
NOTHING: Final = (0,) * len(STAGES)


@dataclass(frozen=True, slots=True)
class Row:
    """A class of companies, or a facility's total, with the five counts; None is not told."""

    label: str
    counts: Told


@dataclass(frozen=True, slots=True)
class Breakdown:
    """All classes of one kind, each in its own row whether it holds anything or not."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class FacilityYear:
    """A facility's year; ``median_hours`` is 0 where too few were answered."""

    slug: str
    name: str
    totals: Told
    median_hours: int
    breakdowns: Sequence[Breakdown]

    @property
    def median(self) -> str:
        """The median time to the first answer in words."""
        return time_in_words(self.median_hours) if self.median_hours else ""


def reads_figures(user: AnyUser) -> bool:
    """Whether there may be figures for the person: hosts, staff of parks, the network."""
    roles = roles_of(user)
    return bool(roles.administers or roles.parks or roles.network_administrator)


def counted(user: AnyUser) -> QuerySet[FacilityRequest]:
    """What was asked of the person's organisations and in their parks; everything for the network."""
    roles = roles_of(user)
    sent: QuerySet[FacilityRequest] = FacilityRequest.objects.filter(
        sent_at__isnull=False, enquiry__sample=False
    )
    if not roles.network_administrator:
        sent = sent.filter(Q(host__in=roles.administers) | Q(facility__park__in=roles.parks))
    return sent.order_by()


class YearFigures:
    """A calendar year's figures as ``user`` may see them, in three queries.

    Years do not overlap and there is no sum of facilities, so that nothing can be taken from another.
    """

    def __init__(self, user: AnyUser, year: str) -> None:
        self._user = user
        this = timezone.localdate().year
        self.year = int(year[:4]) if year.isascii() and year.isdecimal() else this
        if not this - MOST_YEARS < self.year <= this:
            self.year = this

    @cached_property
    def years(self) -> list[int]:
        """The years that have anything, the latest first."""
        this = timezone.localdate().year
        first = counted(self._user).aggregate(first=Min("sent_at"))["first"]
        since = timezone.localtime(first).year if first else this
        return list(range(this, max(since, this - MOST_YEARS + 1) - 1, -1))

    @property
    def _asked(self) -> QuerySet[FacilityRequest]:
        zone = timezone.get_default_timezone()
        begin = datetime(self.year, 1, 1, tzinfo=zone)
        end = datetime(self.year + 1, 1, 1, tzinfo=zone)
        return counted(self._user).filter(sent_at__gte=begin, sent_at__lt=end)

    @cached_property
    def facilities(self) -> list[FacilityYear]:
        """The facilities that were asked, those asked most first as far as it may be told."""
        english = (get_language() or "nb").startswith("en")
        sizes: dict[tuple[str, str], Classes] = defaultdict(dict)
        sectors: dict[tuple[str, str], Classes] = defaultdict(dict)
        for slug, name_nb, name_en, size, sector, kind, code, *counts in self._grouped():
            key = (slug, (name_en if english else "") or name_nb)
            division = SECTOR_OF_DIVISION.get(code[:2], Sector.OTHER) if code else UNKNOWN
            _add(sizes[key], size or SIZE_OF_KIND.get(kind, UNKNOWN), counts)
            _add(sectors[key], sector or division, counts)
        hours = self._median_hours()
        found = [
            _facility_year(key, sizes[key], sectors[key], hours.get(key[0], 0)) for key in sizes
        ]
        return sorted(found, key=lambda each: (-(each.totals[0] or 0), each.name))

    def facility(self, slug: str) -> FacilityYear | None:
        """One of them."""
        return next((each for each in self.facilities if each.slug == slug), None)

    def _grouped(self) -> QuerySet[FacilityRequest, tuple[Any, ...]]:
        offers = Offer.objects.filter(request=OuterRef("pk"))
        return self._asked.values_list(
            *("facility__slug", "facility__name_nb", "facility__name_en"),
            *("enquiry__company_size", "enquiry__sector"),
            *("enquiry__organisation__kind", "enquiry__organisation__industry_code"),
        ).annotate(
            asked=Count("pk"),
            answered=Count("first_answer_at"),
            offered=Count("pk", filter=Q(Exists(offers))),
            booked=Count("pk", filter=Q(state=RequestState.ACCEPTED)),
            used=Count("pk", filter=Q(booking__state=BookingState.DONE)),
        )

    def _median_hours(self) -> dict[str, int]:
        spans: dict[str, list[float]] = defaultdict(list)
        rows = self._asked.filter(first_answer_at__isnull=False)
        for slug, sent, first in rows.values_list("facility__slug", "sent_at", "first_answer_at"):
            if sent is not None and first is not None:
                spans[slug].append((first - sent).total_seconds() / 3600)
        return {slug: max(1, round(median(each))) for slug, each in spans.items()}


def _add(classes: Classes, name: str, counts: Sequence[int]) -> None:
    before = classes.get(name, NOTHING)
    classes[name] = tuple(a + b for a, b in zip(before, counts, strict=True))


def _facility_year(
    key: tuple[str, str], sizes: Classes, sectors: Classes, hours: int
) -> FacilityYear:
    totals = told_totals(sizes, len(STAGES))
    return FacilityYear(
        slug=key[0],
        name=key[1],
        totals=totals,
        median_hours=hours if totals[1] is not None else 0,
        breakdowns=(
            _breakdown(_("By size of the company"), SIZES, sizes),
            _breakdown(_("By trade"), SECTORS, sectors),
        ),
    )


def _breakdown(title: str, labels: Mapping[str, str | Promise], classes: Classes) -> Breakdown:
    told = told_rows({name: classes.get(name, NOTHING) for name in labels}, len(STAGES))
    return Breakdown(title, [Row(str(labels[name]), counts) for name, counts in told.items()])


def figure_columns() -> list[str]:
    """The headings of :func:`figure_rows`."""
    return [
        *(_("Year"), _("Facility"), _("Divided"), _("Class")),
        *(str(stage) for stage in STAGES),
        _("Median hours to the first answer"),
    ]


def figure_rows(figures: YearFigures) -> Iterator[list[str]]:
    """The figures as a table, a row for each facility and each class; cells not told are empty."""
    for each in figures.facilities:
        start = [str(figures.year), each.name]
        hours = str(each.median_hours or "")
        yield [*start, _("Total"), "", *map(_cell, each.totals), hours]
        for breakdown in each.breakdowns:
            for row in breakdown.rows:
                yield [*start, breakdown.title, row.label, *map(_cell, row.counts), ""]


def _cell(count: int | None) -> str:
    return "" if count is None else str(count)
