"""Loading records of data files without undoing what editors have changed.

Each record is merged field by field: what the file said when it was last loaded is remembered
(:class:`network.parks.models.LoadedRecord`), and only a field that still says so follows the file.
A record that an editor has deleted stays deleted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.db.models import ForeignKey, Manager, ManyToManyField, Model

from network.parks.models import LoadedRecord

M = TypeVar("M", bound=Model)
Values = Mapping[str, Any]


@cache
def read(directory: Path, name: str) -> dict[str, Any]:
    """The content of ``name``.yaml in ``directory``; read once, so it must not be changed."""
    loaded = yaml.load((directory / f"{name}.yaml").read_text("utf-8"), Loader=_Loader)  # noqa: S506 - the safe loader's C version
    return dict(loaded)


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def texts(record: Mapping[str, Any], name: str, field_name: str = "") -> dict[str, str]:
    """``name: {nb, en}`` of a record as the fields ``name_nb`` and ``name_en``; empty if missing."""
    text = record.get(name) or {}
    target = field_name or name
    return {f"{target}_{code}": str(text.get(code) or "") for code in ("nb", "en")}


def text_lines(items: Iterable[Mapping[str, str]] | None, field_name: str) -> dict[str, str]:
    """A list of ``{nb, en}`` as two fields with one item a line."""
    kept = list(items or ())
    return {
        f"{field_name}_{code}": "\n".join(str(item.get(code) or "") for item in kept)
        for code in ("nb", "en")
    }


@dataclass(slots=True)
class Report:
    """What a load did, by kind of record. *Kept* counts what editors had changed or deleted."""

    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)

    @property
    def kinds(self) -> list[str]:
        """All kinds met, in the order in which they were loaded."""
        met = (*self.created, *self.updated, *self.unchanged, *self.kept)
        return list(dict.fromkeys(met))

    @property
    def has_changes(self) -> bool:
        """Whether anything was written."""
        return bool(self.created or self.updated)


def by_slug(instance: Any) -> str:
    """The key of most records."""
    return str(instance.slug)


def load_records(
    model: type[M],
    records: Mapping[str, Values],
    report: Report,
    *,
    key_of: Callable[[M], str] = by_slug,
    identity: Callable[[str], Values] = lambda key: {"slug": key},
) -> None:
    """Merge ``records`` (key → field → value) into the table of ``model``.

    A link is given as the slug of the other object, a many-to-many as a list of slugs. ``key_of``
    finds the key of a stored object, ``identity`` the fields that a new one needs besides its
    values. A record whose required link leads nowhere is left out.
    """
    kind = model._meta.label
    links = _Links(model)
    stored = {key_of(instance): instance for instance in links.queryset()}
    known = {
        record.key: record for record in LoadedRecord.objects.filter(model=model._meta.label_lower)
    }
    for key, values in records.items():
        remembered = known.get(key)
        instance = stored.get(key)
        if instance is not None:
            changes, edited = _merge(links, instance, values, remembered)
            outcome = report.updated if changes else report.kept if edited else report.unchanged
        elif remembered is None and links.can_hold(new := {**identity(key), **values}):
            instance, changes, outcome = model(), new, report.created
        else:
            report.kept[kind] += 1
            continue
        if changes:
            links.write(instance, changes)
        outcome[kind] += 1
        _remember(model, key, values, remembered)


def _merge(
    links: _Links, instance: Model, values: Values, remembered: LoadedRecord | None
) -> tuple[dict[str, Any], bool]:
    """The values to write, and whether an editor's stand in the way of others."""
    changes, edited = {}, False
    for name, wanted in values.items():
        current = links.value(instance, name)
        if current == wanted:
            continue
        if remembered and name in remembered.values:
            is_ours = current == remembered.values[name]
        else:
            is_ours = current in (None, "", [])
        if is_ours:
            changes[name] = wanted
        else:
            edited = True
    return changes, edited


def _remember(model: type[Model], key: str, values: Values, record: LoadedRecord | None) -> None:
    if record is None:
        record = LoadedRecord(model=model._meta.label_lower, key=key)
    elif record.values == dict(values):
        return
    record.values = dict(values)
    record.save()


class _Links:
    """Reads and writes the fields of a model as plain values, links as slugs."""

    def __init__(self, model: type[Model]) -> None:
        fields = model._meta.get_fields()
        self._model = model
        self._single = {f.name: f for f in fields if isinstance(f, ForeignKey)}
        self._many = {
            f.name: f
            for f in fields
            if isinstance(f, ManyToManyField)
            and (f.remote_field.through is None or f.remote_field.through._meta.auto_created)
        }
        self._targets: dict[type[Model], dict[str, Model]] = {}

    def queryset(self) -> Iterable[Any]:
        manager: Manager[Any] = self._model._default_manager
        single = [name for name, f in self._single.items() if hasattr(f.related_model, "slug")]
        return manager.select_related(*single).prefetch_related(*self._many)

    def value(self, instance: Model, name: str) -> Any:
        value = getattr(instance, name)
        if name in self._many:
            return sorted(other.slug for other in value.all())
        if name in self._single:
            return value.slug if value else None
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        return value

    def can_hold(self, values: Values) -> bool:
        """Whether every required link leads somewhere."""
        return all(
            f.null or name not in values or self._target(f, values[name]) is not None
            for name, f in self._single.items()
        )

    def resolved(self, values: Values) -> dict[str, Any]:
        return {
            name: self._target(self._single[name], value) if name in self._single else value
            for name, value in values.items()
        }

    def write(self, instance: Any, values: Values) -> None:
        plain = {name: value for name, value in values.items() if name not in self._many}
        for name, value in self.resolved(plain).items():
            setattr(instance, name, value)
        instance.save()
        for name in values.keys() & self._many.keys():
            found = [self._target(self._many[name], slug) for slug in values[name]]
            manager = getattr(instance, name)
            manager.set([other for other in found if other is not None])
            if hasattr(manager, "commit"):
                manager.commit()

    def _target(self, f: Any, slug: str | None) -> Any:
        model = f.related_model
        if model not in self._targets:
            self._targets[model] = {other.slug: other for other in model.objects.all()}
        return self._targets[model].get(slug) if slug else None
