"""Starting threads, answering, editing and taking back.

Each function is one transaction that changes the objects, notes what a post links to and mentions,
writes the search entry and tells those whom it concerns. Posts of one thread wait for each other at
the thread's row, so that their numbers follow each other without a gap or a double.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from network.forum import bylines, permissions
from network.forum.models import (
    Category,
    Need,
    PolicyMatter,
    Post,
    PostRevision,
    Tag,
    Thread,
    ThreadKind,
)
from network.forum.models.thread import SLUG_LENGTH, Visibility
from network.forum.reading.unread import note_written
from network.forum.text import render
from network.parks.models import Park, Theme
from search.projection import recording


class ClosedError(Exception):
    """The thread takes no more posts: it is closed, or has been merged into another."""


@dataclass(frozen=True, slots=True)
class NewThread:
    """What a thread is started with; ``need`` holds the fields of a :class:`Need`."""

    category: Category
    kind: str
    title: str
    source: str
    themes: Iterable[Theme] = ()
    parks: Iterable[Park] = ()
    tags: Iterable[Tag] = ()
    about: str = ""
    need: Mapping[str, Any] = field(default_factory=dict)
    deadline: date | None = None


def start_thread(author: User, new: NewThread) -> Thread:
    """Start a thread with its first post.

    Raises PermissionDenied for who may not start such a thread there.
    """
    if not permissions.can_start(author, new.category, new.kind):
        raise PermissionDenied
    now = timezone.now()
    with recording():
        thread = Thread.objects.create(
            category=new.category,
            kind=new.kind,
            title=new.title.strip(),
            slug=slugify(new.title)[:SLUG_LENGTH].strip("-"),
            author=author,
            last_author=author,
            created_at=now,
            last_post_at=now,
            about=new.about,
        )
        thread.themes.set(new.themes)
        thread.parks.set(new.parks)
        thread.tags.set(new.tags)
        if new.kind == ThreadKind.NEED:
            Need.objects.create(thread=thread, **new.need)
        if new.kind == ThreadKind.POLICY:
            PolicyMatter.objects.create(thread=thread)
        _write(thread, author, new.source)
    return thread


def answer(
    author: User,
    thread: Thread,
    source: str,
    *,
    replies_to: Post | None = None,
    by_mail: bool = False,
) -> Post:
    """Write a post in a thread.

    Raises PermissionDenied for who may not write there, ClosedError when the thread was closed or
    merged away meanwhile.
    """
    if not permissions.can_write(author, thread.category):
        raise PermissionDenied
    with recording():
        return _write(thread, author, source, replies_to=replies_to, by_mail=by_mail)


def edit_post(editor: User, post: Post, source: str, *, reason: str = "") -> Post:
    """Replace a post's text and keep what it said before.

    Raises PermissionDenied for who may not.
    """
    if not permissions.can_edit(editor, post):
        raise PermissionDenied
    if source == post.source:
        return post
    now = timezone.now()
    with recording():
        PostRevision.objects.create(post=post, source=post.source, by=editor, at=now, reason=reason)
        post.source, post.html, post.edited_at = source, render(source), now
        post.save(update_fields=["source", "html", "edited_at"])
    return post


def _write(
    thread: Thread,
    author: User,
    source: str,
    *,
    replies_to: Post | None = None,
    by_mail: bool = False,
) -> Post:
    now = timezone.now()
    number = _next_number(thread, author)
    post = Post.objects.create(
        thread=thread,
        number=number,
        author=author,
        byline=bylines.of(author),
        source=source,
        html=render(source),
        state=Visibility.PUBLISHED,
        created_at=now,
        replies_to=replies_to,
        by_mail=by_mail,
    )
    Thread.objects.filter(pk=thread.pk).update(
        post_count=F("post_count") + 1, last_post_at=now, last_author=author
    )
    note_written(author.pk, thread.pk, number)
    return post


def _next_number(thread: Thread, author: User) -> int:
    """The number of the next post. Whoever asks at the same time waits until this one is written."""
    waiting = Thread.objects.filter(pk=thread.pk, merged_into=None)
    if not permissions.can_moderate(author, thread.category):
        waiting = waiting.filter(closed=False)
    if not waiting.update(last_number=F("last_number") + 1):
        raise ClosedError
    return Thread.objects.values_list("last_number", flat=True).get(pk=thread.pk)
