"""Acts of moderation in one sentence each, for the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from network.forum.models import Flag, ModerationAct

Kind = ModerationAct.Kind

SENTENCES: Final[Mapping[Kind, Callable[[], str]]] = {
    Kind.APPROVE: lambda: _("%(by)s showed a post by %(author)s that was held back"),
    Kind.HIDE: lambda: _("%(by)s hid a post by %(author)s"),
    Kind.RESTORE: lambda: _("%(by)s showed a hidden post by %(author)s again"),
    Kind.MOVE: lambda: _("%(by)s moved the thread to another category"),
    Kind.SPLIT: lambda: _("%(by)s made a thread of posts from another one"),
    Kind.MERGE: lambda: _("%(by)s merged «%(merged)s» into this thread"),
    Kind.CLOSE: lambda: _("%(by)s closed the thread"),
    Kind.REOPEN: lambda: _("%(by)s opened the thread again"),
    Kind.PIN: lambda: _("%(by)s pinned the thread"),
    Kind.UNPIN: lambda: _("%(by)s unpinned the thread"),
    Kind.DISMISS: lambda: _("%(by)s let a reported post by %(author)s stand"),
    Kind.SILENCE: lambda: _("%(by)s asked %(author)s to write nothing until %(until)s"),
    Kind.RELEASE: lambda: _("%(by)s let %(author)s write again"),
    Kind.TRUST: lambda: _("%(by)s decided to trust %(author)s"),
    Kind.DISTRUST: lambda: _("%(by)s decided to trust %(author)s no more"),
}


def sentence(act: ModerationAct) -> str:
    """Who did what to whom, and when; with the rule where a post was hidden."""
    values = {
        "by": name_of(act.by),
        "author": name_of(act.author),
        "merged": act.data.get("title", ""),
        "until": until(act),
    }
    when = date_format(timezone.localtime(act.at), "SHORT_DATETIME_FORMAT")
    rule = act.data.get("rule")
    why = f" · {Flag.Reason(rule).label}" if rule in Flag.Reason.values else ""
    return f"{SENTENCES[Kind(act.kind)]() % values} · {when}{why}"


def until(act: ModerationAct) -> str:
    """Until when somebody was silenced; empty for other acts."""
    moment = act.data.get("until")
    if not moment:
        return ""
    return date_format(timezone.localtime(datetime.fromisoformat(moment)), "SHORT_DATETIME_FORMAT")


def name_of(person: User | None) -> str:
    """A name, and words for who has none or has gone."""
    if person is None:
        return _("Deleted user")
    return person.get_full_name() or _("A member")
