"""What becomes of something that somebody needs or has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from network.forum.kinds.permissions import can_settle
from network.forum.models import Need
from network.transitions import moving
from search.projection import recording, touch

MEET: Final = "meet"
GIVE_UP: Final = "give-up"
REOPEN: Final = "reopen"
STEPS: Final = (MEET, GIVE_UP, REOPEN)


def settle(need: Need, step: str, *, by: User) -> None:
    """Say that it is met or given up, or open it again; ``step`` is one of :data:`STEPS`.

    Raises PermissionDenied for who may not, NotPossibleError where the need is not in the state for
    it, ValueError for no such step.
    """
    if step not in STEPS:
        raise ValueError(step)
    if not can_settle(by, need.thread):
        raise PermissionDenied
    with moving(), recording():
        if step == MEET:
            need.meet()
        elif step == GIVE_UP:
            need.give_up()
        else:
            need.reopen()
        need.ended_at = None if step == REOPEN else timezone.now()
        need.save()
        touch("thread", [need.pk])


def change(need: Need, values: Mapping[str, Any], *, by: User) -> None:
    """Change direction, place and deadline. Raises PermissionDenied for who may not."""
    if not can_settle(by, need.thread):
        raise PermissionDenied
    with recording():
        for name in ("direction", "place", "deadline"):
            setattr(need, name, values[name])
        need.save(update_fields=["direction", "place", "deadline"])
        touch("thread", [need.pk])
