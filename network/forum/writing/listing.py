"""Drafts as their author sees them, and the places that they are written at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from activity.desk import PanelRow
from network.forum import permissions
from network.forum.models import Category, Draft, Post, Thread, ThreadKind
from network.forum.services.drafts import MOST_DRAFTS
from network.forum.text import plain
from network.forum.writing.forms import EditForm, ReplyForm, TextForm, ThreadForm, writable_by

DIGITS: Final = 18
BEGINNING: Final = 120


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is being written: the form of it, who will read it, the files that are there."""

    key: str
    form: Callable[..., TextForm]
    category: Category | None = None
    files: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list: what it will be, how it begins, where one goes on writing it."""

    pk: int
    title: str
    beginning: str
    url: str
    changed_at: datetime


def place_of(user: User, key: str) -> Place | None:
    """The place that a key names, unless the person may not write there."""
    name, _colon, number = key.partition(":")
    if key == "new":
        return Place(key, partial(ThreadForm, user, ThreadKind.DISCUSSION))
    if not (number.isascii() and number.isdecimal() and len(number) <= DIGITS):
        return None
    if name == "thread":
        threads = Thread.objects.visible_to(user).select_related("category")
        thread = threads.filter(pk=int(number)).first()
        if thread and permissions.can_write(user, thread.category):
            return Place(key, ReplyForm, thread.category)
    if name == "edit":
        posts = Post.objects.visible_to(user).select_related("thread__category")
        post = posts.filter(pk=int(number)).first()
        if post and permissions.can_edit(user, post):
            files = list(post.files.all())
            form = partial(EditForm, files=files, has_title=post.number == 1)
            return Place(key, form, post.thread.category, [file.name for file in files])
    return None


def category_chosen(user: User, chosen: str) -> Category | None:
    """The category of this number, if the person may write there."""
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) <= DIGITS):
        return None
    found: Category | None = writable_by(user).filter(pk=int(chosen)).first()
    return found


def rows_of(user: User, count: int = MOST_DRAFTS) -> list[DraftRow]:
    """The person's drafts, the latest first. Three queries, however many there are."""
    drafts = list(Draft.objects.filter(user=user).order_by("-changed_at", "-pk")[:count])
    threads = _titles(Thread, user, drafts, "thread", "title")
    edited = _titles(Post, user, drafts, "edit", "thread__title")
    rows = []
    for draft in drafts:
        name, _colon, number = draft.key.partition("~")[0].partition(":")
        pk = int(number) if number.isdecimal() else 0
        if name == "thread":
            title = _("Answer in «%(title)s»") % {"title": threads.get(pk, "…")}
            url = reverse("forum:reply", args=[pk])
        elif name == "edit":
            title = _("Edit in «%(title)s»") % {"title": edited.get(pk, "…")}
            url = reverse("forum:edit", args=[pk])
        else:
            title, url = draft.title or _("New thread"), reverse("forum:new")
        beginning = Truncator(plain(draft.source)).chars(BEGINNING)
        rows.append(
            DraftRow(draft.pk, title, beginning, f"{url}?draft={draft.pk}", draft.changed_at)
        )
    return rows


def _titles(
    model: type[Thread | Post], user: User, drafts: Sequence[Draft], name: str, title: str
) -> Mapping[int, str]:
    keys = (draft.key.partition("~")[0].partition(":") for draft in drafts)
    pks = {int(number) for kind, _colon, number in keys if kind == name and number.isdecimal()}
    if not pks:
        return {}
    return dict(model.objects.visible_to(user).filter(pk__in=pks).values_list("pk", title))


def panel_rows(user: User, count: int) -> list[PanelRow]:
    """The drafts as they stand on the person's own page."""
    return [
        PanelRow(row.title, row.url, row.beginning, row.changed_at) for row in rows_of(user, count)
    ]
