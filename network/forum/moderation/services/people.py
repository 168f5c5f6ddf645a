"""Asking people to write nothing for a while, trusting them, and taking away what a spammer left."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import roles_of
from network.forum.models import ModerationAct, Post
from network.forum.models.thread import Visibility
from network.forum.moderation import acts
from network.forum.moderation.errors import NotPossibleError
from network.forum.moderation.limits import held
from network.forum.moderation.services.deciding import hide
from network.forum.querysets import moderated_by
from search.projection import recording

Kind = ModerationAct.Kind
MAX_DAYS: Final = 365
MAX_AT_ONCE: Final = 200
CLEANED_UP_WITHIN: Final = timedelta(days=7)


def silence(moderator: User, person: User, days: int, reason: str) -> ModerationAct:
    """Let somebody write nothing in the forum for so many days (1 to 365).

    Raises PermissionDenied for who may not, ValueError for other numbers of days.
    """
    if not 1 <= days <= MAX_DAYS:
        raise ValueError(f"{days} days")
    _may_change(moderator, person)
    until = timezone.now() + timedelta(days=days)
    with recording():
        standing = held(person)
        standing.silenced_until, standing.trusted = until, False
        standing.save(update_fields=["silenced_until", "trusted"])
        return acts.record(
            Kind.SILENCE,
            by=moderator,
            author=person,
            reason=reason,
            data={"days": days, "until": until.isoformat()},
        )


def release(moderator: User, person: User, reason: str = "") -> ModerationAct:
    """Let somebody write again.

    Raises PermissionDenied for who may not, NotPossibleError when they may already.
    """
    _may_change(moderator, person)
    with recording():
        standing = held(person)
        if standing.silenced_until is None or standing.silenced_until <= timezone.now():
            raise NotPossibleError(_("Somebody has decided this already."), code="decided")
        standing.silenced_until = None
        standing.save(update_fields=["silenced_until"])
        return acts.record(Kind.RELEASE, by=moderator, author=person, reason=reason)


def set_trust(moderator: User, person: User, *, trusted: bool, reason: str = "") -> ModerationAct:
    """Let what somebody writes be shown without a look at it, or no more. They are not told.

    Raises PermissionDenied for who may not, NotPossibleError when it is so already.
    """
    _may_change(moderator, person)
    with recording():
        standing = held(person)
        if standing.trusted == trusted:
            raise NotPossibleError(_("Somebody has decided this already."), code="decided")
        standing.trusted = trusted
        standing.save(update_fields=["trusted"])
        kind = Kind.TRUST if trusted else Kind.DISTRUST
        return acts.record(kind, by=moderator, author=person, reason=reason, told=False)


def clean_up(moderator: User, person: User, rule: str, reason: str = "") -> int:
    """Hide what somebody wrote in the last week, where one keeps order; gives how many posts.

    At most 200 at once, the newest first; the person is told nothing of each. Raises
    PermissionDenied for who may not.
    """
    _may_change(moderator, person)
    with recording():
        # Whoever is being cleaned up after posts nothing more meanwhile.
        held(person)
        posts = (
            Post.objects.filter(
                moderated_by(roles_of(moderator), "thread__category__"),
                author=person,
                state__in=[Visibility.PUBLISHED, Visibility.PENDING],
                created_at__gt=timezone.now() - CLEANED_UP_WITHIN,
            )
            .select_related("thread__category", "author")
            .order_by("-pk")[:MAX_AT_ONCE]
        )
        # In the order in which threads are locked everywhere.
        for post in sorted(posts, key=lambda each: (each.thread_id, each.number)):
            hide(moderator, post, rule, reason, told=False)
        return len(posts)


def _may_change(moderator: User, person: User) -> None:
    if not acts.can_change_standing(moderator, person):
        raise PermissionDenied
