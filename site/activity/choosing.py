"""What people choose: how they are told of each kind, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from activity.kinds import Kind, Timing, kind_named, kinds
from activity.models import Choice, Notification, Preferences, StoppedAddress
from activity.timing import mail_time


@dataclass(frozen=True, slots=True)
class Wish:
    """How a person is told of a kind: what they chose, else its default."""

    kind: Kind
    timing: Timing
    on_site: bool


def wishes_of(user: User) -> list[Wish]:
    """How the person is told of each kind."""
    chosen = {row.kind: row for row in Choice.objects.filter(user=user)}
    return [
        Wish(kind, Timing(row.timing), row.on_site)
        if (row := chosen.get(kind.name))
        else Wish(kind, kind.default, kind.on_site)
        for kind in kinds()
    ]


def timings_of(user: User) -> dict[str, Timing]:
    """When the person is told of each kind by e-mail."""
    return {wish.kind.name: wish.timing for wish in wishes_of(user)}


def preferences_of(user: User) -> Preferences:
    """The person's times; unsaved defaults where they have chosen none."""
    return Preferences.objects.filter(user=user).first() or Preferences(user=user)


@transaction.atomic
def choose(user: User, wishes: Iterable[Wish], preferences: Preferences) -> None:
    """Store what the person chose; what already waits goes out as they now want it."""
    for wish in wishes:
        Choice.objects.update_or_create(
            user=user,
            kind=wish.kind.name,
            defaults={"timing": wish.timing, "on_site": wish.on_site},
        )
    preferences.user = user
    preferences.save()
    _time_anew(user, timezone.now())


@transaction.atomic
def choose_timing(user: User, kind: str, timing: Timing) -> None:
    """Store when the person is told of one kind by e-mail, and leave the site as it was."""
    known = kind_named(kind)
    on_site = known.on_site if known else True
    Choice.objects.update_or_create(
        user=user,
        kind=kind,
        defaults={"timing": timing},
        create_defaults={"timing": timing, "on_site": on_site},
    )
    _time_anew(user, timezone.now())


def _time_anew(user: User, now: datetime) -> None:
    """Let what is in no letter yet go out when the person's choices say."""
    wishes = preferences_of(user)
    for kind, timing in timings_of(user).items():
        Notification.objects.to_be_mailed().filter(user=user, kind=kind).update(
            mail=timing, mail_at=mail_time(timing, now, user, wishes)
        )


def is_stopped(user: User) -> bool:
    """Whether nothing is sent to the person's address because it was refused for good."""
    return StoppedAddress.objects.filter(address__iexact=user.email).exists()


def resume(user: User) -> None:
    """Send to the person's address again; they say that it works now."""
    StoppedAddress.objects.filter(address__iexact=user.email).delete()
