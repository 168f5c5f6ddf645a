"""Reading the forum. ``visible_to`` is the one predicate of who sees what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.roles import AnyUser, Roles, roles_of

if TYPE_CHECKING:
    # Named in quotes below.
    from network.forum.models import (  # noqa: F401
        Category,
        Meeting,
        Post,
        Thread,
        WorkingGroup,
    )

PUBLISHED = "published"
HELD_BACK = ("pending", "hidden")


class GroupQuerySet(QuerySet["WorkingGroup"]):
    """Working groups."""

    def listed_for(self, user: AnyUser) -> GroupQuerySet:
        """Those that the person may know of: hidden ones are there for their members alone."""
        roles = roles_of(user)
        if roles.network_administrator:
            return self.all()
        known = ~Q(openness="hidden")
        if roles.groups or roles.member:
            known |= Q(pk__in=roles.groups) | Q(
                memberships__user=user.pk, memberships__state="invited"
            )
            return self.filter(known).distinct()
        return self.filter(known)

    def readable_by(self, user: AnyUser) -> GroupQuerySet:
        """Those whose threads, files and meetings the person may read."""
        roles = roles_of(user)
        if roles.network_administrator:
            return self.all()
        return self.filter(Q(openness="open") | Q(pk__in=roles.groups))

    def active(self) -> GroupQuerySet:
        """Those that have not ended."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=timezone.localdate()))


class MeetingQuerySet(QuerySet["Meeting"]):
    """Meetings of working groups."""

    def visible_to(self, user: AnyUser) -> MeetingQuerySet:
        """Those of groups that the person may read."""
        roles = roles_of(user)
        if roles.network_administrator:
            return self.all()
        return self.filter(Q(group__openness="open") | Q(group__in=roles.groups))

    def upcoming(self) -> MeetingQuerySet:
        """Those that have not ended, the next one first."""
        return self.filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")


class CategoryQuerySet(QuerySet["Category"]):
    """Categories."""

    def public(self) -> CategoryQuerySet:
        """Those that anybody may read."""
        return self.filter(audience="public")

    def visible_to(self, user: AnyUser) -> CategoryQuerySet:
        """Those that the person may read."""
        roles = roles_of(user)
        if roles.network_administrator:
            return self.all()
        return self.filter(audience__in=roles.audience)


class ThreadQuerySet(QuerySet["Thread"]):
    """Threads."""

    def public(self) -> ThreadQuerySet:
        """Those that anybody may read."""
        return self.filter(category__audience="public", state=PUBLISHED)

    def visible_to(self, user: AnyUser) -> ThreadQuerySet:
        """Published ones in categories that the person may read.

        What is held back is there for its author and the moderators.
        """
        roles = roles_of(user)
        if roles.network_administrator:
            return self.exclude(state="deleted")
        return self.filter(
            _readable(roles, "category__"),
            _shown(user, roles, author="author", category="category__"),
        )


class PostQuerySet(QuerySet["Post"]):
    """Posts."""

    def published(self) -> PostQuerySet:
        """Those that everybody sees who reads the thread."""
        return self.filter(state=PUBLISHED, thread__state=PUBLISHED)

    def public(self) -> PostQuerySet:
        """Those that anybody may read."""
        return self.published().filter(thread__category__audience="public")

    def visible_to(self, user: AnyUser) -> PostQuerySet:
        """Published ones of threads that the person may read.

        What is held back is there for its author and the moderators.
        """
        roles = roles_of(user)
        if roles.network_administrator:
            return self.exclude(state="deleted").exclude(thread__state="deleted")
        category = "thread__category__"
        return self.filter(
            _readable(roles, category),
            _shown(user, roles, author="author", category=category),
            _shown(user, roles, author="thread__author", category=category, state="thread__state"),
        )


def of_visible_thread(user: AnyUser, thread: str = "thread__") -> Q:
    """What belongs to a thread is seen by whom sees the thread; ``thread`` is the path to it."""
    roles = roles_of(user)
    if roles.network_administrator:
        return ~Q(**{f"{thread}state": "deleted"})
    category, author, state = f"{thread}category__", f"{thread}author", f"{thread}state"
    shown = _shown(user, roles, author=author, category=category, state=state)
    return _readable(roles, category) & shown


def _readable(roles: Roles, category: str) -> Q:
    return Q(**{f"{category}audience__in": roles.audience})


def _shown(user: AnyUser, roles: Roles, *, author: str, category: str, state: str = "state") -> Q:
    shown = Q(**{state: PUBLISHED})
    if not roles.member:
        return shown
    held_back = Q(**{f"{state}__in": HELD_BACK})
    return shown | held_back & (Q(**{author: user.pk}) | moderated_by(roles, category))


def moderated_by(roles: Roles, category: str = "") -> Q:
    """The categories that the person moderates, as ``permissions.can_moderate`` says of one.

    ``category`` is the path to them ("thread__category__").
    """
    if roles.network_administrator:
        return Q()
    moderated = Q(**{f"{category}group__in": roles.leads})
    if roles.parks:
        moderated |= Q(**{f"{category}access__in": ["open", "members"]})
        moderated |= Q(**{f"{category}park__in": roles.parks})
    return moderated
