"""The kinds of news about working groups: who may see them, and how they read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import roles_of
from activity.kinds import Kind, Message, Timing
from activity.models import Event
from network.forum.groups.names import name_of, period_in_words
from network.forum.groups.notices import (
    ANSWERED,
    APPLIED,
    DECIDED,
    ENDED,
    JOINED,
    MEETING,
    MINUTES,
    PROPOSED,
    ROLE_GIVEN,
    SOON,
    TAKEN_OUT,
)
from network.forum.groups.querysets import proposals_visible_to
from network.forum.models import GroupMembership, GroupProposal, Meeting, WorkingGroup
from network.organisations.waiting import network_administrators
from network.row_kinds import Rows, by_key, row_kind, row_of

if TYPE_CHECKING:
    from django.utils.functional import Promise

State = GroupMembership.State
Role = GroupMembership.Role


def _rows(**wanted: Any) -> Callable[[Iterable[int], User], Rows]:
    """A person's own memberships of groups that are as ``wanted`` says."""

    def found(pks: Iterable[int], user: User) -> Rows:
        own = GroupMembership.objects.filter(pk__in=pks, user=user, **wanted)
        return by_key(own.select_related("group"))

    return found


def _led(state: str) -> Callable[[Iterable[int], User], Rows]:
    """Memberships in a state, of groups that the person leads."""

    def found(pks: Iterable[int], user: User) -> Rows:
        rows = GroupMembership.objects.filter(pk__in=pks, state=state, user__is_active=True)
        if not roles_of(user).network_administrator:
            rows = rows.filter(group__in=roles_of(user).leads)
        return by_key(rows.select_related("group", "user"))

    return found


def _proposals(pks: Iterable[int], user: User) -> Rows:
    found = proposals_visible_to(user).filter(~Q(proposer=user), pk__in=pks)
    return by_key(found.select_related("proposer"))


def _own_proposals(pks: Iterable[int], user: User) -> Rows:
    found = GroupProposal.objects.filter(pk__in=pks, proposer=user)
    return by_key(found.select_related("group"))


def _groups(pks: Iterable[int], user: User) -> Rows:
    return by_key(WorkingGroup.objects.listed_for(user).filter(pk__in=pks))


def _meetings(pks: Iterable[int], user: User) -> Rows:
    found = Meeting.objects.visible_to(user).filter(pk__in=pks)
    return by_key(found.select_related("group"))


def _applied_message(row: GroupMembership) -> Message:
    values = {"person": name_of(row.user), "group": row.group.name}
    return Message(
        _("%(person)s would like to join %(group)s") % values,
        reverse("groups:application", args=[row.group.slug, row.pk]),
        row.message,
        _("Answer the application"),
    )


def _answered_message(row: GroupMembership) -> Message:
    values = {"group": row.group.name}
    if row.state == State.MEMBER:
        return Message(
            _("You are a member of %(group)s") % values,
            row.group.get_absolute_url(),
            _("The leaders of the group have let you in."),
            _("See the group"),
        )
    return Message(
        _("%(group)s has said no to your application") % values,
        reverse("groups:mine"),
        row.reason if row.state == State.DECLINED else "",
        _("See your groups"),
    )


def _joined_message(row: GroupMembership) -> Message:
    values = {"person": name_of(row.user), "group": row.group.name}
    return Message(
        _("%(person)s has joined %(group)s") % values,
        reverse("groups:members", args=[row.group.slug]),
        action=_("See the members"),
    )


def _role_message(row: GroupMembership) -> Message:
    values = {"group": row.group.name}
    if row.role == Role.COUNCIL:
        title, text = _("You sit in the council of %(group)s") % values, ""
    else:
        title = _("You lead %(group)s") % values
        text = _(
            "You may let members in, call meetings, keep the minutes and edit what the group says "
            "of itself."
        )
    return Message(title, row.group.get_absolute_url(), text, _("See the group"))


def _taken_out_message(row: GroupMembership) -> Message:
    return Message(
        _("You are no longer a member of %(group)s") % {"group": row.group.name},
        reverse("groups:mine"),
        row.reason,
        _("See your groups"),
    )


def _ended_message(row: WorkingGroup) -> Message:
    return Message(
        _("The working group %(group)s has ended") % {"group": row.name},
        row.get_absolute_url(),
        _("What it wrote and kept can still be read."),
        _("See the group"),
    )


def _proposed_message(row: GroupProposal) -> Message:
    values = {"person": name_of(row.proposer), "name": row.name}
    return Message(
        _("%(person)s proposes the working group %(name)s") % values,
        reverse("groups:proposal", args=[row.pk]),
        row.summary,
        _("Look at the proposal"),
    )


def _decided_message(row: GroupProposal) -> Message:
    if row.group is not None:
        return Message(
            _("Your proposal has become the working group %(name)s") % {"name": row.group.name},
            row.group.get_absolute_url(),
            _("You lead it. Write its charter, invite people and call a first meeting."),
            _("See the group"),
        )
    return Message(
        _("The working group %(name)s has not been started") % {"name": row.name},
        reverse("groups:proposal", args=[row.pk]),
        row.answer,
        _("See the proposal"),
    )


