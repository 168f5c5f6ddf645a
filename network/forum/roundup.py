"""The week of a park or theme: what was solved, what nobody has answered, what is new to use.

Each Monday morning every park and theme that somebody follows gets one event; what its reader is told
is read when it is told, so that each sees what they may see, and nothing is sent where nothing was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import roles_of
from activity.kinds import Kind, Line, Listing, Message, Timing
from activity.models import Event, Follow
from activity.schedule import Job
from activity.services import notify
from activity.things import describe, split
from network.forum.models import Thread, ThreadKind
from network.parks.following import THEME
from network.parks.following import THING as PARK
from network.parks.models import Park, Theme
from search.documents import documents
from search.finding import find
from search.query import SearchRequest, Sort
from ui.chrome import Link

ROUNDUP: Final = "forum.roundup"
WEEK: Final = timedelta(days=7)
# Before people's own summaries of Monday are put together.
HOUR: Final = 5
LINES: Final = 5
# A question this old should have had its answer.
PATIENCE: Final = timedelta(days=2)
# Threads have lists of their own; organisations and parks are no news of a week.
NOT_NEW: Final = frozenset({"thread", "organisation", "park"})


@dataclass(frozen=True, slots=True)
class Subject:
    """What a round-up is about, and how threads and search entries are narrowed to it."""

    slug: str
    facet: str
    threads: Mapping[str, int]


def write_roundups(now: datetime) -> None:
    """Tell of the week up to the last Monday morning to those who follow a park or theme.

    Once a week, however often it is called, and also when nothing ran on the Monday itself.
    """
    until = last_monday(now)
    followed = Follow.objects.filter(state=Follow.State.FOLLOWING)
    things = {
        thing
        for prefix in (PARK, THEME)
        for thing in followed.filter(thing__startswith=f"{prefix}:")
        .values_list("thing", flat=True)
        .distinct()
    }
    for thing in sorted(things):
        notify(
            ROUNDUP,
            thing,
            followers_of=[thing],
            data={"until": until.isoformat()},
            key=f"{ROUNDUP}:{thing}:{until:%G-W%V}",
        )


def last_monday(now: datetime) -> datetime:
    """The last Monday at five in the morning, local time, that is not after ``now``."""
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    monday = local.date() - timedelta(days=local.weekday())
    due = datetime.combine(monday, time(HOUR), tzinfo=local.tzinfo)
    return due if due <= local else due - WEEK


def _messages(events: Sequence[Event], user: User) -> Mapping[int, Message]:
    found = {event.pk: _message(event, user) for event in events}
    return {pk: message for pk, message in found.items() if message is not None}


def _message(event: Event, user: User) -> Message | None:
    """The week as ``user`` may see it; None where there was nothing."""
    link = describe([event.thing], user).get(event.thing)
    subject = _subject(event.thing)
    if link is None or subject is None:
        return None
    until = datetime.fromisoformat(event.data["until"])
    listings = [
        Listing(title, tuple(lines))
        for title, lines in (
            (_("Solved"), _solved(subject, user, until)),
            (_("Waits for an answer"), _unanswered(subject, user, until)),
            (_("New to use"), _new(subject, user, until)),
        )
        if lines
    ]
    if not listings:
        return None
    return Message(
        _("The week: %(name)s") % {"name": link.label},
        link.url,
        action=_("See more"),
        listings=tuple(listings),
    )


def _one_message(event: Event, user: User) -> Message:
    message = _message(event, user)
    assert message is not None
    return message


def _may_see(event: Event, user: User) -> bool:
    return _message(event, user) is not None


def _readers(event: Event, people: Sequence[User]) -> list[int]:
    """Everybody: what they may see of the week is asked when it is told."""
    return [user.pk for user in people]


def _subject(thing: str) -> Subject | None:
    name, pk = split(thing)
    model = Park if name == PARK else Theme
    slug = model._default_manager.filter(pk=pk).values_list("slug", flat=True).first()
    if slug is None:
        return None
    return Subject(slug, name, {"parks" if name == PARK else "themes": pk})


def _questions(subject: Subject, user: User) -> QuerySet[Thread]:
    visible = Thread.objects.visible_to(user).filter(kind=ThreadKind.QUESTION, state="published")
    return visible.filter(**subject.threads).only("title", "slug", "post_count")


def _solved(subject: Subject, user: User, until: datetime) -> list[Line]:
    found = _questions(subject, user).filter(solved_at__gt=until - WEEK, solved_at__lte=until)
    return [_line(thread) for thread in found.order_by("-solved_at")[:LINES]]


def _unanswered(subject: Subject, user: User, until: datetime) -> list[Line]:
    found = _questions(subject, user).filter(
        solved_at=None, post_count=1, closed=False, created_at__lte=until - PATIENCE
    )
    return [_line(thread, answers=False) for thread in found.order_by("-created_at")[:LINES]]


def _line(thread: Thread, *, answers: bool = True) -> Line:
    count = max(thread.post_count - 1, 0)
    note = ngettext("%(count)s answer", "%(count)s answers", count) % {"count": count}
    return Line(Link(thread.title, thread.get_absolute_url()), note if answers else "")


def _new(subject: Subject, user: User, until: datetime) -> list[Line]:
    """What was published in the week, of whatever room, newest first."""
    types = tuple(name for name in documents() if name not in NOT_NEW)
    request = SearchRequest(
        language=get_language() or settings.LANGUAGE_CODE,
        types=types,
        filters={subject.facet: (subject.slug,)},
        audience=roles_of(user).audience,
        sort=Sort.NEWEST,
        size=LINES,
    )
    return [
        Line(Link(str(each.title), each.url), str(documents()[each.entry.type].label))
        for each in find(request, user).items
        if each.entry.published_at and until - WEEK < each.entry.published_at <= until
    ]


KIND: Final = Kind(
    ROUNDUP,
    gettext_lazy("The week of a park or theme that I follow"),
    gettext_lazy("Parks and organisations that I follow"),
    _one_message,
    _may_see,
    Timing.WEEKLY,
    messages=_messages,
    readers=_readers,
)
JOB: Final = Job(ROUNDUP, write_roundups, timedelta(minutes=30))
