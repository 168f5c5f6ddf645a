"""Closing threads, opening them again, and keeping some on top."""

from __future__ import annotations

from typing import Final

from accounts.models import User
from network.forum.models import ModerationAct, Thread
from network.forum.moderation import acts
from network.forum.moderation.counting import locked
from search.projection import recording

Kind = ModerationAct.Kind
# What each act sets, and to what.
SETS: Final = {
    Kind.CLOSE: ("closed", True),
    Kind.REOPEN: ("closed", False),
    Kind.PIN: ("pinned", True),
    Kind.UNPIN: ("pinned", False),
}


def keep(moderator: User, thread: Thread, kind: ModerationAct.Kind, reason: str = "") -> bool:
    """Close, reopen, pin or unpin a thread; gives whether that changed anything.

    Raises PermissionDenied for who may not, KeyError for another kind of act.
    """
    acts.require(moderator, thread.category)
    name, value = SETS[kind]
    with recording():
        (thread,) = locked(thread.pk)
        if getattr(thread, name) == value:
            return False
        setattr(thread, name, value)
        thread.save(update_fields=[name])
        # That a thread stands on top is no news to its author.
        told = name == "closed"
        acts.record(
            kind, by=moderator, thread=thread, author=thread.author, reason=reason, told=told
        )
    return True
