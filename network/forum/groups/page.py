"""A working group's page: what each reader sees of it, and what they can do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.roles import AnyUser, roles_of
from network.forum.groups.listing import kind_of
from network.forum.groups.names import name_of
from network.forum.groups.permissions import (
    belongs,
    can_lead,
    can_read,
    can_upload,
    sees_leaders,
    sees_members,
)
from network.forum.groups.querysets import applications_to, bylines_of, members_of
from network.forum.models import (
    Category,
    GroupFile,
    GroupMembership,
    Meeting,
    Thread,
    WorkingGroup,
)
from network.forum.permissions import can_write
from network.forum.reading.rows import read_rows, thread_rows
from network.forum.reading.unread import caught_up
from ui.text import text_and_language

State = GroupMembership.State
Role = GroupMembership.Role

MEMBERS_SHOWN: Final = 12
PEOPLE_READ: Final = 60
THREADS_SHOWN: Final = 5
MEETINGS_SHOWN: Final = 3
FILES_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a group, as its pages name them."""

    membership: GroupMembership
    name: str
    byline: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the group."""

    label: str
    url: str
    is_here: bool


def people(memberships: list[GroupMembership]) -> list[Person]:
    """Names of members and where they work. One query."""
    bylines = bylines_of([each.user_id for each in memberships])
    return [Person(each, name_of(each.user), bylines.get(each.user_id, "")) for each in memberships]


class GroupFrame:
    """What all pages of a group show: its name, its pages, and what the reader is to it."""

    def __init__(self, group: WorkingGroup, user: AnyUser, here: str = "detail") -> None:
        self.group = group
        self._user = user
        self._here = here
        self.kind = kind_of(group)
        self.reads = can_read(user, group)
        self.leads = can_lead(user, group)
        self.belongs = belongs(user, group)
        self.sees_members = sees_members(user, group)
        self.is_administrator = roles_of(user).network_administrator
        self.uploads = can_upload(user, group)

    @cached_property
    def category(self) -> Category | None:
        """Where the group's threads are."""
        return Category.objects.filter(group=self.group).first()

    @cached_property
    def membership(self) -> GroupMembership | None:
        """The reader's own, in whatever state."""
        if not self._user.is_authenticated:
            return None
        return GroupMembership.objects.filter(group=self.group, user=self._user.pk).first()

    @property
    def standing(self) -> str:
        """The state of the reader's membership; empty for those who are nothing in the group."""
        return self.membership.state if self.membership else ""

    @property
    def joins(self) -> str:
        """How the reader may come in: "join", "apply", "log-in", or "" for those who may not."""
        if self.group.has_ended or self.standing in {State.MEMBER, State.APPLIED}:
            return ""
        if not self._user.is_authenticated:
            return "log-in"
        if self.standing == State.INVITED:
            return "join"
        is_open = self.group.openness == WorkingGroup.Openness.OPEN
        return "join" if is_open and self.standing != State.REMOVED else "apply"

    @property
    def tabs(self) -> list[Tab]:
        """The pages of the group that the reader may open."""
        shown = [("detail", _("About the group"))]
        if self.reads:
            shown += [("meetings", _("Meetings")), ("files", _("Files"))]
        if self.sees_members:
            shown.append(("members", _("Members")))
        if self.reads:
            shown.append(("figures", _("Year by year")))
        tabs = [
            Tab(label, reverse(f"groups:{name}", args=[self.group.slug]), name == self._here)
            for name, label in shown
        ]
        if self.reads and self.category is not None:
            tabs.insert(1, Tab(_("Threads"), self.category.get_absolute_url(), is_here=False))
        return tabs

    @cached_property
    def applications(self) -> list[Person]:
        """Who would like to join, for those who lead the group."""
        if not self.leads or self.group.has_ended:
            return []
        if self.is_administrator:
            found = GroupMembership.objects.filter(
                group=self.group, state=State.APPLIED, user__is_active=True
            ).select_related("user")
        else:
            found = applications_to(self._user).filter(group=self.group)
        return people(list(found.order_by("changed_at", "pk")[:50]))


class GroupPage(GroupFrame):
    """The first page of a group."""

    @cached_property
    def charter(self) -> SafeString:
        """The charter as HTML."""
        return mark_safe(text_and_language(self.group, "charter_html")[0])  # noqa: S308 - rendered and cleaned when saved

    @property
    def charter_language(self) -> str:
        """The language of the charter."""
        return text_and_language(self.group, "charter_html")[1]

    @cached_property
    def member_count(self) -> int:
        """How many members there are, which everybody sees who knows of the group."""
        return members_of(self.group).order_by().count()

    @cached_property
    def _first_members(self) -> list[Person]:
        if not sees_leaders(self._user, self.group):
            return []
        found = members_of(self.group)
        if not self.sees_members:
            found = found.filter(role__in=(Role.LEADER, Role.COUNCIL))
        return people(list(found[:PEOPLE_READ]))

    @property
    def leaders(self) -> list[Person]:
        """Who leads the group, for members of the site."""
        return [each for each in self._first_members if each.membership.role == Role.LEADER]

    @property
    def council(self) -> list[Person]:
        """Who sits in its council, for members of the site."""
        return [each for each in self._first_members if each.membership.role == Role.COUNCIL]

    @property
    def members(self) -> list[Person]:
        """Some of the others, for those who may see them."""
        others = [each for each in self._first_members if each.membership.role == Role.MEMBER]
        return others[:MEMBERS_SHOWN] if self.sees_members else []

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The next meetings, cancelled ones left out."""
        if not self.reads:
            return []
        coming = Meeting.objects.filter(group=self.group, cancelled_at=None).upcoming()
        found = list(coming[:MEETINGS_SHOWN])
        for meeting in found:
            meeting.group = self.group
        return found

    @cached_property
    def files(self) -> list[GroupFile]:
        """The newest files."""
        return list(self.group.files.all()[:FILES_SHOWN]) if self.reads else []

    @cached_property
    def threads(self) -> SafeString:
        """The threads that were written in last, as items of a list."""
        if not self.reads or self.category is None:
            return SafeString()
        found = Thread.objects.visible_to(self._user).filter(
            category=self.category, merged_into=None
        )
        newest = found.order_by("-last_post_at", "-pk")[:THREADS_SHOWN]
        rows = read_rows(newest, self._user, caught_up(self._user))
        return thread_rows(rows, heading="h3", with_category=False)

    @property
    def writes(self) -> bool:
        """Whether the reader may start a thread in the group."""
        return self.category is not None and can_write(self._user, self.category)
