"""Every change of what people follow, and the one way to tell them something.

All of these work inside the caller's transaction, so nothing is told of what was rolled back. None of
them sends anything: that is the worker's, after the commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import AnyUser
from activity.kinds import kind_named
from activity.models import Event, Follow, Notification, Preferences
from activity.telling import tell
from activity.things import split

# Whoever comes back within this time has not been away.
ONE_VISIT: Final = timedelta(minutes=30)


@transaction.atomic
def notify(
    kind: str,
    thing: str,
    *,
    to: Iterable[User] = (),
    followers_of: Iterable[str] = (),
    silenced_by: Iterable[str] = (),
    actor: User | None = None,
    data: Mapping[str, Any] | None = None,
    key: str = "",
) -> Event:
    """Tell of something that happened to ``thing``.

    The people in ``to`` have their notifications when this returns; those who follow any of
    ``followers_of`` get theirs from the worker, so their number costs nothing here. Nobody is told
    twice, nobody of their own act, and nobody of what they have muted or may not see; who has muted
    any of ``silenced_by`` is not told either. ``data`` is JSON that the kind's message is made of.
    With ``key`` (up to 200 characters) the same event is told once, however often this is called.

    Raises ValueError for a kind that is not registered, or something that names no thing.
    """
    if kind_named(kind) is None:
        raise ValueError(f"no kind {kind!r} is registered")
    things, silencers = list(dict.fromkeys(followers_of)), list(dict.fromkeys(silenced_by))
    for each in (thing, *things, *silencers):
        split(each)
    values: dict[str, Any] = {
        "kind": kind,
        "thing": thing,
        "actor": actor,
        "data": dict(data or {}),
        "followers_of": things,
        "silenced_by": silencers,
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


@transaction.atomic
def rename_thing(old: str, new: str) -> None:
    """Let what was followed, muted and told of one thing be of another, which has taken its place.

    Where somebody follows or has muted both, what they chose for ``new`` holds. Raises ValueError
    for what names no thing.
    """
    split(old)
    split(new)
    # By person, for there is an index of each one's notifications and none of all of a thing.
    theirs = Follow.objects.filter(thing=old).values("user")
    Notification.objects.filter(user__in=theirs, thing=old).update(thing=new)
    Notification.objects.filter(user__in=theirs, because=old).update(because=new)
    for event in Event.objects.filter(told_at=None, thing=old):
        event.thing = new
        event.followers_of = [new if each == old else each for each in event.followers_of]
        event.save(update_fields=["thing", "followers_of"])
    known = Follow.objects.filter(thing=new).values("user")
    Follow.objects.filter(thing=old).exclude(user__in=known).update(thing=new)
    Follow.objects.filter(thing=old).delete()


def is_following(user: User, thing: str) -> bool:
    """Whether the person follows a thing and has not muted it."""
    return Follow.objects.filter(user=user, thing=thing, state=Follow.State.FOLLOWING).exists()


def read(user: AnyUser, thing: str) -> int:
    """Mark everything told of a thing as read, because somebody has opened it; gives how many.

    Costs visitors nothing, and people one query where there is nothing to mark.
    """
    if not isinstance(user, User):
        return 0
    unread = Notification.objects.unread_by(user).filter(thing=thing)
    # A page is opened far more often than there is something to mark, and writing waits its turn.
    return unread.update(read_at=timezone.now()) if unread.exists() else 0


def mark_read(user: User, pks: Iterable[int] | None = None) -> int:
    """Mark these notifications of the person as read, or all of them; gives how many."""
    unread = Notification.objects.unread_by(user)
    if pks is not None:
        unread = unread.filter(pk__in=list(pks))
    return unread.update(read_at=timezone.now())


def mark_unread(user: User, pk: int) -> None:
    """Put a notification back among the unread."""
    Notification.objects.on_site_of(user).filter(pk=pk).update(read_at=None)


def note_visit(user: User, now: datetime) -> datetime | None:
    """Remember that the person is here; gives when they were here before, None the first time."""
    known, is_new = Preferences.objects.get_or_create(user=user, defaults={"seen_at": now})
    if is_new or known.seen_at is None or now - known.seen_at > ONE_VISIT:
        known.seen_before = None if is_new else known.seen_at
        known.seen_at = now
        known.save(update_fields=["seen_at", "seen_before"])
    return known.seen_before
