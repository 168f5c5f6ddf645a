"""What was changed from one version of a post to the next, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.models import User
from network.forum.models import Post

VERSIONS_SHOWN: Final = 30
# Comparing takes the square of the number of pieces; longer texts are compared line by line.
MOST_WORDS: Final = 1_000
MOST_LINES: Final = 1_000


@dataclass(frozen=True, slots=True)
class Version:
    """A change of a post: who made it when and why, and the text with what was added and taken out."""

    at: datetime
    by: User | None
    reason: str
    changed: SafeString


def versions_of(post: Post) -> list[Version]:
    """The latest changes of a post, newest first."""
    revisions = list(post.revisions.select_related("by").order_by("-pk")[:VERSIONS_SHOWN])
    found = []
    after = post.source
    for revision in revisions:
        changed = difference(revision.source, after)
        found.append(Version(revision.at, revision.by, revision.reason, changed))
        after = revision.source
    return found


def difference(before: str, after: str) -> SafeString:
    """The later text with ``<ins>`` and ``<del>``; each says so to who does not see it."""
    old, new = _pieces(before), _pieces(after)
    if max(len(old), len(new)) > MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if max(len(old), len(new)) > MOST_LINES:
        old, new = [before], [after]
    return mark_safe("".join(_marked(old, new)))  # noqa: S308 - escaped below


def _pieces(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)


def _marked(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            yield escape("".join(old[old_from:old_to]))
            continue
        if old_from < old_to:
            yield _mark("del", _("taken out"), "".join(old[old_from:old_to]))
        if new_from < new_to:
            yield _mark("ins", _("added"), "".join(new[new_from:new_to]))


def _mark(tag: str, said: str, text: str) -> str:
    return f'<{tag}><span class="ds-sr-only">[{escape(said)}] </span>{escape(text)}</{tag}>'
