"""Every change of what people follow, and the one way to tell them something.

All of these work inside the caller's transaction, so nothing is told of what was rolled back. None of
them sends anything: that is the worker's, after the commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from activity.kinds import kind_named
from activity.models import Event, Follow, Notification
from activity.telling import tell
from activity.things import split


@transaction.atomic
def notify(
    kind: str,
    thing: str,
    *,
    to: Iterable[User] = (),
    followers_of: Iterable[str] = (),
    actor: User | None = None,
    data: Mapping[str, Any] | None = None,
    key: str = "",
) -> Event:
    """Tell of something that happened to ``thing``.

    The people in ``to`` have their notifications when this returns; those who follow any of
    ``followers_of`` get theirs from the worker, so their number costs nothing here. Nobody is told
    twice, nobody of their own act, and nobody of what they have muted or may not see. ``data`` is
    JSON that the kind's message is made of. With ``key`` (up to 200 characters) the same event is
    told once, however often this is called.

    Raises ValueError for a kind that is not registered, or something that names no thing.
    """
    if kind_named(kind) is None:
        raise ValueError(f"no kind {kind!r} is registered")
    things = list(dict.fromkeys(followers_of))
    for each in (thing, *things):
        split(each)
    values: dict[str, Any] = {
        "kind": kind,
        "thing": thing,
        "actor": actor,
        "data": dict(data or {}),
        "followers_of": things,
        "told_at": None if things else timezone.now(),
    }
    if key:
        event, is_new = Event.objects.get_or_create(key=key, defaults=values)
        if not is_new:
            return event
    else:
        event = Event.objects.create(**values)
    if people := list(to):
        tell(event, people)
    return event


def follow(user: User, thing: str) -> None:
    """Let the person hear of a thing from now on, also if they had muted it.

    Whether they may see it is for the caller to have asked. Raises ValueError for what names no
    thing.
    """
    split(thing)
    Follow.objects.update_or_create(
        user=user, thing=thing, defaults={"state": Follow.State.FOLLOWING}
    )


def unfollow(user: User, thing: str) -> None:
    """Forget that the person follows or has muted a thing."""
    Follow.objects.filter(user=user, thing=thing).delete()


def mute(user: User, thing: str) -> None:
    """Tell the person nothing of a thing any more, neither on the site nor by e-mail.

    What waits to be sent about it is not. Raises ValueError for what names no thing.
    """
    split(thing)
    Follow.objects.update_or_create(user=user, thing=thing, defaults={"state": Follow.State.MUTED})


def is_following(user: User, thing: str) -> bool:
    """Whether the person follows a thing and has not muted it."""
    return Follow.objects.filter(user=user, thing=thing, state=Follow.State.FOLLOWING).exists()


def read(user: User, thing: str) -> int:
    """Mark everything told of a thing as read, because the person has opened it; gives how many."""
    return Notification.objects.unread_by(user).filter(thing=thing).update(read_at=timezone.now())
