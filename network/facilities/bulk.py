"""Writing many facilities in few statements; the caller records them for the search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.roles import AnyUser
from network.facilities.models import Equipment, Facility, PriceNote
from network.facilities.rows import TERM_COLUMNS, Draft
from network.facilities.services import render_descriptions

BATCH: Final = 500


def create_in_bulk(drafts: Sequence[Draft], **fields: Any) -> list[Facility]:
    """Make a facility of each draft, with ``fields`` set on all; hosts and terms are saved already.

    Sends no signals: inside ``recording()``, call ``touch`` for them.
    """
    facilities = [_facility(draft, fields) for draft in drafts]
    Facility.objects.bulk_create(facilities, batch_size=BATCH)
    pairs = list(zip(facilities, drafts, strict=True))
    for name in TERM_COLUMNS:
        _link(name, ((facility, draft.terms.get(name, ())) for facility, draft in pairs))
    machines = [
        Equipment(
            facility=facility, name_nb=name, make=make, range=reach, unit=unit, position=position
        )
        for facility, draft in pairs
        for position, (name, make, reach, unit) in enumerate(draft.machines or ())
    ]
    Equipment.objects.bulk_create(machines, batch_size=BATCH)
    notes = [
        PriceNote(facility=facility, note_nb=draft.price_note)
        for facility, draft in pairs
        if draft.price_note
    ]
    PriceNote.objects.bulk_create(notes, batch_size=BATCH)
    return facilities


def log_in_bulk(pks: Iterable[int], action: str, user: AnyUser | None) -> None:
    """One entry in the history of each facility."""
    content_type = ContentType.objects.get_for_model(Facility)
    names = dict(Facility.objects.filter(pk__in=list(pks)).values_list("pk", "name_nb"))
    now = timezone.now()
    entries = [
        ModelLogEntry(
            content_type=content_type,
            object_id=str(pk),
            label=name,
            action=action,
            timestamp=now,
            user_id=user.pk if user is not None else None,
            content_changed=True,
        )
        for pk, name in names.items()
    ]
    ModelLogEntry.objects.bulk_create(entries, batch_size=BATCH)


def _facility(draft: Draft, fields: dict[str, Any]) -> Facility:
    facility = Facility(park=draft.park, host=draft.host, **{**draft.fields, **fields})
    render_descriptions(facility)
    return facility


def _link(name: str, pairs: Iterable[tuple[Facility, Iterable[Model]]]) -> None:
    field = Facility._meta.get_field(name)
    through = field.remote_field.through
    source, target = field.m2m_column_name(), field.m2m_reverse_name()
    rows = [
        through(**{source: facility.pk, target: term.pk})
        for facility, terms in pairs
        for term in terms
    ]
    through._default_manager.bulk_create(rows, batch_size=BATCH)
