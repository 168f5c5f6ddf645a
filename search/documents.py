"""The base class with which a room declares what of its own is searchable.

A room writes one ``documents.py`` with a subclass per type and registers it in its
``AppConfig.ready``; the projection, both engines, the search page and the API then know the type.
"""

from __future__ import annotations

import builtins
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeVar

from django.db.models import Model, QuerySet

from accounts.roles import AnyUser
from search.query import PUBLIC
from ui.cards import Card

if TYPE_CHECKING:
    from search.finding import Found

M = TypeVar("M", bound=Model)
# The facet, never offered as a filter, of entries that are demoted.
STANDING: Final = "standing"
DEMOTED: Final = "demoted"


@dataclass(frozen=True, slots=True)
class Content:
    """What one object shows to the search; texts are plain, not Markdown or HTML.

    ``facets`` maps a facet's name to slugs. ``keywords`` are names and synonyms that weigh more
    than running text. ``meta`` is small JSON for result cards. ``lat``/``lon`` are degrees.
    What is ``demoted`` gets less of its type's prior.
    """

    slug: str
    title_nb: str
    url_nb: str
    url_en: str
    title_en: str = ""
    summary_nb: str = ""
    summary_en: str = ""
    text_nb: str = ""
    text_en: str = ""
    keywords: Sequence[str] = ()
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    audience: Sequence[str] = (PUBLIC,)
    meta: Mapping[str, Any] = field(default_factory=dict)
    lat: float | None = None
    lon: float | None = None
    published_at: datetime | None = None
    confirmed_on: date | None = None
    demoted: bool = False


class Document(ABC, Generic[M]):
    """How objects of one model are found.

    ``type`` is a singular English noun. ``label`` and ``plural`` are lazily translated.
    ``prior`` (1 to 1.9) multiplies the score of all its hits: what people come for first goes
    first among what matches alike. It is part of the index, so a change needs a fresh one.
    ``demotion`` is how much less of it those entries have that are demoted.
    ``icon`` (of the sprite) and ``color`` (of the theme) mark it on result cards.
    ``watched`` maps other models to a function from one of their instances to the objects whose
    entries it changes (a method that is renamed changes the entries of its facilities).
    """

    type: ClassVar[str]
    model: builtins.type[M]
    label: Any
    plural: Any
    prior: ClassVar[float] = 1.0
    demotion: ClassVar[float] = 0.0
    icon: ClassVar[str] = "document"
    color: ClassVar[str] = "neutral"
    watched: Mapping[builtins.type[Model], Callable[[Any], Iterable[M]]] = {}

    def key(self, pk: int) -> str:
        """The entry's key for the object with this primary key."""
        return f"{self.type}:{pk}"

    @abstractmethod
    def queryset(self) -> QuerySet[M]:
        """All objects that have an entry, with whatever :meth:`content` reads prefetched."""

    @abstractmethod
    def content(self, instance: M) -> Content | None:
        """What the object shows to the search, or None when it is not to be found at all."""

    @abstractmethod
    def visible(self, user: AnyUser, pks: Iterable[int]) -> set[int]:
        """Those of ``pks`` that ``user`` may see, by the same predicate as lists and details."""

    def card(self, found: Found) -> Card:
        """What a mixed list of results shows of a hit; reads nothing but its entry."""
        return Card(
            url=found.url,
            title=found.marked_title,
            kind=str(self.label),
            icon=self.icon,
            color=self.color,
            summary=found.snippet,
            is_sample=found.sample,
            distance_km=found.distance_km,
            language="nb" if found.english and not found.entry.title_en else "",
            key=found.entry.key,
        )


_documents: dict[str, Document[Any]] = {}
_listeners: list[Callable[[Document[Any]], None]] = []


def register(document: Document[Any]) -> None:
    """Make a type searchable; called from ``AppConfig.ready``."""
    _documents[document.type] = document
    for listener in _listeners:
        listener(document)


def on_register(listener: Callable[[Document[Any]], None]) -> None:
    """Call ``listener`` with every document, those registered already and those to come."""
    _listeners.append(listener)
    for document in _documents.values():
        listener(document)


def documents() -> Mapping[str, Document[Any]]:
    """All registered documents by type."""
    return _documents
