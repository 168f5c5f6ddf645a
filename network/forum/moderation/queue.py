"""What waits for a moderator: posts that were reported, and posts that are held back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Min, Prefetch, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from accounts.roles import roles_of
from activity.queues import QueueCount
from network.forum.models import Flag, Post
from network.forum.models.thread import Visibility
from network.forum.moderation.screening import worded
from network.forum.querysets import moderated_by

OVERDUE_AFTER: Final = timedelta(hours=24)
PAGE: Final = 20
# More than this waits only while somebody attacks; the rest shows up as these are handled.
MOST: Final = 500
REPORTED: Final = "meldt"
HELD_BACK: Final = "venter"
PARTS: Final = (REPORTED, HELD_BACK)


def is_moderator(user: User) -> bool:
    """Whether the person keeps order anywhere. No query beyond the roles."""
    roles = roles_of(user)
    return bool(roles.network_administrator or roles.parks or roles.leads)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A post that waits, with why."""

    post: Post
    since: datetime
    overdue: bool
    flags: Sequence[Flag]
    reasons: Sequence[str]

    @property
    def is_held_back(self) -> bool:
        """Whether nobody else sees it yet."""
        return self.post.state == Visibility.PENDING


class ModerationQueue:
    """What waits for a moderator, the oldest first; one's own posts are for others to judge.

    Two queries, and three more for a page with something on it.
    """

    def __init__(self, moderator: User, parameters: QueryDict | None = None) -> None:
        self._moderator = moderator
        given = parameters or QueryDict()
        part = given.get("vis", "")
        self.part = part if part in PARTS else ""
        self._page = given.get("page", "1")[:4]

    def _moderated(self, path: str) -> Q:
        return moderated_by(roles_of(self._moderator), f"{path}thread__category__")

    @cached_property
    def _held_back(self) -> dict[int, datetime]:
        rows = (
            Post.objects.filter(self._moderated(""), state=Visibility.PENDING)
            .exclude(author=self._moderator)
            .order_by("created_at")
            .values_list("pk", "created_at")
        )
        return dict(rows[:MOST])

    @cached_property
    def _reported(self) -> dict[int, datetime]:
        rows = (
            Flag.objects.filter(self._moderated("post__"), state=Flag.State.OPEN)
            .exclude(post__author=self._moderator)
            .order_by()
            .values_list("post")
            .annotate(since=Min("created_at"))
            .order_by("since")
        )
        return dict(rows[:MOST])

    @cached_property
    def _since(self) -> list[tuple[datetime, int]]:
        """Since when each post of this part waits, the oldest first."""
        waiting: dict[int, datetime] = {}
        for part, found in ((HELD_BACK, self._held_back), (REPORTED, self._reported)):
            if self.part in {"", part}:
                for pk, since in found.items():
                    waiting[pk] = min(since, waiting.get(pk, since))
        return sorted((since, pk) for pk, since in waiting.items())

    def counted(self) -> QueueCount:
        """How many posts wait, and how many of them for more than a day."""
        late = timezone.now() - OVERDUE_AFTER
        overdue = sum(since < late for since, _pk in self._since)
        return QueueCount(waiting=len(self._since), overdue=overdue)

    @property
    def reported(self) -> int:
        """How many posts are reported."""
        return len(self._reported)

    @property
    def held_back(self) -> int:
        """How many posts are held back."""
        return len(self._held_back)

    @cached_property
    def page(self) -> Page[tuple[datetime, int]]:
        """The page that is asked for, else the nearest one that there is."""
        return Paginator(self._since, PAGE).get_page(self._page)

    @cached_property
    def rows(self) -> list[Waiting]:
        """What this page shows."""
        shown = list(self.page)
        posts = with_reasons(Post.objects.filter(pk__in=[pk for _since, pk in shown])).in_bulk()
        return [waiting(posts[pk], since) for since, pk in shown if pk in posts]


def with_reasons(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Posts with everything that :func:`waiting` asks for."""
    flags = Flag.objects.filter(state=Flag.State.OPEN).select_related("by").order_by("pk")
    related = ("thread__category", "author__forum_standing", "screening")
    return posts.select_related(*related).prefetch_related(
        Prefetch("flags", queryset=flags, to_attr="open_flags")
    )


def waiting(post: Any, since: datetime) -> Waiting:
    """A post from :func:`with_reasons` as the pages of moderators show it."""
    screening = getattr(post, "screening", None)
    is_held_back = post.state == Visibility.PENDING
    return Waiting(
        post=post,
        since=since,
        overdue=timezone.now() - since > OVERDUE_AFTER,
        flags=post.open_flags,
        reasons=worded(screening.reasons) if screening is not None and is_held_back else (),
    )


def count(user: User) -> QueueCount:
    """What waits for the person; nothing for who moderates nowhere."""
    return ModerationQueue(user).counted() if is_moderator(user) else QueueCount()
