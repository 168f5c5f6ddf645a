"""What a thread is tied to: an object of the network, by its key in the search ("facility:12")."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.roles import AnyUser
from network.forum.models import ThreadKind
from network.forum.writing.unfolding import visible_entries
from search.models import SearchEntry


@dataclass(frozen=True, slots=True)
class About:
    """An object that its reader may see."""

    key: str
    title: str
    url: str

    def title_for(self, kind: ThreadKind) -> str:
        """How the title of a thread about it may begin."""
        if kind == ThreadKind.QUESTION:
            return _("Question about %(title)s") % {"title": self.title}
        return self.title


def about_of(user: AnyUser, key: str) -> About | None:
    """The object of this key, unless there is none that the person may see."""
    found = visible_entries(user, [key[:80]]) if ":" in key else {}
    entry = found.get(key)
    return About(key, title_of(entry), url_of(entry)) if entry else None


def title_of(entry: SearchEntry) -> str:
    """What the object is called in the reader's language."""
    return (entry.title_en if _english() else "") or entry.title_nb


def url_of(entry: SearchEntry) -> str:
    """Where the object is in the reader's language."""
    return entry.url_en if _english() else entry.url_nb


def _english() -> bool:
    return (get_language() or "").startswith("en")
