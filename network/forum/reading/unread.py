"""What somebody has read of the forum.

A thread counts as read up to a post: the one in its :class:`ReadMark`, and all that was written
before its reader caught up, with the forum (:class:`Reader`) or with a category
(:class:`CategoryRead`). Marks only grow. Who comes for the first time has caught up, so that nobody
begins with twenty thousand unread threads.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from django.db import DatabaseError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import AnyUser
from network.forum.models import Category, CategoryRead, Reader, ReadMark, Thread

logger = logging.getLogger(__name__)

BEGINNING: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Unread:
    """What of a thread is unread.

    ``first`` is the number after which it begins where a mark says so, else None, and then what was
    written after ``since`` is unread. ``count`` is how many posts, where that is known at no cost.
    """

    since: datetime
    first: int | None = None
    count: int | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """Up to when somebody has read everything: everywhere, and in single categories."""

    everywhere: datetime
    categories: Mapping[int, datetime] = field(default_factory=dict)

    def with_(self, category_id: int) -> datetime:
        """Up to when they have read the category."""
        return max(self.everywhere, self.categories.get(category_id, BEGINNING))

    @property
    def earliest(self) -> datetime:
        """Nothing older is unread anywhere."""
        return self.everywhere


def caught_up(user: AnyUser) -> CaughtUp | None:
    """Up to when somebody has read everything; None for visitors. One query.

    The first time, that is now.
    """
    if not isinstance(user, User):
        return None
    rows = list(
        Reader.objects.filter(pk=user.pk).values_list(
            "caught_up_at", "user__category_reads__category", "user__category_reads__caught_up_at"
        )
    )
    if not rows:
        return CaughtUp(_first_visit(user))
    return CaughtUp(rows[0][0], {category: at for _, category, at in rows if category})


def _first_visit(user: User) -> datetime:
    now = timezone.now()
    Reader.objects.bulk_create([Reader(user=user, caught_up_at=now)], ignore_conflicts=True)
    return now


def unread_of(
    known: CaughtUp | None,
    *,
    category_id: int,
    created_at: datetime,
    last_post_at: datetime,
    last_number: int,
    mark: int | None,
) -> Unread | None:
    """What of a thread is unread to whom ``known`` and ``mark`` are of; None if nothing is."""
    if known is None:
        return None
    since = known.with_(category_id)
    if last_post_at <= since:
        return None
    if mark is None:
        is_new = created_at > since
        return Unread(since, 0 if is_new else None, last_number if is_new else None, is_new)
    if mark >= last_number:
        return None
    return Unread(since, mark, last_number - mark)


def unread_threads(
    threads: QuerySet[Thread], user: User, known: CaughtUp
) -> QuerySet[Thread, Thread]:
    """Those of the threads in which something is unread."""
    marked = ReadMark.objects.filter(user=user, number__gte=F("thread__last_number"))
    unread = threads.filter(last_post_at__gt=known.everywhere).exclude(
        pk__in=marked.filter(at__gt=known.everywhere).values("thread")
    )
    for category_id, at in known.categories.items():
        if at > known.everywhere:
            unread = unread.exclude(Q(category_id=category_id, last_post_at__lte=at))
    return unread


def note_read(user: User, thread_id: int, number: int) -> None:
    """Remember that somebody has read a thread up to and with a post; marks only grow.

    This never fails: a page that is read without being remembered is better than none.
    """
    try:
        with transaction.atomic():
            _advance(user.pk, thread_id, number)
    except DatabaseError:
        logger.warning("a read mark could not be written", exc_info=True)


def note_written(user_id: int, thread_id: int, number: int) -> None:
    """Take a person's own post for read if they had read all before it.

    Called in the transaction that writes the post.
    """
    marks = ReadMark.objects.filter(user=user_id, thread=thread_id)
    if marks.filter(number=number - 1).update(number=number, at=timezone.now()):
        return
    if number == 1:
        ReadMark.objects.bulk_create(
            [ReadMark(user_id=user_id, thread_id=thread_id, number=number)], ignore_conflicts=True
        )


def _advance(user_id: int, thread_id: int, number: int) -> None:
    marks = ReadMark.objects.filter(user=user_id, thread=thread_id)
    behind = marks.filter(number__lt=number)
    now = timezone.now()
    if behind.update(number=number, at=now) or marks.exists():
        return
    new = ReadMark(user_id=user_id, thread_id=thread_id, number=number)
    ReadMark.objects.bulk_create([new], ignore_conflicts=True)
    # Somebody may have been quicker, in another window, and not have read so far.
    behind.update(number=number, at=now)


@transaction.atomic
def catch_up(user: User, category: Category | None = None, *, at: datetime | None = None) -> None:
    """Take everything for read, or everything in a category; what comes after ``at`` stays unread.

    Marks say nothing any more then, and go.
    """
    at = at or timezone.now()
    marks = ReadMark.objects.filter(user=user, thread__last_post_at__lte=at)
    if category is not None:
        marks.filter(thread__category=category).delete()
        _set_later(CategoryRead, {"user": user, "category": category}, at)
        return
    marks.delete()
    CategoryRead.objects.filter(user=user, caught_up_at__lte=at).delete()
    _set_later(Reader, {"user": user}, at)


def _set_later(model: type[Any], key: Mapping[str, Any], at: datetime) -> None:
    row, is_new = model.objects.get_or_create(**key, defaults={"caught_up_at": at})
    if not is_new:
        model.objects.filter(pk=row.pk, caught_up_at__lt=at).update(caught_up_at=at)
