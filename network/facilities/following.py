"""Test facilities as things that people follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from accounts.models import User
from network.facilities.models import Facility
from ui.chrome import Link

THING: Final = "facility"


def thing_of(pk: int) -> str:
    """What a facility is called where things are followed and told of."""
    return f"{THING}:{pk}"


def describe(pks: Sequence[int], user: User) -> Mapping[int, Link]:
    """Names and addresses of those of the facilities that the person may see."""
    visible = Facility.objects.visible_to(user).filter(pk__in=list(pks))
    shown = visible.only("slug", "name_nb", "name_en")
    return {each.pk: Link(each.name, each.get_absolute_url()) for each in shown}
