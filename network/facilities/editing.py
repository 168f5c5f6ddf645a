"""Changing facilities on the site: by their hosts, from several tabs and by several people at once.

The services of the room check, log and project; here is what the site adds: that two who edit lose
nothing, that a second click begins no second draft, and pictures and documents one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.log_actions import log

from accounts.models import User
from network.facilities.models import (
    Equipment,
    Facility,
    FacilityDocument,
    FacilityImage,
    PriceNote,
)
from network.facilities.models.facility import RESERVED_SLUGS
from network.facilities.permissions import can_edit_facility
from network.facilities.services import FacilityData, create_facility, update_facility
from network.facilities.terms import free_slug, norwegian_slug
from network.merged_forms import stored_values
from network.merging import ChangedMeanwhile, changes, stamp
from network.organisations.models import Organisation
from search.projection import recording

LINKS: Final = ("methods", "materials", "standards", "themes")
SAME_CLICK: Final = timedelta(minutes=2)
SLUG_LENGTH: Final = 140
MOST_PICTURES: Final = 8
MOST_DOCUMENTS: Final = 20
EQUIPMENT_FIELDS: Final = ("name_nb", "name_en", "make", "range", "unit", "quantity")
PRICE_FIELDS: Final = ("user_type", "note_nb", "note_en")
ROWS: Final = {"equipment": (Equipment, EQUIPMENT_FIELDS), "prices": (PriceNote, PRICE_FIELDS)}


class Full(Exception):  # noqa: N818 - says what it is
    """The facility has as many pictures or documents as it can have."""


def begin_facility(values: Mapping[str, Any], *, by: User) -> Facility:
    """Make a draft that only those who look after it see.

    A draft of this name at this host that is two minutes old is the same click. Raises as
    ``create_facility``.
    """
    host: Organisation = values["host"]
    with recording():
        Organisation.objects.select_for_update().order_by().values_list("pk").get(pk=host.pk)
        same = Facility.objects.filter(
            host=host,
            name_nb=values["name_nb"],
            published=False,
            created_at__gt=timezone.now() - SAME_CLICK,
        ).first()
        if same is not None and can_edit_facility(by, same):
            return same
        wanted = norwegian_slug(values["name_nb"], SLUG_LENGTH)
        taken = Facility.objects.filter(slug__startswith=wanted[:100]).values_list(
            "slug", flat=True
        )
        slug = free_slug(wanted, {*taken, *RESERVED_SLUGS}, SLUG_LENGTH)
        fields = {**values, "slug": slug, "published": False}
        return create_facility(FacilityData(fields=fields), user=by)


def change_facility(
    facility: Facility, values: Mapping[str, Any], *, seen: Mapping[str, str], by: User
) -> list[str]:
    """Write those of ``values`` that differ from what the person saw; gives the fields written.

    Raises PermissionDenied, ChangedMeanwhile when somebody else changed a field that is to be
    written, and ValidationError for what the model refuses.
    """
    _require(facility, by)
    with recording():
        stored = held_facility(facility)
        changed = changes(values, stored_values(stored, values), seen)
        if changed:
            links = {name: changed.pop(name) for name in LINKS if name in changed}
            update_facility(stored, FacilityData(fields=changed, **links), user=by)
            return sorted({*changed, *links})
    return []


def change_rows(
    facility: Facility, name: str, rows: Sequence[Mapping[str, Any]], *, seen: str, by: User
) -> bool:
    """Replace the facility's ``equipment`` or ``prices``; gives whether anything was new.

    ``seen`` is the stamp of the rows that the person saw. Raises as :func:`change_facility`.
    """
    _require(facility, by)
    model, fields = ROWS[name]
    with recording():
        stored = held_facility(facility)
        now = stored_rows(stored, name)
        mine = [{field: row.get(field) for field in fields} for row in rows]
        if stamp(mine) in {stamp(now), seen}:
            return False
        if stamp(now) != seen:
            raise ChangedMeanwhile({name: now})
        parts: dict[str, Any] = {name: [model(**row) for row in mine]}
        update_facility(stored, FacilityData(**parts), user=by)
    return True


def stored_rows(facility: Facility, name: str) -> list[dict[str, Any]]:
    """The facility's ``equipment`` or ``prices`` as a form shows them."""
    _model, fields = ROWS[name]
    return [
        {field: getattr(row, field) for field in fields} for row in getattr(facility, name).all()
    ]


