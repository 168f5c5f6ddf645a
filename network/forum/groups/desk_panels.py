"""What working groups put on a person's own page and among the queues."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import roles_of
from accounts.sections import Section
from activity.desk import Panel, PanelRow
from activity.queues import Queue, QueueCount
from network.forum.groups import services
from network.forum.groups.names import name_of
from network.forum.groups.permissions import can_start
from network.forum.groups.querysets import applications_to, own_meetings, proposals_waiting
from network.forum.models import MeetingReply

OVERDUE_AFTER: Final = timedelta(days=7)
TONES: Final = {"yes": "success", "maybe": "info", "no": ""}


def _invitations(user: User, count: int) -> Sequence[PanelRow]:
    """Invitations that the person has not answered."""
    return [
        PanelRow(
            _("Invitation to %(group)s") % {"group": each.group.name},
            reverse("groups:mine"),
            when=each.sent_at,
        )
        for each in services.invitations_to(user)[:count]
    ]


def _applications(user: User, count: int) -> Sequence[PanelRow]:
    """Who would like to join the groups that the person leads."""
    if not roles_of(user).leads:
        return []
    return [
        PanelRow(
            name_of(each.user),
            reverse("groups:application", args=[each.group.slug, each.pk]),
            each.group.name,
            each.changed_at,
            "warning",
        )
        for each in applications_to(user)[:count]
    ]


def _meetings(user: User, count: int) -> Sequence[PanelRow]:
    """The next meetings of the person's groups, with what they have answered."""
    if not roles_of(user).groups:
        return []
    coming = list(own_meetings(user).upcoming().filter(cancelled_at=None)[:count])
    replies = MeetingReply.objects.filter(user=user, meeting__in=coming).exclude(answer="")
    answers = {each.meeting_id: each for each in replies}
    rows = []
    for each in coming:
        given = answers.get(each.pk)
        note = given.get_answer_display() if given else _("Not answered")
        tone = TONES[given.answer] if given else "warning"
        rows.append(
            PanelRow(
                each.title,
                each.get_absolute_url(),
                f"{each.group.name} · {note}",
                each.starts_at,
                tone,
            )
        )
    return rows


def _proposed(user: User) -> QueueCount:
    """Proposed groups that wait for the person; overdue after a week."""
    if not can_start(user):
        return QueueCount()
    waiting = proposals_waiting().order_by()
    if not roles_of(user).network_administrator:
        waiting = waiting.exclude(proposer=user)
    asked = list(waiting.values_list("proposed_at", flat=True))
    overdue = timezone.now() - OVERDUE_AFTER
    return QueueCount(len(asked), sum(each < overdue for each in asked))


PANELS: Final = (
    Panel("forum.group_invitations", gettext_lazy("Working groups"), "waiting", _invitations),
    Panel(
        "forum.group_applications",
        gettext_lazy("Would like to join your groups"),
        "waiting",
        _applications,
    ),
    Panel("forum.meetings", gettext_lazy("Meetings"), "upcoming", _meetings),
)
QUEUES: Final = (
    Queue(
        "forum.group_proposals",
        gettext_lazy("Proposed working groups"),
        lambda: reverse("groups:queue"),
        _proposed,
    ),
)
SECTIONS: Final = (
    Section(gettext_lazy("My working groups and meetings"), "groups:mine", icon="people"),
    Section(
        gettext_lazy("Proposed working groups"),
        "groups:queue",
        icon="idea",
        is_for=can_start,
    ),
)
