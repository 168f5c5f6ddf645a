"""Writing notifications: for those who are told directly, and in batches for followers.

``tell_followers`` is what the worker does. Each batch is one transaction that writes its
notifications and how far it has come, so a worker that dies goes on where it was, and the unique
pair of event and person keeps anybody from being told twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from activity.kinds import Kind, Timing, kind_named
from activity.models import Choice, Event, Follow, Notification, Preferences
from activity.timing import mail_time

BATCH: Final = 1000


def tell(event: Event, people: Iterable[User], because: Mapping[int, str] | None = None) -> int:
    """Write the event's notifications for those of the active people who want and may have them.

    ``because`` gives what a person follows, by user id. Gives the number of rows written or there
    already.
    """
    kind = kind_named(event.kind)
    if kind is None:
        return 0
    told = {user.pk: user for user in people if user.is_active and user.pk != event.actor_id}
    told = _without_muted(event, told)
    allowed = readers(kind, event, list(told.values()))
    rows = _rows(kind, event, [user for user in told.values() if user.pk in allowed], because or {})
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def tell_followers(limit: int = 1) -> int:
    """Tell up to ``limit`` batches of followers; gives the number of batches, 0 when all are told."""
    batches = 0
    while batches < limit and _tell_next_batch():
        batches += 1
    return batches


def readers(kind: Kind, event: Event, people: list[User]) -> set[int]:
    """Ids of those people who may see the event, asked at once where the kind can."""
    if kind.readers is not None:
        return set(kind.readers(event, people)) if people else set()
    return {user.pk for user in people if kind.may_see(event, user)}


def _tell_next_batch() -> bool:
    with transaction.atomic():
        waiting = Event.objects.filter(told_at=None).order_by("pk")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        event = waiting.first()
        if event is None:
            return False
        followers, is_last = _next_followers(event)
        tell(event, User.objects.filter(pk__in=list(followers)), followers)
        if followers:
            event.told_up_to = max(followers)
        event.told_at = timezone.now() if is_last else None
        event.save(update_fields=["told_up_to", "told_at"])
    return True


def _next_followers(event: Event) -> tuple[dict[int, str], bool]:
    """The next followers and what each follows, and whether they are the last ones."""
    order = {thing: place for place, thing in enumerate(event.followers_of)}
    found = list(
        Follow.objects.filter(
            thing__in=list(order), user_id__gt=event.told_up_to, state=Follow.State.FOLLOWING
        )
        .order_by("user_id")
        .values_list("user_id", "thing")[: BATCH + len(order)]
    )
    is_last = len(found) < BATCH + len(order)
    if not is_last:
        # The last person may follow more than what was read.
        found = [row for row in found if row[0] != found[-1][0]]
    because: dict[int, str] = {}
    for user_id, thing in found:
        known = because.setdefault(user_id, thing)
        if order[thing] < order[known]:
            because[user_id] = thing
    return because, is_last


def _without_muted(event: Event, people: dict[int, User]) -> dict[int, User]:
    if not people:
        return people
    muted = set(
        Follow.objects.filter(
            thing__in=[event.thing, *event.silenced_by],
            user_id__in=list(people),
            state=Follow.State.MUTED,
        ).values_list("user_id", flat=True)
    )
    return {pk: user for pk, user in people.items() if pk not in muted}


def _rows(
    kind: Kind, event: Event, people: list[User], because: Mapping[int, str]
) -> list[Notification]:
    if not people:
        return []
    pks = [user.pk for user in people]
    chosen = {
        user_id: (timing, on_site)
        for user_id, timing, on_site in Choice.objects.filter(
            kind=kind.name, user_id__in=pks
        ).values_list("user_id", "timing", "on_site")
    }
    wishes = Preferences.objects.in_bulk(pks)
    now = timezone.now()
    rows = []
    for user in people:
        timing, on_site = chosen.get(user.pk, (kind.default, kind.on_site))
        if timing == Timing.NEVER and not on_site:
            continue
        row = Notification(
            event=event, user=user, kind=event.kind, thing=event.thing,
            because=because.get(user.pk, ""), on_site=on_site,
        )  # fmt: skip
        set_mail(row, timing, now, user, wishes.get(user.pk) or Preferences())
        rows.append(row)
    return rows


def set_mail(
    row: Notification, timing: str, now: datetime, user: User, wishes: Preferences
) -> None:
    """Say how and when a notification goes out by e-mail."""
    row.mail = timing
    row.mail_at = mail_time(timing, now, user, wishes)
