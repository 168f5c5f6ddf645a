"""What owners of saved searches are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import roles_of
from activity.kinds import Kind, Message, Timing
from activity.models import Event
from activity.things import split
from alerts.models import SavedSearch
from alerts.services import THING
from search.documents import documents
from search.models import SearchEntry
from ui.chrome import Link

__all__ = ["KIND", "MATCH", "MOST_KEPT", "THING", "describe", "how_many", "shown_entries"]

KIND: Final = "alerts.match"
TITLES_SHOWN: Final = 10
MOST_KEPT: Final = 200


def how_many(user: User) -> str:
    """How many searches the person has saved, for the overview of their account."""
    count = SavedSearch.objects.filter(user=user).count()
    if not count:
        return ""
    return ngettext("%(count)d search", "%(count)d searches", count) % {"count": count}


def describe(pks: Sequence[int], user: User) -> Mapping[int, Link]:
    """Names and addresses of those of the searches that are the person's own."""
    own = SavedSearch.objects.filter(user=user, pk__in=list(pks))
    return {each.pk: Link(each.name, reverse("alerts:detail", args=[each.pk])) for each in own}


def shown_entries(keys: Iterable[str], user: User) -> dict[str, SearchEntry]:
    """Those of the entries that the person may see now, by key, by token and predicate."""
    audience = roles_of(user).audience
    entries = SearchEntry.objects.in_bulk(list(keys))
    pks: dict[str, list[int]] = defaultdict(list)
    for entry in entries.values():
        if audience.intersection(entry.audience):
            pks[entry.type].append(split(entry.key)[1])
    visible = {
        document.key(pk)
        for name, numbers in pks.items()
        if (document := documents().get(name))
        for pk in document.visible(user, numbers)
    }
    return {key: entry for key, entry in entries.items() if key in visible}


def title_of(entry: SearchEntry) -> str:
    """The entry's title in the active language, else in Norwegian."""
    return (entry.title_en if _is_english() else "") or entry.title_nb


def url_of(entry: SearchEntry) -> str:
    """The entry's page in the active language."""
    return entry.url_en if _is_english() else entry.url_nb


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def _messages(events: Sequence[Event], user: User) -> Mapping[int, Message]:
    pks = {split(event.thing)[1] for event in events}
    searches = SavedSearch.objects.filter(user=user).in_bulk(list(pks))
    keys = {key for event in events for key in event.data["keys"]}
    entries = shown_entries(keys, user)
    found: dict[int, Message] = {}
    for event in events:
        search = searches.get(split(event.thing)[1])
        shown = [entries[key] for key in event.data["keys"] if key in entries]
        if search is not None and shown:
            found[event.pk] = _message(search, shown)
    return found


def _message(search: SavedSearch, entries: Sequence[SearchEntry]) -> Message:
    if len(entries) == 1:
        entry = entries[0]
        values = {"search": search.name, "title": title_of(entry)}
        summary = (entry.summary_en if _is_english() else "") or entry.summary_nb
        title = _("New in “%(search)s”: %(title)s") % values
        return Message(title, url_of(entry), summary, _("See what is new"))
    count = len(entries)
    title = ngettext("%(count)d new in “%(search)s”", "%(count)d new in “%(search)s”", count)
    lines = [f"– {title_of(entry)}" for entry in entries[:TITLES_SHOWN]]
    if left := count - len(lines):
        lines.append(ngettext("and %(count)d more", "and %(count)d more", left) % {"count": left})
    return Message(
        title % {"count": count, "search": search.name},
        reverse("alerts:detail", args=[search.pk]),
        "\n\n".join(lines),
        _("See what is new"),
    )


def _one_message(event: Event, user: User) -> Message:
    return _messages([event], user)[event.pk]


def _may_see(event: Event, user: User) -> bool:
    return bool(_messages([event], user))


def _readers(event: Event, people: Sequence[User]) -> Collection[int]:
    return [user.pk for user in people if _may_see(event, user)]


MATCH: Final = Kind(
    KIND,
    gettext_lazy("Something new is found"),
    gettext_lazy("Saved searches"),
    _one_message,
    _may_see,
    Timing.DAILY,
    messages=_messages,
    readers=_readers,
)
