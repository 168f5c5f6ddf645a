"""Threads as rows of a list: read with one query, written as HTML in Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.db.models import FilteredRelation, Q, QuerySet, Value
from django.db.models.fields import IntegerField
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import AnyUser
from network.forum.models import Need, PolicyMatter, Thread, ThreadKind
from network.forum.reading.addresses import here, post_place, thread_path
from network.forum.reading.times import Clock
from network.forum.reading.unread import CaughtUp, Unread, unread_of
from ui.icons import icon_markup

FIELDS: Final = (
    *("pk", "title", "slug", "kind", "state", "closed", "pinned", "created_at", "last_post_at"),
    *("last_number", "post_count", "solved_at", "sample", "category_id", "category__slug"),
    *("category__name_nb", "category__name_en", "author__first_name", "author__last_name"),
    *("author__erased_at", "last_author__first_name", "last_author__last_name"),
    *("last_author__erased_at", "need__direction", "need__state", "policy__stage"),
)
UNREAD: Final = ' class="is-unread"'
ICONS: Final = {
    ThreadKind.DISCUSSION: "chat",
    ThreadKind.QUESTION: "idea",
    ThreadKind.NEED: "handshake",
    ThreadKind.POLICY: "scale",
}


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread as a list shows it. ``tone`` colours its state."""

    pk: int
    title: str
    slug: str
    kind: str
    state: str
    tone: str
    notes: tuple[str, ...]
    created_at: datetime
    last_post_at: datetime
    answers: int
    category: str
    category_slug: str
    author: str
    last_author: str
    pinned: bool
    unread: Unread | None


def with_marks(threads: QuerySet[Thread, Thread], user: AnyUser) -> QuerySet[Thread, Thread]:
    """The threads, each with how far the person has read it as ``mark``."""
    if not isinstance(user, User):
        return threads.annotate(mark=Value(None, output_field=IntegerField()))
    own = FilteredRelation("read_marks", condition=Q(read_marks__user=user))
    return threads.annotate(own_mark=own)


def read_rows(
    threads: QuerySet[Thread, Thread], user: AnyUser, known: CaughtUp | None
) -> list[ThreadRow]:
    """The threads of a page as rows. One query."""
    mark = "own_mark__number" if isinstance(user, User) else "mark"
    english = (get_language() or "nb").startswith("en")
    gone = _("Deleted user")
    found = with_marks(threads, user).values_list(*FIELDS, mark)
    return [_row(each, known, gone, english=english) for each in found]


def _row(row: tuple[Any, ...], known: CaughtUp | None, gone: str, *, english: bool) -> ThreadRow:
    (pk, title, slug, kind, visibility, closed, pinned, created_at, last_post_at) = row[:9]
    (last_number, post_count, solved_at, sample, category_id, category_slug) = row[9:15]
    name_nb, name_en = row[15:17]
    direction, need, stage, mark = row[23:]
    state, tone = state_shown(kind, direction, need, stage, is_solved=solved_at is not None)
    return ThreadRow(
        pk=pk,
        title=title,
        slug=slug,
        kind=kind,
        state=state,
        tone=tone,
        notes=tuple(_notes(visibility, closed=closed, sample=sample)),
        created_at=created_at,
        last_post_at=last_post_at,
        answers=max(0, post_count - 1),
        category=(name_en if english else "") or name_nb,
        category_slug=category_slug,
        author=shown_name(row[17:20], gone),
        last_author=shown_name(row[20:23], gone),
        pinned=pinned,
        unread=unread_of(
            known,
            category_id=category_id,
            created_at=created_at,
            last_post_at=last_post_at,
            last_number=last_number,
            mark=mark,
        ),
    )


def shown_name(parts: tuple[str | None, str | None, datetime | None], gone: str) -> str:
    """What somebody is called for everybody: never by their address."""
    first, last, erased = parts
    if first is None or erased is not None:
        return gone
    return f"{first} {last}".strip() or _("A member")


def _notes(visibility: str, *, closed: bool, sample: bool) -> Iterable[str]:
    if visibility == "pending":
        yield _("Waits for review")
    if visibility == "hidden":
        yield _("Hidden")
    if closed:
        yield pgettext("thread", "Closed")
    if sample:
        yield _("Sample data")


def state_shown(
    kind: str, direction: str | None, need: str | None, stage: str | None, *, is_solved: bool
) -> tuple[str, str]:
    """How far a thread has come in its life, and the colour of that; empty for discussions."""
    language = get_language() or "nb"
    if kind == ThreadKind.QUESTION:
        return _solved(language, is_solved=is_solved)
    if kind == ThreadKind.NEED and need and direction:
        return _need(language, direction, need)
    if kind == ThreadKind.POLICY and stage:
        return _stage(language, stage)
    return "", ""


