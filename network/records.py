"""What the API's records of all rooms have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from ninja import Schema
from pydantic import Field

from search.api import Language

Texts = dict[Language, dict[str, str]]


class Linked(Protocol):
    """Whatever has a slug and a name."""

    slug: str

    @property
    def name(self) -> str:
        """The name in the reader's language."""


class Named(Schema):
    """A link to something: the slug that filters take, and its name in the language asked for."""

    slug: str
    name: str


class Contact(Schema):
    """How to get in touch; what is not known is empty."""

    name: str = ""
    email: str = ""
    phone: str = ""


class Record(Schema):
    """What the record of everything begins with; ``texts`` holds what there is in each language."""

    type: str
    slug: str
    title: str
    url: str = Field(description="Path of its page in the language asked for.")
    summary: str
    texts: Texts = Field(description="Texts by language; empty where there is none.")


def named(linked: Linked) -> Named:
    """A link to ``linked``."""
    return Named(slug=linked.slug, name=linked.name)


def all_named(several: Iterable[Linked]) -> list[Named]:
    """Links to ``several``, in their order."""
    return [named(linked) for linked in several]


def texts(instance: Any, *fields: str) -> Texts:
    """The fields ``name_nb``, ``name_en`` and so on of ``instance``, by language and name."""
    return {
        language: {field: str(getattr(instance, f"{field}_{language}")) for field in fields}
        for language in ("nb", "en")
    }
