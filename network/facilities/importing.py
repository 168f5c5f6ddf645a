"""Taking a table of facilities in: first a plan that changes nothing, then all of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _
from tqdm import tqdm

from accounts.roles import AnyUser
from network.facilities.bulk import create_in_bulk, log_in_bulk
from network.facilities.documents import TYPE
from network.facilities.models import Equipment, Facility, PriceNote
from network.facilities.rows import COLUMNS, REQUIRED, Draft, RowError, RowReader, clean_text
from network.facilities.services import render_descriptions
from network.facilities.spreadsheets import Table
from search.projection import recording, touch

CHUNK: Final = 500
EVERYBODY: Final = PriceNote.UserType.ALL


@dataclass(slots=True)
class ImportPlan:
    """What a table would do. ``changed`` pairs a facility, already changed in memory, with its row."""

    rows: int = 0
    new: list[Draft] = field(default_factory=list)
    changed: list[tuple[Facility, Draft]] = field(default_factory=list)
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)

    @property
    def drafts(self) -> list[Draft]:
        """All rows that write something."""
        return [*self.new, *(draft for _facility, draft in self.changed)]

    @property
    def new_hosts(self) -> list[Any]:
        """Organisations that are not known yet."""
        hosts = {draft.host.slug: draft.host for draft in self.drafts if draft.host is not None}
        return [host for host in hosts.values() if host.pk is None]

    @property
    def new_terms(self) -> list[Any]:
        """Methods, materials and standards that are in no vocabulary yet."""
        terms = {
            (type(term), term.slug): term
            for draft in self.drafts
            for found in draft.terms.values()
            for term in found
            if term.pk is None
        }
        return list(terms.values())

    @property
    def bad_rows(self) -> int:
        """How many rows cannot be taken in."""
        return len({error.line for error in self.errors})


def plan_import(table: Table, *, progress: bool = False) -> ImportPlan:
    """Compare ``table`` with what there is. Nothing is written."""
    plan = ImportPlan(rows=len(table.rows), errors=_heading_errors(table.columns))
    if plan.errors:
        return plan
    reader = RowReader(table.columns)
    lines_by_slug: dict[str, int] = {}
    good: list[Draft] = []
    for line in tqdm(table.rows, desc=_("Reading"), disable=None if progress else True):
        draft, errors = reader.read(line)
        earlier = lines_by_slug.setdefault(draft.slug, line.number) if draft.slug else line.number
        if earlier != line.number:
            reason = _("The slug is already on line %(line)d.") % {"line": earlier}
            errors.append(RowError(line.number, "slug", reason))
        plan.errors += errors
        if not errors:
            good.append(draft)
    for start in range(0, len(good), CHUNK):
        _compare(good[start : start + CHUNK], plan)
    return plan


def carry_out(plan: ImportPlan, *, user: AnyUser | None = None, progress: bool = False) -> None:
    """Write everything that the plan says, or nothing if any of it fails."""
    written = tqdm(total=len(plan.drafts), desc=_("Writing"), disable=None if progress else True)
    with written, recording(title=_("Making searchable") if progress else ""):
        for host in plan.new_hosts:
            host.parks = _parks_of(host.slug, plan.drafts)
            host.save()
        for term in plan.new_terms:
            term.save()
        pks: list[int] = []
        for start in range(0, len(plan.new), CHUNK):
            drafts = plan.new[start : start + CHUNK]
            pks += [facility.pk for facility in create_in_bulk(drafts)]
            written.update(len(drafts))
        log_in_bulk(pks, "wagtail.create", user)
        for facility, draft in plan.changed:
            _change(facility, draft)
            written.update()
        written.close()
        changed = [facility.pk for facility, _draft in plan.changed]
        log_in_bulk(changed, "wagtail.edit", user)
        touch(TYPE, [*pks, *changed])


def _heading_errors(columns: Sequence[str]) -> list[RowError]:
    unknown = [column for column in columns if column not in COLUMNS]
    missing = [column for column in REQUIRED if column not in columns]
    twice = sorted({column for column in columns if columns.count(column) > 1})
    return [
        *(RowError(1, column, _("This column is not known.")) for column in unknown),
        *(RowError(1, column, _("This column is missing.")) for column in missing),
        *(RowError(1, column, _("This column is there twice.")) for column in twice),
    ]


def _compare(drafts: Sequence[Draft], plan: ImportPlan) -> None:
    stored = {
        facility.slug: facility
        for facility in Facility.objects.filter(slug__in=[draft.slug for draft in drafts])
        .select_related("park", "host")
        .prefetch_related("methods", "materials", "standards", "equipment", "prices")
    }
    for draft in drafts:
        facility = stored.get(draft.slug)
        if facility is None:
            plan.new.append(draft)
        elif _differs(facility, draft):
            plan.changed.append((facility, draft))
        else:
            plan.unchanged += 1


def _differs(facility: Facility, draft: Draft) -> bool:
    return (
        any(_comparable(getattr(facility, name)) != value for name, value in draft.fields.items())
        or facility.park != draft.park
        or facility.host != draft.host
        or any(
            _slugs(getattr(facility, name).all()) != _slugs(terms)
            for name, terms in draft.terms.items()
        )
        or (draft.machines is not None and _machines(facility) != draft.machines)
        or (draft.price_note is not None and _price_note(facility) != draft.price_note)
    )


def _comparable(value: Any) -> Any:
    return clean_text(value) if isinstance(value, str) else value


def _slugs(terms: Iterable[Any]) -> set[str]:
    return {term.slug for term in terms}


def _machines(facility: Facility) -> list[tuple[str, str, str, str]]:
    return [(m.name_nb, m.make, m.range, m.unit) for m in facility.equipment.all()]


def _price_note(facility: Facility) -> str:
    notes = [p.note_nb for p in facility.prices.all() if p.user_type == EVERYBODY]
    return clean_text(notes[0]) if notes else ""


def _change(facility: Facility, draft: Draft) -> None:
    """Write a row over a stored facility; what the columns do not hold stays as it is."""
    for name, value in draft.fields.items():
        setattr(facility, name, value)
    facility.park, facility.host = draft.park, draft.host
    for name, terms in draft.terms.items():
        setattr(facility, name, terms)
    if draft.machines is not None and _machines(facility) != draft.machines:
        facility.equipment = _kept_or_new(facility, draft.machines)
    if draft.price_note is not None:
        facility.prices = _prices(facility, draft.price_note)
    render_descriptions(facility)
    facility.save()


def _kept_or_new(facility: Facility, machines: Iterable[tuple[str, ...]]) -> list[Equipment]:
    """The machines in their new order; one that is only moved or re-rated keeps its other fields."""
    known = {item.name_nb: item for item in facility.equipment.all()}
    items = []
    for position, (name, make, reach, unit) in enumerate(machines):
        item = known.pop(name, None) or Equipment(name_nb=name)
        item.make, item.range, item.unit, item.position = make, reach, unit, position
        items.append(item)
    return items


def _prices(facility: Facility, note: str) -> list[PriceNote]:
    """The price notes with ``note`` as the one for everybody, or without one when it is empty."""
    prices = [price for price in facility.prices.all() if price.user_type != EVERYBODY]
    if note:
        known = [price for price in facility.prices.all() if price.user_type == EVERYBODY]
        general = known[0] if known else PriceNote(user_type=EVERYBODY)
        general.note_nb = note
        prices.insert(0, general)
    return prices


def _parks_of(host_slug: str, drafts: Iterable[Draft]) -> list[Any]:
    parks = {
        draft.park.pk: draft.park
        for draft in drafts
        if draft.park is not None and draft.host is not None and draft.host.slug == host_slug
    }
    return list(parks.values())