def _meeting_message(event: Event, meeting: Meeting) -> Message:
    values = {"title": meeting.title, "group": meeting.group.name}
    titles = {
        "called": _("%(group)s meets: %(title)s"),
        "changed": _("%(title)s has changed (%(group)s)"),
        "cancelled": _("%(title)s is cancelled (%(group)s)"),
        "soon": _("Soon: %(title)s (%(group)s)"),
        "minutes": _("Minutes of %(title)s (%(group)s)"),
    }
    what = {SOON: "soon", MINUTES: "minutes"}.get(event.kind) or str(event.data["what"])
    if meeting.is_cancelled and what in {"called", "changed", "soon"}:
        what = "cancelled"
    where = meeting.place or (_("online") if meeting.link else "")
    lines = [period_in_words(meeting.starts_at, meeting.ends_at), *([where] if where else [])]
    action = _("Read the minutes") if what == "minutes" else _("See the meeting")
    if what in {"called", "changed", "soon"}:
        action = _("See the meeting and say whether you come")
    return Message(titles[what] % values, meeting.get_absolute_url(), "\n\n".join(lines), action)


def _group_readers(event: Event, people: Sequence[User]) -> Collection[int]:
    """Those people who may know of the group, asked at once."""
    group = WorkingGroup.objects.filter(pk=_group_pk(event)).first()
    return [] if group is None else _readers(group, people, group.openness != "hidden")


def _meeting_readers(event: Event, people: Sequence[User]) -> Collection[int]:
    """Those people who may read the group's meetings, asked at once."""
    group = WorkingGroup.objects.filter(pk=_group_pk(event)).first()
    return [] if group is None else _readers(group, people, group.openness == "open")


def _group_pk(event: Event) -> int:
    return int(event.thing.partition(":")[2])


def _readers(group: WorkingGroup, people: Sequence[User], everybody: bool) -> Collection[int]:  # noqa: FBT001 - said beside each call
    if everybody:
        return [person.pk for person in people]
    members = GroupMembership.objects.filter(
        group=group, state=State.MEMBER, user__in=[person.pk for person in people]
    )
    found = set(members.values_list("user_id", flat=True))
    rest = User.objects.filter(pk__in=[person.pk for person in people if person.pk not in found])
    return found | set(rest.filter(pk__in=network_administrators()).values_list("pk", flat=True))


def _meeting_kind(name: str, label: str | Promise) -> Kind:
    def messages(events: Sequence[Event], user: User) -> Mapping[int, Message]:
        found = _meetings([row_of(event) for event in events], user)
        return {
            event.pk: _meeting_message(event, found[row_of(event)])
            for event in events
            if row_of(event) in found
        }

    return Kind(
        name,
        label,
        GROUP,
        message=lambda event, user: messages([event], user)[event.pk],
        may_see=lambda event, user: row_of(event) in _meetings([row_of(event)], user),
        messages=messages,
        readers=_meeting_readers,
    )


GROUP: Final = gettext_lazy("Working groups")
KINDS: Final = (
    row_kind(
        APPLIED,
        gettext_lazy("Somebody would like to join a group that I lead"),
        GROUP,
        _led(State.APPLIED),
        _applied_message,
    ),
    row_kind(
        ANSWERED,
        gettext_lazy("My application to a group is answered"),
        GROUP,
        _rows(state__in=(State.MEMBER, State.DECLINED)),
        _answered_message,
    ),
    replace(
        row_kind(
            JOINED,
            gettext_lazy("Somebody joins a group that I lead"),
            GROUP,
            _led(State.MEMBER),
            _joined_message,
        ),
        default=Timing.WEEKLY,
    ),
    row_kind(
        ROLE_GIVEN,
        gettext_lazy("I am to lead a group, or sit in its council"),
        GROUP,
        _rows(state=State.MEMBER, role__in=(Role.LEADER, Role.COUNCIL)),
        _role_message,
    ),
    row_kind(
        TAKEN_OUT,
        gettext_lazy("I am taken out of a group"),
        GROUP,
        _rows(state=State.REMOVED),
        _taken_out_message,
    ),
    replace(
        row_kind(ENDED, gettext_lazy("A group that I follow ends"), GROUP, _groups, _ended_message),
        readers=_group_readers,
    ),
    _meeting_kind(MEETING, gettext_lazy("A meeting of a group is called, changed or cancelled")),
    _meeting_kind(SOON, gettext_lazy("The day before a meeting")),
    _meeting_kind(MINUTES, gettext_lazy("Minutes of a meeting")),
    row_kind(
        PROPOSED,
        gettext_lazy("Somebody proposes a working group that I can start"),
        GROUP,
        _proposals,
        _proposed_message,
    ),
    row_kind(
        DECIDED,
        gettext_lazy("A working group that I have proposed is started or not"),
        GROUP,
        _own_proposals,
        _decided_message,
    ),
)
