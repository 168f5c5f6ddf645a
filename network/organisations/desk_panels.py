"""What of this room waits for somebody, and how its things are called where they are followed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.sections import Section
from activity.desk import Panel, PanelRow
from activity.queues import Queue, QueueCount
from network.organisations import following
from network.organisations.models import Invitation, JoinRequest, OrganisationProposal
from network.organisations.permissions import can_review
from network.organisations.waiting import requests_waiting_for
from ui.chrome import Link

OVERDUE_AFTER: Final = timedelta(days=7)


def _to_confirm(user: User) -> QueueCount:
    """Requests and proposals that wait for the person; overdue after a week."""
    if not can_review(user):
        return QueueCount()
    requests = requests_waiting_for(user).values_list("asked_at", flat=True).order_by()
    proposals = (
        OrganisationProposal.objects.waiting_for(user)
        .values_list("proposed_at", flat=True)
        .order_by()
    )
    asked = list(requests.union(proposals, all=True))
    overdue = timezone.now() - OVERDUE_AFTER
    return QueueCount(len(asked), sum(each < overdue for each in asked))


def _invitations(user: User, count: int) -> Sequence[PanelRow]:
    found = Invitation.objects.open().addressed_to(user).select_related("organisation")[:count]
    return [
        PanelRow(
            _("Invitation to %(organisation)s") % {"organisation": each.organisation.title},
            reverse("memberships:mine"),
            when=each.sent_at,
        )
        for each in found
    ]


def _invited(user: User) -> str:
    """How many invitations wait for the person, in words."""
    count = Invitation.objects.open().addressed_to(user).count()
    if not count:
        return ""
    return ngettext("%(count)d invitation waits", "%(count)d invitations wait", count) % {
        "count": count
    }


def _own_wishes(user: User, count: int) -> Sequence[PanelRow]:
    """What the person has asked for and others have not answered."""
    requests = JoinRequest.objects.open().filter(user=user).select_related("organisation")[:count]
    rows = [
        PanelRow(
            each.organisation.title,
            reverse("memberships:mine"),
            _("waits for an answer"),
            each.asked_at,
        )
        for each in requests
    ]
    proposals = OrganisationProposal.objects.open().filter(proposer=user)[:count]
    return rows + [
        PanelRow(
            each.name,
            reverse("memberships:proposal", args=[each.pk]),
            _("waits for an answer"),
            each.proposed_at,
        )
        for each in proposals
    ]


def _describe_proposals(pks: Sequence[int], user: User) -> Mapping[int, Link]:
    found = OrganisationProposal.objects.visible_to(user).filter(pk__in=pks)
    return {
        each.pk: Link(each.name, reverse("memberships:proposal", args=[each.pk])) for each in found
    }


Describe = Callable[[Sequence[int], User], Mapping[int, Link]]

SECTIONS: Final = (
    Section(
        gettext_lazy("My organisations"),
        "memberships:mine",
        _invited,
        icon="organisation",
        is_shortcut=True,
    ),
    Section(
        gettext_lazy("Members and organisations to confirm"),
        "memberships:queue",
        icon="check",
        is_for=can_review,
    ),
)
QUEUES: Final = (
    Queue(
        "organisations.to_confirm",
        gettext_lazy("Members and organisations to confirm"),
        lambda: reverse("memberships:queue"),
        _to_confirm,
    ),
)
PANELS: Final = (
    Panel("organisations.invitations", gettext_lazy("Invitations"), "waiting", _invitations),
    Panel("organisations.wishes", gettext_lazy("What I have asked for"), "upcoming", _own_wishes),
)
THINGS: Final[tuple[tuple[str, Any, Describe], ...]] = (
    (following.THING, gettext_lazy("Organisations"), following.describe),
    ("proposal", gettext_lazy("proposed organisations"), _describe_proposals),
)
