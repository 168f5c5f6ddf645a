"""Cards below a post of what it links to, for those who may see that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.http import HttpRequest
from django.utils.html import conditional_escape as esc
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.roles import AnyUser, roles_of
from network.forum.models import Reference, Thread
from network.forum.reading.parts import ShownPost
from search.documents import Document, documents
from search.models import SearchEntry
from ui.icons import icon_markup

CARDS_A_POST: Final = 5
SUMMARY: Final = 140


def visible_entries(user: AnyUser, keys: Iterable[str]) -> Mapping[str, SearchEntry]:
    """The entries of these keys that the person may see, asked of each type's own predicate as well."""
    tokens = roles_of(user).audience
    entries = [
        entry
        for entry in SearchEntry.objects.filter(key__in=set(keys)).defer(
            "text_nb", "text_en", "keywords", "facets"
        )
        if tokens.intersection(entry.audience) and entry.type in documents()
    ]
    by_type: dict[str, dict[int, SearchEntry]] = defaultdict(dict)
    for entry in entries:
        by_type[entry.type][int(entry.key.partition(":")[2])] = entry
    return {
        found[pk].key: found[pk]
        for type_, found in by_type.items()
        for pk in documents()[type_].visible(user, found)
    }


def cards(
    request: HttpRequest, thread: Thread, posts: Sequence[ShownPost]
) -> Mapping[int, SafeString]:
    """The cards of each post, by the posts' numbers in the database."""
    linking = [post.pk for post in posts if post.has_references]
    if not linking:
        return {}
    keys: dict[int, list[str]] = defaultdict(list)
    rows = Reference.objects.filter(post__in=linking).order_by("pk").values_list("post", "key")
    for pk, key in rows:
        if key != f"thread:{thread.pk}":
            keys[pk].append(key)
    entries = visible_entries(request.user, {key for each in keys.values() for key in each})
    english = (get_language() or "").startswith("en")
    found = {
        pk: [entries[key] for key in wanted if key in entries][:CARDS_A_POST]
        for pk, wanted in keys.items()
    }
    return {pk: _list(shown, english=english) for pk, shown in found.items() if shown}


def _list(entries: Sequence[SearchEntry], *, english: bool) -> SafeString:
    items = "".join(_card(entry, documents()[entry.type], english=english) for entry in entries)
    label = esc(_("What this post links to"))
    return mark_safe(f'<ul class="pn-unfolded" aria-label="{label}">{items}</ul>')  # noqa: S308 - escaped here and below


def _card(entry: SearchEntry, document: Document, *, english: bool) -> str:  # type: ignore[type-arg]  # of any model
    title = (entry.title_en if english else "") or entry.title_nb
    url = entry.url_en if english else entry.url_nb
    first, second = entry.summary_nb, entry.summary_en
    summary = Truncator((second or first) if english else (first or second)).chars(SUMMARY)
    sample = f" · {esc(_('Sample data'))}" if entry.meta.get("sample") else ""
    return (
        f'<li><a href="{esc(url)}">{icon_markup(document.icon)}<span>'
        f"<strong>{esc(title)}</strong><small>{esc(document.label)}{sample}</small>"
        f"<span>{esc(summary)}</span></span></a></li>"
    )
