"""What editing on the site tells other rooms of; called from ``AppConfig.ready``."""

from __future__ import annotations

from collections.abc import Iterable

from accounts import personal
from accounts.models import User
from accounts.personal import PersonalData, Row
from activity.kinds import register_kind
from activity.queues import register_queue
from network.facilities.editing_terms import KINDS, QUEUE
from network.facilities.models.suggestion import TermSuggestion


def register() -> None:
    """Kinds of notifications, the queue of suggestions, and what is held about people."""
    for kind in KINDS:
        register_kind(kind)
    register_queue(QUEUE)
    personal.register(
        PersonalData("term-suggestions", ("facilities.TermSuggestion",), _suggestions, _forget)
    )


def _suggestions(user: User) -> Iterable[Row]:
    for row in TermSuggestion.objects.filter(suggested_by=user).select_related("facility"):
        yield {
            "facility": row.facility.name_nb,
            "kind": row.kind,
            "name_nb": row.name_nb,
            "name_en": row.name_en,
            "note": row.note,
            "state": row.state,
            "suggested_at": row.suggested_at,
            "reason": row.reason,
        }


def _forget(user: User) -> None:
    """The terms stay, as facilities are described with them."""
    TermSuggestion.objects.filter(suggested_by=user).update(suggested_by=None)
    TermSuggestion.objects.filter(decided_by=user).update(decided_by=None)
