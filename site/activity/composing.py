"""Putting notifications that are due into letters: one each, or one summary for a person.

A notification gets its letter in the transaction that makes the letter, so it is never in two.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction

from accounts.models import User
from activity.kinds import Timing
from activity.letters import message_id
from activity.models import Letter, Notification

BATCH: Final = 500
DIGESTS: Final = {Timing.DAILY: Letter.Form.DAILY, Timing.WEEKLY: Letter.Form.WEEKLY}


def compose(now: datetime) -> int:
    """Make the letters that are due, up to a batch of each form; gives how many."""
    return compose_at_once(now) + compose_digests(now)


@transaction.atomic
def compose_at_once(now: datetime) -> int:
    """A letter for each notification that is to be mailed at once, oldest first."""
    rows = list(
        Notification.objects.to_be_mailed()
        .filter(mail=Timing.AT_ONCE, mail_at__lte=now)
        .select_related("user")
        .order_by("mail_at", "pk")
        .select_for_update(skip_locked=True, of=("self",))[:BATCH]
    )
    letters = Letter.objects.bulk_create(
        _letter(f"notification:{row.pk}", Letter.Form.NOTIFICATION, row.user, row.thing, now)
        for row in rows
    )
    for row, letter in zip(rows, letters, strict=True):
        row.letter = letter
    Notification.objects.bulk_update(rows, ["letter"], batch_size=100)
    return len(rows)


def compose_digests(now: datetime) -> int:
    """A summary for each person of whose summaries one is due."""
    due = (
        Notification.objects.to_be_mailed()
        .filter(mail__in=list(DIGESTS), mail_at__lte=now)
        .order_by("user_id", "mail")
        .values_list("user_id", "mail")
        .distinct()[:BATCH]
    )
    return sum(_compose_digest(user_id, Timing(mail), now) for user_id, mail in list(due))


@transaction.atomic
def _compose_digest(user_id: int, timing: Timing, now: datetime) -> int:
    """One summary of all that is due. What has been read on the site meanwhile needs no telling."""
    due = (
        Notification.objects.to_be_mailed()
        .filter(user_id=user_id, mail=timing, mail_at__lte=now)
        .order_by("pk")
        .select_for_update()
    )
    found = list(due.values_list("pk", "on_site", "read_at"))
    fresh = [pk for pk, on_site, read_at in found if not (on_site and read_at)]
    _forget({pk for pk, _, _ in found}.difference(fresh))
    if not fresh:
        return 0
    user = User.objects.get(pk=user_id)
    key = f"{timing}:{user_id}:{fresh[-1]}"
    letter = _letter(key, DIGESTS[timing], user, "", now)
    letter.save()
    Notification.objects.filter(pk__in=fresh).update(letter=letter)
    return 1


def _forget(pks: Iterable[int]) -> None:
    Notification.objects.filter(pk__in=list(pks)).update(mail_at=None)


def _letter(key: str, form: Letter.Form, user: User, thing: str, now: datetime) -> Letter:
    return Letter(
        key=key,
        form=form,
        user=user,
        to=user.email,
        language=user.language,
        thing=thing,
        message_id=message_id(key),
        due_at=now,
    )