@lru_cache(16)
def _solved(_language: str, *, is_solved: bool) -> tuple[str, str]:
    return (_("Solved"), "success") if is_solved else (_("Unsolved"), "warning")


@lru_cache(32)
def _need(_language: str, direction: str, state: str) -> tuple[str, str]:
    wanted, now = str(Need.Direction(direction).label), str(Need.State(state).label)
    tones = {Need.State.OPEN: "warning", Need.State.MET: "success"}
    return f"{wanted} · {now}", tones.get(Need.State(state), "neutral")


@lru_cache(32)
def _stage(_language: str, stage: str) -> tuple[str, str]:
    done = stage in {PolicyMatter.Stage.SUBMITTED, PolicyMatter.Stage.CONCLUDED}
    return str(capfirst(PolicyMatter.Stage(stage).label)), "success" if done else "info"


def thread_rows(
    rows: Iterable[ThreadRow], *, heading: str = "h2", with_category: bool = True
) -> SafeString:
    """Items of a list of threads; their titles are headings of the level given."""
    writer = _Writer(heading, with_category=with_category)
    return mark_safe("\n".join(map(writer.row, rows)))  # noqa: S308 - texts are escaped below


class _Writer:
    """Writes rows for one page, with the words that all of them need."""

    def __init__(self, heading: str, *, with_category: bool) -> None:
        self._heading = heading
        self._with_category = with_category
        self._start = here()
        self._clock = Clock()
        self._kinds = {kind.value: str(kind.label) for kind in ThreadKind}
        self._icons = {kind.value: icon_markup(name) for kind, name in ICONS.items()}
        self._pinned = f'<li class="ds-tag" data-color="info">{escape(_("Pinned"))}</li>'
        self._started = _("%(name)s started this %(when)s")
        self._last = _("%(name)s answered %(when)s")
        self._nobody = escape(_("Nobody has answered yet"))

    def row(self, row: ThreadRow) -> str:
        """One ``<li>``."""
        level = self._heading
        return (
            f"<li{UNREAD if row.unread else ''}>"
            f'<div class="pn-thread__what"><{level} class="pn-thread__title">'
            f'<a href="{self._place(row)}">{escape(row.title)}</a></{level}>'
            f'{self._tags(row)}<p class="pn-thread__by">{self._by(row)}</p></div>'
            f'<div class="pn-thread__now">{self._unread(row)}{self._answers(row)}</div></li>'
        )

    def _place(self, row: ThreadRow) -> str:
        unread = row.unread
        if unread is None or unread.is_new:
            return thread_path(self._start, row.pk, row.slug)
        if unread.first is not None:
            return escape(post_place(self._start, row.pk, row.slug, unread.first + 1))
        return f"{self._start}u/{row.pk}/"

    def _tags(self, row: ThreadRow) -> str:
        kind = f'<li class="pn-thread__kind">{self._icons[row.kind]}{escape(self._kinds[row.kind])}'
        tags = [f"{kind}</li>"]
        if row.pinned:
            tags.append(self._pinned)
        if row.state:
            tags.append(f'<li class="ds-tag" data-color="{row.tone}">{escape(row.state)}</li>')
        tags += [
            f'<li class="ds-tag" data-variant="outline" data-color="neutral">{escape(note)}</li>'
            for note in row.notes
        ]
        return f'<ul class="pn-tags">{"".join(tags)}</ul>'

    def _by(self, row: ThreadRow) -> str:
        by = escape(self._started) % {
            "name": escape(row.author),
            "when": self._clock.element(row.created_at),
        }
        if not self._with_category:
            return by
        address = f"{self._start}k/{row.category_slug}/"
        return f'<a href="{address}">{escape(row.category)}</a> · {by}'

    def _unread(self, row: ThreadRow) -> str:
        unread = row.unread
        if unread is None:
            return ""
        if unread.is_new:
            label = _("New thread")
        elif unread.count is None:
            label = _("New answers")
        else:
            label = ngettext("%(number)d new", "%(number)d new", unread.count) % {
                "number": unread.count
            }
        return f'<strong class="pn-thread__new">{escape(label)}</strong>'

    def _answers(self, row: ThreadRow) -> str:
        if not row.answers:
            return f"<span>{self._nobody}</span>"
        count = ngettext("%(number)d answer", "%(number)d answers", row.answers)
        last = escape(self._last) % {
            "name": escape(row.last_author),
            "when": self._clock.element(row.last_post_at),
        }
        return f"<span>{escape(count % {'number': row.answers})}</span><span>{last}</span>"
