"""The parts of a facility's entry, and which of them have something to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.facilities.models import Facility


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its name in addresses, what it is called, where it is edited, what it says."""

    name: str
    title: str
    url: str
    is_done: bool
    note: str


TITLES: Final = {
    "about": _("Name and description"),
    "capabilities": _("Methods, materials and standards"),
    "equipment": _("Equipment"),
    "practical": _("Scale, access and safety"),
    "prices": _("Prices"),
    "contact": _("Place and contact"),
    "pictures": _("Pictures"),
    "documents": _("Documents"),
}
ADVICE: Final = {
    "about": _("What problems it solves, in both languages."),
    "capabilities": _("What others find it by."),
    "equipment": _("Machines and instruments with their range."),
    "practical": _("How big, how ready, for whom and how soon."),
    "prices": _("Guiding prices, one note for each type of user."),
    "contact": _("Where it is and whom to ask."),
    "pictures": _("One picture says how big it is."),
    "documents": _("Data sheets and conditions."),
}

_DONE: Final[dict[str, Callable[[Facility], bool]]] = {
    "about": lambda facility: bool(facility.description_nb and facility.summary_en),
    "capabilities": lambda facility: facility.methods.exists() and facility.materials.exists(),
    "equipment": lambda facility: facility.equipment.exists(),  # type: ignore[attr-defined]  # of the parts
    "practical": lambda facility: (
        facility.trl_min is not None and facility.lead_time_days is not None
    ),
    "prices": lambda facility: facility.prices.exists(),  # type: ignore[attr-defined]
    "contact": lambda facility: bool(facility.contact_email or facility.contact_phone),
    "pictures": lambda facility: facility.images.exists(),  # type: ignore[attr-defined]
    "documents": lambda facility: facility.documents.exists(),  # type: ignore[attr-defined]
}


def title_of(part: str) -> str:
    """What a part is called."""
    return str(TITLES[part])


def parts_of(facility: Facility) -> list[Part]:
    """All parts, in the order in which they are worth writing."""
    return [
        Part(name, str(title), _address(facility, name), _DONE[name](facility), str(ADVICE[name]))
        for name, title in TITLES.items()
    ]


def _address(facility: Facility, part: str) -> str:
    if part in {"pictures", "documents"}:
        return reverse(f"facilities:edit-{part}", args=[facility.slug])
    return reverse("facilities:edit-part", args=[facility.slug, part])