def add_picture(
    facility: Facility, file: File[bytes], *, alt_nb: str, alt_en: str, by: User
) -> FacilityImage:
    """Add a picture with what it shows. Raises PermissionDenied and Full."""
    _require(facility, by)
    with recording():
        stored = held_facility(facility)
        count = FacilityImage.objects.filter(facility=stored).count()
        if count >= MOST_PICTURES:
            raise Full
        image = get_image_model()(title=alt_nb[:255], file=file, uploaded_by_user=by)
        image.save()
        picture = FacilityImage.objects.create(
            facility=stored, image=image, alt_nb=alt_nb, alt_en=alt_en, position=count
        )
        _changed(stored, by)
    return picture


def describe_picture(picture: FacilityImage, *, alt_nb: str, alt_en: str, by: User) -> None:
    """Say anew what a picture shows. Raises PermissionDenied."""
    _require(picture.facility, by)
    with recording():
        stored = held_facility(picture.facility)
        picture.alt_nb, picture.alt_en = alt_nb, alt_en
        picture.save(update_fields=["alt_nb", "alt_en"])
        _changed(stored, by)


def remove_picture(picture: FacilityImage, *, by: User) -> None:
    """Take a picture off; the image stays among the site's. Raises PermissionDenied."""
    _require(picture.facility, by)
    with recording():
        stored = held_facility(picture.facility)
        picture.delete()
        _changed(stored, by)


def show_first(picture: FacilityImage, *, by: User) -> None:
    """Put a picture before the others. Raises PermissionDenied."""
    _require(picture.facility, by)
    with recording():
        stored = held_facility(picture.facility)
        others = FacilityImage.objects.filter(facility=stored).exclude(pk=picture.pk)
        _place([picture, *others])
        _changed(stored, by)


def add_document(
    facility: Facility, file: File[bytes], *, title: str, by: User
) -> FacilityDocument:
    """Add a file to be read by whoever may see the facility. Raises PermissionDenied and Full."""
    _require(facility, by)
    with recording():
        stored = held_facility(facility)
        count = FacilityDocument.objects.filter(facility=stored).count()
        if count >= MOST_DOCUMENTS:
            raise Full
        document = FacilityDocument(facility=stored, title=title, file=file, position=count)
        document.clean_fields(exclude=["facility"])
        document.save()
        _changed(stored, by)
    return document


def remove_document(document: FacilityDocument, *, by: User) -> None:
    """Take a file off and delete it after the commit. Raises PermissionDenied."""
    _require(document.facility, by)
    stored_file = document.file
    storage, name = stored_file.storage, stored_file.name
    with recording():
        stored = held_facility(document.facility)
        document.delete()
        _changed(stored, by)
        if name:
            transaction.on_commit(lambda: storage.delete(name))


def held_facility(facility: Facility) -> Facility:
    """The facility as it is now; others who change it wait until this transaction ends."""
    Facility.objects.select_for_update().order_by().values_list("pk").get(pk=facility.pk)
    held: Facility = Facility.objects.get(pk=facility.pk)
    return held


def _place(pictures: Iterable[FacilityImage]) -> None:
    for position, picture in enumerate(pictures):
        picture.position = position
        picture.save(update_fields=["position"])


def _changed(facility: Facility, by: User) -> None:
    """Write the history, and show pages that are kept anew."""
    facility = Facility.objects.get(pk=facility.pk)
    facility.save(update_fields=["updated_at"])
    revision = facility.save_revision(user=by, clean=False)
    log(facility, "wagtail.edit", user=by, revision=revision)


def _require(facility: Facility, by: User) -> None:
    if not can_edit_facility(by, facility):
        raise PermissionDenied
