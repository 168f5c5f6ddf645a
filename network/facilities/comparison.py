"""Up to four facilities side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Prefetch
from django.http import HttpRequest, QueryDict
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from network.facilities.listing import lead_time
from network.facilities.models import Equipment, Facility, PriceNote
from ui.text import localised

MOST: Final = 4
PARAMETERS: Final = ("f", "compare")
MAX_SLUG_LENGTH: Final = 140
MAX_READ: Final = 20
DIFFERENCES: Final = "ulikt"


@dataclass(frozen=True, slots=True)
class Column:
    """A facility that is compared, and the comparison without it."""

    facility: Facility
    remove_url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One property of all of them, several lines each. ``differs`` when they are not the same."""

    label: str
    cells: Sequence[Sequence[str]]
    differs: bool


class Comparison:
    """What the comparison page shows."""

    def __init__(self, request: HttpRequest) -> None:
        self.chosen = chosen_slugs(request.GET)
        self.only_differences = request.GET.get(DIFFERENCES) == "1"
        found = {
            facility.slug: facility
            for facility in Facility.objects.visible_to(request.user)
            .filter(slug__in=self.chosen)
            .select_related("park", "host")
            .prefetch_related(
                "methods",
                "materials",
                "standards",
                "prices",
                Prefetch("equipment", queryset=Equipment.objects.order_by("position", "pk")),
            )
        }
        self.facilities = [found[slug] for slug in self.chosen if slug in found]
        self.unknown = [slug for slug in self.chosen if slug not in found]

    @property
    def too_many(self) -> bool:
        """Whether more are asked for than fit side by side."""
        return len(self.facilities) > MOST

    @property
    def enough(self) -> bool:
        """Whether there is something to compare."""
        return len(self.facilities) > 1

    @property
    def columns(self) -> list[Column]:
        """The facilities in the order in which they were chosen."""
        return [
            Column(facility, self._address(other for other in self.facilities if other != facility))
            for facility in self.facilities
        ]

    @property
    def rows(self) -> list[Row]:
        """What they are compared by; properties that none of them has are left out."""
        rows = []
        for label, read in _properties():
            cells = [tuple(filter(None, read(facility))) for facility in self.facilities]
            differs = len({tuple(sorted(cell)) for cell in cells}) > 1
            if any(cells) and (differs or not self.only_differences):
                rows.append(Row(label, cells, differs))
        return rows

    @property
    def differences_url(self) -> str:
        """The same comparison with all rows, or with those only that differ."""
        address = self._address(self.facilities)
        return address if self.only_differences else f"{address}&{DIFFERENCES}=1"

    def _address(self, facilities: Iterator[Facility] | Sequence[Facility]) -> str:
        query = QueryDict(mutable=True)
        query.setlist("f", [facility.slug for facility in facilities])
        return f"?{query.urlencode()}"


def chosen_slugs(parameters: QueryDict) -> list[str]:
    """The slugs asked for, once each, in order; what cannot be a slug is cut."""
    values = [value for name in PARAMETERS for value in parameters.getlist(name)]
    return list(dict.fromkeys(v[:MAX_SLUG_LENGTH] for v in values if v.strip()))[:MAX_READ]


Reader = Callable[[Facility], Sequence[str]]


def _properties() -> list[tuple[str, Reader]]:
    return [
        (_("Park"), lambda f: [f.park.name]),
        (_("Host"), lambda f: [f.shown_host.title] if f.shown_host else []),
        (_("Methods"), lambda f: _sorted(term.name for term in f.methods.all())),
        (_("Materials"), lambda f: _sorted(term.name for term in f.materials.all())),
        (_("Standards"), lambda f: _sorted(term.code for term in f.standards.all())),
        (_("Scale"), lambda f: [capfirst(f.get_scale_display())]),
        (_("Maturity (TRL)"), lambda f: [_range(f.trl_min, f.trl_max)]),
        (_("Access"), lambda f: [capfirst(f.get_access_display())]),
        (_("Lead time"), lambda f: [_days(f.lead_time_days)]),
        (_("Prices"), lambda f: [_price(price) for price in f.prices.all()]),
        (_("Equipment"), lambda f: [_machine(item) for item in f.equipment.all()]),
        (_("Safety"), lambda f: [localised(f, "safety")]),
        (_("Certificates required"), lambda f: [localised(f, "certificates")]),
        (_("Last confirmed"), lambda f: [_date(f)]),
    ]


def _sorted(texts: Iterator[str]) -> list[str]:
    return sorted(texts, key=str.casefold)


def _range(least: int | None, most: int | None) -> str:
    ends = sorted({end for end in (least, most) if end is not None})
    return "–".join(map(str, ends))


def _days(days: int | None) -> str:
    return "" if days is None else lead_time(days)


def _date(facility: Facility) -> str:
    on = facility.confirmed_on
    return date_format(on, "SHORT_DATE_FORMAT") if on else _("never")


def _price(price: PriceNote) -> str:
    note = localised(price, "note")
    return f"{price.get_user_type_display().capitalize()}: {note}"


def _machine(item: Equipment) -> str:
    reach = " ".join(filter(None, (item.range, item.unit)))
    return ", ".join(filter(None, (item.name, item.make, reach)))
