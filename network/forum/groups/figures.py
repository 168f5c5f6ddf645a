"""What a working group did in each of its years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear
from django.utils import timezone

from network.forum.models import (
    GroupMembership,
    Meeting,
    MeetingReply,
    Post,
    Thread,
    WorkingGroup,
)

MOST_YEARS: Final = 15


@dataclass(frozen=True, slots=True)
class Year:
    """``members`` at its end (or now), the others within it.

    ``attended`` is how many came to all its meetings together, counted where it was noted.
    """

    year: int
    members: int
    joined: int
    threads: int
    posts: int
    meetings: int
    attended: int

    @property
    def attendance(self) -> float | None:
        """How many came to a meeting, on average; None without meetings."""
        return self.attended / self.meetings if self.meetings else None


def years_of(group: WorkingGroup) -> list[Year]:
    """The figures of a group, this year first. Five queries.

    Somebody who has come back counts from their last coming, for that is what is kept.
    """
    now = timezone.localtime()
    posts = Post.objects.published().filter(thread__category__group=group)
    threads = Thread.objects.filter(
        category__group=group, state="published", merged_into=None
    ).order_by()
    meetings = Meeting.objects.filter(group=group, cancelled_at=None, ends_at__lte=now).order_by()
    attended = MeetingReply.objects.filter(
        meeting__group=group, meeting__cancelled_at=None, attended=True
    )
    started = _by_year(threads, "created_at")
    written = _by_year(posts.order_by(), "created_at")
    held = _by_year(meetings, "starts_at")
    came = _by_year(attended.order_by(), "meeting__starts_at")
    spans = _spans(group)
    first = min(
        [timezone.localtime(group.created_at).year, *started, *held, *(b.year for b, _ in spans)]
    )
    return [
        Year(
            year=year,
            members=sum(1 for span in spans if _is_member(span, year)),
            joined=sum(1 for begin, _ in spans if begin.year == year),
            threads=started[year],
            posts=written[year],
            meetings=held[year],
            attended=came[year],
        )
        for year in range(now.year, max(first, now.year - MOST_YEARS + 1) - 1, -1)
    ]


def _by_year(found: QuerySet[Any, Any], field: str) -> Counter[int]:
    rows: Iterable[tuple[int, int]] = (
        found.annotate(year=ExtractYear(field)).values_list("year").annotate(count=Count("pk"))
    )
    return Counter(dict(rows))


def _spans(group: WorkingGroup) -> list[tuple[datetime, datetime | None]]:
    """From when and until when each of its people has been a member, in local time."""
    found = GroupMembership.objects.filter(group=group).exclude(joined_at=None)
    return [
        (timezone.localtime(joined), timezone.localtime(left) if left else None)
        for joined, left in found.values_list("joined_at", "left_at")
        if joined
    ]


def _is_member(span: tuple[datetime, datetime | None], year: int) -> bool:
    begin, end = span
    return begin.year <= year and (end is None or end.year > year)
