"""What the site holds about a person, as each room says it.

A room registers from ``AppConfig.ready`` what it keeps with a link to a person: how it is handed
out to them and how it is erased. ``tests/accounts/test_personal.py`` fails when a model with such a
link is registered by nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps

from accounts.models import User

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """A part of what is kept about people.

    ``name`` is the name of its file in the export, ``models`` the labels ("organisations.Membership")
    of every model with a link to a person that it covers. ``export`` yields rows that Django's JSON
    encoder can write. ``erase`` runs in the erasing transaction: it deletes, or takes the person out
    of what others rely on; rows that stay linked to the person keep an anonymous, inactive user.
    """

    name: str
    models: tuple[str, ...]
    export: Callable[[User], Iterable[Row]]
    erase: Callable[[User], None]


_registered: Final[dict[str, PersonalData]] = {}


def register(data: PersonalData) -> None:
    """Add a part; called from ``AppConfig.ready``. Raises ValueError when the name is taken."""
    known = _registered.setdefault(data.name, data)
    if known.models != data.models:
        raise ValueError(f"{data.name} is registered already")


def registered() -> tuple[PersonalData, ...]:
    """All parts, in the order in which the rooms registered them."""
    return tuple(_registered.values())


def covered_models() -> frozenset[str]:
    """Labels of the models that some part covers."""
    return frozenset(label for data in registered() for label in data.models)


def linked_models() -> frozenset[str]:
    """Labels of the models that have a link of their own to a person, and of the person itself."""
    return frozenset({User._meta.label}).union(
        model._meta.label
        for model in apps.get_models()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.remote_field is not None and field.related_model is User
    )
