"""Keeping the projection true: an entry is written in the transaction that changes its object.

Whoever changes an object does so inside :func:`recording`; the entries it touched are written when
the block ends, before the commit. A change made outside any such block (a shell, a third-party
admin view) is projected at once by the signals connected here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from tqdm import tqdm

from search import facets
from search.documents import DEMOTED, STANDING, Content, Document, documents
from search.models import OutboxItem, SearchEntry

CHUNK: Final = 500

Dirty = dict[str, set[int]]

_dirty: ContextVar[Dirty | None] = ContextVar("search_dirty", default=None)

_FIELDS: Final = [
    field.name
    for field in SearchEntry._meta.concrete_fields
    if field.name not in {"key", "version"}
]


@contextmanager
def recording(*, title: str = "") -> Iterator[None]:
    """One transaction whose changes are in the projection when it commits; may be nested.

    With a ``title``, a terminal sees by a bar of that name how far the outermost one is in writing
    the entries.
    """
    if _dirty.get() is not None:
        yield
        return
    with transaction.atomic():
        collected: Dirty = defaultdict(set)
        token = _dirty.set(collected)
        try:
            yield
        finally:
            _dirty.reset(token)
        _flush(collected, title)


def touch(document_type: str, pks: Iterable[int]) -> None:
    """Say that objects changed in a way no signal tells (a bulk update, a raw query)."""
    pks = set(pks)
    if not pks:
        return
    collected = _dirty.get()
    if collected is not None:
        collected[document_type] |= pks
        return
    with transaction.atomic():
        _flush({document_type: pks})


def project_all(document_type: str, progress: Any = None) -> int:
    """Write the entries of every object of a type and drop those without one; gives their number.

    ``progress`` is something with ``update(n)``, a tqdm bar for instance.
    """
    document = documents()[document_type]
    gone = set(SearchEntry.objects.filter(type=document_type).values_list("key", flat=True))
    count = 0
    keys = document.queryset().prefetch_related(None).order_by("pk").values_list("pk", flat=True)
    pks = iter(keys.iterator())
    while chunk := list(islice(pks, CHUNK)):
        with transaction.atomic():
            _project(document, chunk)
        gone.difference_update(document.key(pk) for pk in chunk)
        count += len(chunk)
        if progress is not None:
            progress.update(len(chunk))
    for start in range(0, len(ordered := sorted(gone)), CHUNK):
        with transaction.atomic():
            _write([], ordered[start : start + CHUNK])
    return count


def connect(document: Document[Any]) -> None:
    """Follow the changes of a document's model, its links and the models it watches."""
    model: type[Model] = document.model

    def changed(sender: type[Model], instance: Model, raw: bool = False, **_: Any) -> None:  # noqa: FBT001, FBT002 - a signal's signature
        if not raw:
            touch(document.type, [instance.pk])

    def linked(sender: type[Model], instance: Model, action: str, **kwargs: Any) -> None:
        if not action.startswith("post_"):
            return
        touch(document.type, kwargs.get("pk_set") or () if kwargs["reverse"] else [instance.pk])

    uid = f"search.{document.type}"
    post_save.connect(changed, sender=model, weak=False, dispatch_uid=f"{uid}.save")
    post_delete.connect(changed, sender=model, weak=False, dispatch_uid=f"{uid}.delete")
    for field in model._meta.many_to_many:
        m2m_changed.connect(
            linked,
            sender=field.remote_field.through,
            weak=False,
            dispatch_uid=f"{uid}.{field.name}",
        )
    for watched, affected in document.watched.items():
        _watch(document, watched, affected)


def _watch(document: Document[Any], watched: type[Model], affected: Any) -> None:
    remembered = f"_search_affected_{document.type}"

    def changed(sender: type[Model], instance: Model, raw: bool = False, **_: Any) -> None:  # noqa: FBT001, FBT002 - a signal's signature
        if not raw:
            facets.forget_names()
            touch(document.type, [found.pk for found in affected(instance)])

    def leaving(sender: type[Model], instance: Model, **_: Any) -> None:
        setattr(instance, remembered, [found.pk for found in affected(instance)])

    def gone(sender: type[Model], instance: Model, **_: Any) -> None:
        facets.forget_names()
        touch(document.type, getattr(instance, remembered, ()))

    uid = f"search.{document.type}.{watched._meta.label_lower}"
    post_save.connect(changed, sender=watched, weak=False, dispatch_uid=f"{uid}.save")
    pre_delete.connect(leaving, sender=watched, weak=False, dispatch_uid=f"{uid}.leaving")
    post_delete.connect(gone, sender=watched, weak=False, dispatch_uid=f"{uid}.gone")


def _flush(dirty: Dirty, title: str = "") -> None:
    total = sum(map(len, dirty.values()))
    with tqdm(total=total, desc=title, disable=None if title else True) as bar:
        for document_type, pks in dirty.items():
            document = documents()[document_type]
            remaining = iter(sorted(pks))
            while chunk := list(islice(remaining, CHUNK)):
                _project(document, chunk)
                bar.update(len(chunk))


def _project(document: Document[Any], pks: Sequence[int]) -> None:
    contents = {
        document.key(instance.pk): document.content(instance)
        for instance in document.queryset().filter(pk__in=pks)
    }
    entries = [_entry(document.type, key, content) for key, content in contents.items() if content]
    written = {entry.key for entry in entries}
    _write(entries, [key for pk in pks if (key := document.key(pk)) not in written])


def _write(entries: Sequence[SearchEntry], gone: Sequence[str]) -> None:
    """Write changed entries and drop the gone ones, each with an outbox item; needs a transaction.

    The rows are locked before the outbox items are made, so an entry's version only grows.
    """
    stored = SearchEntry.objects.filter(key__in=[entry.key for entry in entries])
    if connection.features.has_select_for_update:
        stored = stored.select_for_update()
    before = {entry.key: entry for entry in stored}
    changed = [entry for entry in entries if not _same(entry, before.get(entry.key))]
    dropped = list(SearchEntry.objects.filter(key__in=gone).values_list("key", flat=True))
    items = OutboxItem.objects.bulk_create(
        [OutboxItem(key=key) for key in (*(entry.key for entry in changed), *dropped)]
    )
    for entry, item in zip(changed, items, strict=False):
        entry.version = item.pk
    if changed:
        SearchEntry.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=[*_FIELDS, "version"],
        )
    if dropped:
        SearchEntry.objects.filter(key__in=dropped).delete()


def _same(entry: SearchEntry, stored: SearchEntry | None) -> bool:
    return stored is not None and all(
        getattr(entry, name) == getattr(stored, name) for name in _FIELDS
    )


def _entry(document_type: str, key: str, content: Content) -> SearchEntry:
    return SearchEntry(
        key=key,
        type=document_type,
        slug=content.slug,
        title_nb=content.title_nb[:255],
        title_en=content.title_en[:255],
        summary_nb=content.summary_nb,
        summary_en=content.summary_en,
        text_nb=content.text_nb,
        text_en=content.text_en,
        keywords="\n".join(dict.fromkeys(word for word in content.keywords if word)),
        url_nb=content.url_nb,
        url_en=content.url_en,
        facets={
            "type": [document_type],
            **({STANDING: [DEMOTED]} if content.demoted else {}),
            **{name: sorted(set(slugs)) for name, slugs in content.facets.items() if slugs},
        },
        audience=sorted(set(content.audience)),
        meta=dict(content.meta),
        lat=content.lat,
        lon=content.lon,
        published_at=content.published_at,
        confirmed_on=content.confirmed_on,
    )
