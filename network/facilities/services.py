"""Every change of a test facility outside the admin's own forms: checked, logged and searchable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.log_actions import log

from accounts.roles import AnyUser
from network.facilities import notices
from network.facilities.models import (
    Equipment,
    Facility,
    Material,
    Method,
    PriceNote,
    Standard,
)
from network.facilities.permissions import can_edit_facility
from network.parks.models import Theme
from search.projection import recording
from ui.markdown import render

CONFIRMED: Final = "facilities.confirm"
WITHDRAWN: Final = "facilities.withdraw"
PUBLISHED: Final = "facilities.publish"


@dataclass(frozen=True, slots=True)
class FacilityData:
    """What a facility is to be; a part that is None stays as it is.

    ``fields`` are model fields by name (``park`` and ``host`` as objects). ``equipment`` and
    ``prices`` are unsaved objects in the order in which they are to be shown.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    methods: Iterable[Method] | None = None
    materials: Iterable[Material] | None = None
    standards: Iterable[Standard] | None = None
    themes: Iterable[Theme] | None = None
    equipment: Iterable[Equipment] | None = None
    prices: Iterable[PriceNote] | None = None


def create_facility(data: FacilityData, *, user: AnyUser | None = None) -> Facility:
    """Make a facility; ``user`` is None when the system itself does it.

    Raises ValidationError for what the model refuses and PermissionDenied when ``user`` speaks for
    neither the park, the host nor the network.
    """
    facility = Facility(**data.fields)
    _require(user is None or can_edit_facility(user, facility))
    with recording():
        _save(facility, data)
        _log(facility, "wagtail.create", user)
        # What the system itself brings in, an import for instance, is not told one by one.
        if user is not None and facility.published:
            notices.tell_new(facility, user)
    return facility


def update_facility(
    facility: Facility, data: FacilityData, *, user: AnyUser | None = None
) -> Facility:
    """Change a facility; raises as :func:`create_facility`, also for a move out of reach."""
    _require(user is None or can_edit_facility(user, facility))
    is_material = changes_what_matters(facility, data)
    for name, value in data.fields.items():
        setattr(facility, name, value)
    _require(user is None or can_edit_facility(user, facility))
    with recording():
        _save(facility, data)
        _log(facility, "wagtail.edit", user)
        if user is not None and is_material:
            notices.tell_changed(facility, user)
    return facility


def changes_what_matters(facility: Facility, data: FacilityData) -> bool:
    """Whether ``data`` changes what matters to somebody who thinks of using the facility."""
    parts = (data.methods, data.materials, data.standards, data.equipment, data.prices)
    return any(part is not None for part in parts) or any(
        getattr(facility, name) != value
        for name, value in data.fields.items()
        if name in notices.MATERIAL
    )


def confirm_facility(
    facility: Facility, *, user: AnyUser | None, on: date | None = None
) -> Facility:
    """Say that everything about the facility is right, as of ``on`` (today).

    ``user`` is None when it is the facility's contact who says so, by a link that was mailed.
    """
    _require(user is None or can_edit_facility(user, facility))
    facility.confirmed_on = on or timezone.localdate()
    with recording():
        _save_change(facility, "confirmed_on", CONFIRMED, user)
        notices.tell_confirmed(facility, user)
    return facility


def withdraw_facility(facility: Facility, *, user: AnyUser) -> Facility:
    """Take the facility off the site; those who look after it still see it."""
    _require(can_edit_facility(user, facility))
    was_published, facility.published = facility.published, False
    with recording():
        _save_change(facility, "published", WITHDRAWN, user)
        if was_published:
            notices.tell_withdrawn(facility, user)
    return facility


def publish_facility(facility: Facility, *, user: AnyUser) -> Facility:
    """Show the facility to everybody."""
    _require(can_edit_facility(user, facility))
    facility.published = True
    with recording():
        _save_change(facility, "published", PUBLISHED, user)
        notices.tell_new(facility, user)
    return facility


def render_descriptions(facility: Facility) -> None:
    """Set the HTML of both descriptions from their Markdown; does not save."""
    facility.description_nb_html = render(facility.description_nb)
    facility.description_en_html = render(facility.description_en)


def _save(facility: Facility, data: FacilityData) -> None:
    """Check and save the facility and those parts that ``data`` names."""
    render_descriptions(facility)
    facility.full_clean()
    for name in ("methods", "materials", "standards", "themes"):
        terms = getattr(data, name)
        if terms is not None:
            setattr(facility, name, list(terms))
    for name in ("equipment", "prices"):
        parts = getattr(data, name)
        if parts is not None:
            setattr(facility, name, _positioned(list(parts)))
    facility.save()


def _positioned(parts: list[Any]) -> list[Any]:
    for position, part in enumerate(parts):
        part.position = position
        part.clean_fields(exclude=["facility"])
    return parts


def _save_change(facility: Facility, name: str, action: str, user: AnyUser | None) -> None:
    with recording():
        facility.save(update_fields=[name, "updated_at"])
        _log(facility, action, user)


def _log(facility: Facility, action: str, user: AnyUser | None) -> None:
    """Write the history; what a person did keeps a revision to go back to."""
    revision = None if user is None else facility.save_revision(user=user, clean=False)
    log(facility, action, user=user, revision=revision)


def _require(allowed: bool) -> None:  # noqa: FBT001 - the condition itself
    if not allowed:
        raise PermissionDenied
