"""The forum's front page: what there is to read, what is new, and what waits for an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from accounts.roles import AnyUser, roles_of
from network.forum.models import Access, Category, Thread, ThreadKind, WorkingGroup
from network.forum.models.thread import Visibility
from network.forum.reading.addresses import here, thread_path
from network.forum.reading.keyset import ordered
from network.forum.reading.rows import ThreadRow, read_rows, thread_rows
from network.forum.reading.times import Clock
from network.forum.reading.unread import CaughtUp, caught_up, unread_threads

NEWEST: Final = 10
UNANSWERED: Final = 5
# Who has been away for long is told that there is more, not how much.
MOST_COUNTED: Final = 300
MOST_CATEGORIES: Final = 200


@dataclass(frozen=True, slots=True)
class Newest:
    """The thread in which somebody wrote last."""

    title: str
    url: str
    when: SafeString


@dataclass(frozen=True, slots=True)
class CategoryShown:
    """A category with its newest thread and how many threads have something unread."""

    name: str
    description: str
    url: str
    icon: str
    newest: Newest | None
    unread: int


ICONS: Final = {
    Access.OPEN: "chat",
    Access.MEMBERS: "lock",
    Access.PARK: "park",
    Access.GROUP: "people",
}


class Overview:
    """What the forum's front page shows to somebody."""

    def __init__(self, user: AnyUser) -> None:
        self._user = user

    @cached_property
    def known(self) -> CaughtUp | None:
        """Up to when the reader has read everything."""
        return caught_up(self._user)

    @property
    def _threads(self) -> QuerySet[Thread, Thread]:
        return Thread.objects.visible_to(self._user).filter(merged_into=None)

    @cached_property
    def _unread(self) -> Counter[int]:
        if self.known is None or not isinstance(self._user, User):
            return Counter()
        unread = unread_threads(self._threads, self._user, self.known)
        newest = unread.order_by("-last_post_at").values_list("category", flat=True)
        return Counter(newest[:MOST_COUNTED])

    @property
    def unread(self) -> int:
        """In how many threads something is unread."""
        return sum(self._unread.values())

    @property
    def has_more_unread(self) -> bool:
        """Whether there is more than was counted."""
        return self.unread >= MOST_COUNTED

    @cached_property
    def categories(self) -> list[CategoryShown]:
        """The categories but those of groups, which stand with their groups."""
        return [each for each in self._shown if each.icon != ICONS[Access.GROUP]]

    @cached_property
    def groups(self) -> list[CategoryShown]:
        """The categories of the groups that the reader is in."""
        return [each for each in self._shown if each.icon == ICONS[Access.GROUP]]

    @cached_property
    def _shown(self) -> list[CategoryShown]:
        newest = (
            Thread.objects.filter(
                category=OuterRef("pk"), state=Visibility.PUBLISHED, merged_into=None
            )
            .order_by("-last_post_at")
            .values("pk")[:1]
        )
        # Open groups are many; here stand those that one is in.
        others = Category.objects.visible_to(self._user).exclude(access=Access.GROUP)
        own = Category.objects.visible_to(self._user).filter(
            group__in=WorkingGroup.objects.active().filter(pk__in=roles_of(self._user).groups)
        )
        found: Any = (others | own).annotate(newest=Subquery(newest))[:MOST_CATEGORIES]
        categories = list(found)
        threads = Thread.objects.in_bulk([each.newest for each in categories if each.newest])
        return [self._category(each, threads.get(each.newest)) for each in categories]

    def _category(self, category: Category, thread: Thread | None) -> CategoryShown:
        return CategoryShown(
            name=category.name,
            description=category.description,
            url=f"{here()}k/{category.slug}/",
            icon=ICONS[Access(category.access)],
            newest=_newest(thread) if thread else None,
            unread=self._unread[category.pk],
        )

    @cached_property
    def _newest_rows(self) -> list[ThreadRow]:
        newest = ordered(self._threads, pinned_first=False)[:NEWEST]
        return read_rows(newest, self._user, self.known)

    @property
    def newest(self) -> SafeString:
        """The threads in which somebody wrote last, as items of a list."""
        return thread_rows(self._newest_rows, heading="h3")

    @property
    def is_empty(self) -> bool:
        """Whether there is no thread at all that the reader may see."""
        return not self._newest_rows

    @cached_property
    def unanswered(self) -> SafeString:
        """Questions that nobody has answered; empty if none."""
        waiting = self._threads.filter(
            kind=ThreadKind.QUESTION,
            solved_at=None,
            post_count__lte=1,
            closed=False,
            state=Visibility.PUBLISHED,
        ).order_by("-created_at")
        rows: Sequence[ThreadRow] = read_rows(waiting[:UNANSWERED], self._user, self.known)
        return thread_rows(rows, heading="h3") if rows else SafeString("")

    @cached_property
    def rendered_at(self) -> datetime:
        """When this was read: what comes later stays unread when one says that all is read."""
        return timezone.now()


def _newest(thread: Thread) -> Newest:
    url = thread_path(here(), thread.pk, thread.slug)
    when = mark_safe(Clock().element(thread.last_post_at))  # noqa: S308 - escaped there
    return Newest(thread.title, url, when)
