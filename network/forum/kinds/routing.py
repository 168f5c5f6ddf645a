"""Sending unanswered questions on to people who have said that they know about such things.

A question is sent on once, some hours after it was asked, to five people at most, each of whom gets
only so many in a week. The row of each is what keeps two workers from sending it twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef

from activity.kinds import Timing
from activity.models import Choice, Follow
from activity.schedule import Job
from activity.services import notify
from network.forum.following import thread_thing
from network.forum.kinds.competence import people_who_know
from network.forum.kinds.questions import unanswered
from network.forum.models import Post, RoutedQuestion, Standing, Thread
from network.forum.text import plain
from search.subjects import Subject

ROUTED: Final = "forum.routed"
PEOPLE: Final = 5
WEEK: Final = timedelta(days=7)
# What is older when the job first runs is for staff.
LATEST: Final = timedelta(days=7)
AT_ONCE: Final = 100
LENGTH: Final = 200


def send_on(now: datetime) -> None:
    """Send on the questions that have waited long enough and that nobody was asked to answer."""
    if settings.FORUM_ROUTED_A_WEEK <= 0:
        return
    before = now - timedelta(hours=settings.FORUM_ROUTE_AFTER_HOURS)
    sent = RoutedQuestion.objects.filter(thread=OuterRef("pk"))
    found = unanswered(before, before - LATEST).filter(~Exists(sent)).select_related("category")
    for thread in found.order_by("created_at", "pk")[:AT_ONCE]:
        _send_on(thread, now)


def _send_on(thread: Thread, now: datetime) -> None:
    first = Post.objects.filter(thread=thread, number=1).first()
    subject = Subject(thread.title, plain(first.source) if first else "")
    asked = {thread.author_id} if thread.author_id else set()
    knowing = people_who_know(subject, thread.category, but=asked | _left_alone(thread, now))
    chosen = knowing[:PEOPLE]
    if not chosen:
        return
    with transaction.atomic():
        RoutedQuestion.objects.bulk_create(
            (
                RoutedQuestion(
                    thread=thread,
                    user=each.person,
                    because=each.because[:LENGTH],
                    organisation=each.organisation[:LENGTH],
                    at=now,
                )
                for each in chosen
            ),
            ignore_conflicts=True,
        )
        notify(
            ROUTED,
            thread_thing(thread.pk),
            to=[each.person for each in chosen],
            key=f"{ROUTED}:{thread.pk}",
        )


def _left_alone(thread: Thread, now: datetime) -> set[int]:
    """Who had enough questions this week, wants none, has muted this one, or is to keep silent."""
    lately = RoutedQuestion.objects.filter(at__gt=now - WEEK).values("user").order_by()
    full = lately.annotate(sent=Count("pk")).filter(sent__gte=settings.FORUM_ROUTED_A_WEEK)
    muted = Follow.objects.filter(thing=thread_thing(thread.pk), state=Follow.State.MUTED)
    silent = Standing.objects.filter(silenced_until__gt=now)
    unwilling = Choice.objects.filter(kind=ROUTED, timing=Timing.NEVER, on_site=False)
    return {
        *full.values_list("user", flat=True),
        *unwilling.values_list("user", flat=True),
        *muted.values_list("user", flat=True),
        *silent.values_list("pk", flat=True),
    }


JOB: Final = Job("forum.send_questions_on", send_on, timedelta(minutes=30))
