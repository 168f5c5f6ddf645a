"""How much somebody may write, and whether it is shown at once.

Whoever belongs to an organisation, a park or a group is known; so is who has had three posts
published. Of anybody else the first post waits until a moderator has looked at it, and the next ones
are shown at once while they look like nothing unusual. Inside the transaction that posts::

    verdict = judge(author, category, source)  # may raise LimitError
    post = Post.objects.create(…, state=verdict.state)
    note(post, verdict)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import roles_of
from network.forum.models import Access, Category, Post, Screening, Standing
from network.forum.models.thread import Visibility
from network.forum.moderation.screening import FREE_LINKS, GROSS, SUSPICIOUS, links_in, screen

ESTABLISHED: Final = 3
# Of one who is new; until somebody has looked at the first ones, more are no use to anybody.
MAX_PENDING: Final = 3
HOUR: Final = timedelta(hours=1)
MINUTE: Final = timedelta(minutes=1)


class LimitError(ValidationError):
    """The person may not post this now; the message says why, and until when."""


class Trust(IntEnum):
    """How well the forum knows somebody."""

    NEW = 0
    GROWING = 1
    KNOWN = 2
    TRUSTED = 3


def trust_of(author: User, standing: Standing | None) -> Trust:
    """How well the forum knows a person with this standing (None: nothing of theirs was posted)."""
    roles = roles_of(author)
    if roles.network_administrator or roles.parks or roles.leads:
        return Trust.TRUSTED
    if standing is not None and standing.trusted:
        return Trust.TRUSTED
    published = standing.published if standing is not None else 0
    if published >= ESTABLISHED or roles.organisations or roles.groups:
        return Trust.KNOWN
    return Trust.GROWING if published else Trust.NEW


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a post: its state, and what is kept of why."""

    state: Visibility
    trust: Trust
    reasons: list[list[str | int]] = field(default_factory=list)
    fingerprint: str = ""


def judge(author: User, category: Category, text: str, *, editing: Post | None = None) -> Verdict:
    """Whether the person may post this text now, and whether it is shown at once.

    Inside a transaction: it waits for what the same person posts at the same time. ``text`` begins
    with the title where a thread is started. ``editing`` is the post that it replaces the text of,
    for which nobody has to wait. Raises LimitError with a message for the person, which says until
    when they are to wait.
    """
    standing = held(author)
    now = timezone.now()
    if standing.silenced_until and standing.silenced_until > now:
        raise LimitError(_silenced(standing.silenced_until), code="silenced")
    trust = trust_of(author, standing)
    if editing is None:
        _check_rate(author, trust, now)
    if trust == Trust.TRUSTED:
        return Verdict(Visibility.PUBLISHED, trust)
    if trust < Trust.KNOWN:
        _check_links(text)
        if editing is None:
            _check_waiting(author)
    found = screen(text, but_for=editing)
    first = trust == Trust.NEW and category.access in {Access.OPEN, Access.MEMBERS}
    threshold = GROSS if trust == Trust.KNOWN else SUSPICIOUS
    if not first and found.points < threshold:
        return Verdict(Visibility.PUBLISHED, trust, fingerprint=found.fingerprint)
    reasons = found.reasons
    if first:
        reasons.insert(0, ["first", 1])
    return Verdict(Visibility.PENDING, trust, reasons, found.fingerprint)


def note(post: Post, verdict: Verdict, *, was_published: bool = False) -> None:
    """Count a post for its author's standing, and keep why it is held back.

    ``was_published`` is for one that everybody saw until it was edited.
    """
    change = (post.state == Visibility.PUBLISHED) - was_published
    if change:
        Standing.objects.filter(pk=post.author_id).update(
            published=Greatest(F("published") + change, 0)
        )
    if verdict.trust < Trust.TRUSTED:
        kept = Screening(
            post=post, fingerprint=verdict.fingerprint, reasons=verdict.reasons, at=timezone.now()
        )
        Screening.objects.bulk_create(
            [kept],
            update_conflicts=True,
            unique_fields=["post"],
            update_fields=["fingerprint", "reasons"],
        )


def silenced_until(user: User) -> datetime | None:
    """Until when the person may not write; None when they may."""
    found = Standing.objects.filter(pk=user.pk, silenced_until__gt=timezone.now())
    return found.values_list("silenced_until", flat=True).first()


def held(author: User) -> Standing:
    """The person's standing, to be changed in this transaction; whoever else wants to waits."""
    standing, _is_new = Standing.objects.select_for_update().get_or_create(user=author)
    return standing


def _check_links(text: str) -> None:
    if len(links_in(text)) > FREE_LINKS:
        message = ngettext(
            "Your first posts may have %(count)s link. Take some out.",
            "Your first posts may have %(count)s links. Take some out.",
            FREE_LINKS,
        )
        raise LimitError(message % {"count": FREE_LINKS}, code="links")


def _check_waiting(author: User) -> None:
    waiting = Post.objects.filter(author=author, state=Visibility.PENDING)[:MAX_PENDING]
    if len(waiting) == MAX_PENDING:
        message = _(
            "%(count)s of your posts wait for a moderator. You can write more when they have been "
            "looked at."
        )
        raise LimitError(message % {"count": MAX_PENDING}, code="pending")


def _check_rate(author: User, trust: Trust, now: datetime) -> None:
    hourly = settings.FORUM_POSTS_AN_HOUR
    if trust < Trust.KNOWN:
        hourly = min(hourly, settings.FORUM_FIRST_POSTS_AN_HOUR)
    recent = Post.objects.filter(author=author, created_at__gt=now - HOUR).order_by("-created_at")
    times = list(recent.values_list("created_at", flat=True)[:hourly])
    within_minute = [each for each in times if each > now - MINUTE]
    if len(times) >= hourly:
        free_at = times[-1] + HOUR
    elif len(within_minute) >= settings.FORUM_POSTS_A_MINUTE:
        free_at = within_minute[settings.FORUM_POSTS_A_MINUTE - 1] + MINUTE
    else:
        return
    message = _("You write faster than this forum takes it. Try again after %(time)s.")
    shown = date_format(timezone.localtime(free_at + MINUTE), "TIME_FORMAT")
    raise LimitError(message % {"time": shown}, code="rate")


def _silenced(until: datetime) -> str:
    day = date_format(timezone.localtime(until), "SHORT_DATETIME_FORMAT")
    return _("A moderator has asked you to write nothing until %(time)s.") % {"time": day}
