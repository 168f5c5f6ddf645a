"""Organisations as things that people follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from accounts.models import User
from network.organisations.models import Organisation
from ui.chrome import Link

THING: Final = "organisation"


def thing_of(pk: int) -> str:
    """What an organisation is called where things are followed and told of."""
    return f"{THING}:{pk}"


def describe(pks: Sequence[int], user: User) -> Mapping[int, Link]:
    """Names and addresses of those of the organisations that the person may see."""
    found = Organisation.objects.visible_to(user).in_bulk(list(pks))
    return {pk: Link(each.title, each.get_absolute_url()) for pk, each in found.items()}
