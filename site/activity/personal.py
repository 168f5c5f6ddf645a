"""What this room holds about a person: what they follow, were told of, and were sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.personal import PersonalData, Row, register
from activity.models import (
    Choice,
    Event,
    Follow,
    Letter,
    Notification,
    Preferences,
    StoppedAddress,
)


def register_all() -> None:
    """Register all of it; called from ``AppConfig.ready``."""
    for data in (
        PersonalData("follows", ("activity.Follow",), _follows, _forget_follows),
        PersonalData(
            "notifications",
            ("activity.Notification", "activity.Event"),
            _notifications,
            _forget_notifications,
        ),
        PersonalData(
            "notification_choices",
            ("activity.Choice", "activity.Preferences"),
            _choices,
            _forget_choices,
        ),
        PersonalData("letters", ("activity.Letter",), _letters, _forget_letters),
    ):
        register(data)


def _follows(user: User) -> Iterable[Row]:
    return Follow.objects.filter(user=user).values("thing", "state", "created_at").iterator()


def _forget_follows(user: User) -> None:
    Follow.objects.filter(user=user).delete()


def _notifications(user: User) -> Iterable[Row]:
    rows = Notification.objects.filter(user=user).order_by("pk")
    fields = ("kind", "thing", "because", "on_site", "mail", "created_at", "read_at")
    yield from rows.values(*fields).iterator()
    for row in (
        Event.objects.filter(actor=user).order_by("pk").values("kind", "thing", "created_at")
    ):
        yield {"own_act": True, **row}


def _forget_notifications(user: User) -> None:
    Notification.objects.filter(user=user).delete()
    Event.objects.filter(actor=user).update(actor=None)


def _choices(user: User) -> Iterator[dict[str, Any]]:
    for chosen in Choice.objects.filter(user=user):
        yield {"kind": chosen.kind, "timing": chosen.timing, "on_site": chosen.on_site}
    fields = ("quiet_from", "quiet_until", "digest_hour", "digest_weekday", "seen_at")
    for row in Preferences.objects.filter(user=user).values(*fields):
        yield {**row}


def _forget_choices(user: User) -> None:
    Choice.objects.filter(user=user).delete()
    Preferences.objects.filter(user=user).delete()


def _letters(user: User) -> Iterator[dict[str, Any]]:
    # Not the Message-ID: it is what a bounce is believed on.
    for letter in _letters_to(user).order_by("pk").iterator():
        yield {
            "to": letter.to,
            "form": letter.form,
            "state": letter.state,
            "written_at": letter.created_at,
            "ended_at": letter.ended_at,
            "problem": letter.problem,
        }


def _forget_letters(user: User) -> None:
    _letters_to(user).delete()
    StoppedAddress.objects.filter(address__iexact=user.email).delete()


def _letters_to(user: User) -> QuerySet[Letter]:
    return Letter.objects.filter(Q(user=user) | Q(user=None, to__iexact=user.email))
