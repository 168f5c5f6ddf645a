"""Working groups and their proposals as things that people follow and are told of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network.forum.groups.querysets import proposals_visible_to
from network.forum.models import WorkingGroup
from ui.chrome import Link

THING: Final = "group"
PROPOSAL: Final = "group-proposal"


def thing_of(pk: int) -> str:
    """What a group is called where things are followed and told of."""
    return f"{THING}:{pk}"


def proposal_thing(pk: int) -> str:
    """What a proposed group is called there."""
    return f"{PROPOSAL}:{pk}"


def describe(pks: Sequence[int], user: User) -> Mapping[int, Link]:
    """Names and addresses of those of the groups that the person may know of."""
    found = WorkingGroup.objects.listed_for(user).filter(pk__in=list(pks))
    return {each.pk: Link(each.name, each.get_absolute_url()) for each in found}


def describe_proposals(pks: Sequence[int], user: User) -> Mapping[int, Link]:
    """Names and addresses of those of the proposals that the person may see."""
    found = proposals_visible_to(user).filter(pk__in=list(pks))
    return {each.pk: Link(each.name, reverse("groups:proposal", args=[each.pk])) for each in found}


THINGS: Final[tuple[tuple[str, Any, Any], ...]] = (
    (THING, _("Working groups"), describe),
    (PROPOSAL, _("Proposed working groups"), describe_proposals),
)
