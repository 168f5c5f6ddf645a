"""Starting threads, answering, editing and taking back.

Each function is one transaction that changes the objects, notes what a post links to and mentions,
writes the search entry and tells those whom it concerns. Posts of one thread wait for each other at
the thread's row, so that their numbers follow each other without a gap or a double.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from network.forum import bylines, notices, permissions
from network.forum.documents import POSTS_READ, TYPE
from network.forum.models import (
    Category,
    Draft,
    Need,
    PolicyMatter,
    Post,
    PostFile,
    PostRevision,
    Tag,
    Thread,
    ThreadKind,
)
from network.forum.models.thread import SLUG_LENGTH, Visibility
from network.forum.moderation import limits
from network.forum.moderation.counting import locked_with, recount, where_it_went
from network.forum.reading.unread import note_written
from network.forum.services import contents
from network.forum.services.drafts import remove_file
from network.parks.models import Park, Theme
from network.parks.places import in_plain_letters
from search.projection import recording, touch

# What stands below a thread in its addresses; a thread of that name could not be reached.
TAKEN: Final = frozenset({"reply", "svar"})


class ClosedError(Exception):
    """The thread takes no more posts: it is closed, or has been merged into another."""


class PostedError(Exception):
    """This form was posted before, and said something else; ``post`` is what came of it."""

    def __init__(self, post: Post) -> None:
        super().__init__()
        self.post = post


@dataclass(frozen=True, slots=True)
class NewThread:
    """What a thread is started with; ``need`` and ``policy`` hold the fields of those of such kinds.

    ``draft`` is what it was written in, whose files go with it; ``token`` names the form.
    """

    category: Category
    kind: str
    title: str
    source: str
    themes: Iterable[Theme] = ()
    parks: Iterable[Park] = ()
    tags: Iterable[Tag] = ()
    about: str = ""
    need: Mapping[str, Any] = field(default_factory=dict)
    policy: Mapping[str, Any] = field(default_factory=dict)
    draft: Draft | None = None
    token: UUID | None = None


def start_thread(author: User, new: NewThread) -> Thread:
    """Start a thread with its first post; a form that is sent twice starts it once.

    Raises PermissionDenied for who may not start such a thread there, LimitError for who may not
    write now, PostedError when the same form was posted with another text.
    """
    if not permissions.can_start(author, new.category, new.kind):
        raise PermissionDenied
    return _once(author, new.token, new.source, lambda: _start(author, new)).thread


def answer(
    author: User,
    thread: Thread,
    source: str,
    *,
    replies_to: Post | None = None,
    by_mail: bool = False,
    draft: Draft | None = None,
    token: UUID | None = None,
) -> Post:
    """Write a post in a thread, or in the one that it was merged into; sent twice, it is posted once.

    Raises PermissionDenied for who may not write there, ClosedError when the thread was closed
    meanwhile, LimitError for who may not write now, PostedError when the same form was
    posted with another text.
    """
    thread = where_it_went(thread)
    if not permissions.can_write(author, thread.category):
        raise PermissionDenied

    def write() -> Post:
        verdict = limits.judge(author, thread.category, source)
        files = _files(draft, author)
        read = contents.read(source, category=thread.category, author=author, files=files)
        post = Post(replies_to=replies_to, by_mail=by_mail, token=token, source=source)
        _write(post, thread, author, read, files, verdict)
        if post.is_published and thread.is_published:
            notices.tell_posted(post)
            notices.tell_mentioned(post, read.named.people)
        _forget(draft)
        return post

    try:
        return _once(author, token, source, write)
    except ClosedError:
        now = where_it_went(Thread.objects.select_related("category").get(pk=thread.pk))
        if now.pk == thread.pk:
            raise
    # It was merged while this was written.
    return answer(
        author, now, source, replies_to=replies_to, by_mail=by_mail, draft=draft, token=token
    )


def edit_post(
    editor: User,
    post: Post,
    source: str,
    *,
    title: str = "",
    reason: str = "",
    draft: Draft | None = None,
    without: Collection[int] = (),
) -> Post:
    """Replace a post's text and keep what it said before.

    ``title`` is the thread's new one, where the post is the first. A draft's files come to the
    others, those in ``without`` (by number in the database) go.

    Raises PermissionDenied for who may not, LimitError for who may not write now.
    """
    if not permissions.can_edit(editor, post):
        raise PermissionDenied
    with recording():
        thread, post = locked_with(post)
        added = _files(draft, editor)
        if title.strip() and post.number == 1 and title.strip() != thread.title:
            thread.title, thread.slug = title.strip(), _slug(title)
            thread.save(update_fields=["title", "slug"])
        stale = list(post.files.filter(pk__in=without))
        if source == post.source and not (added or stale):
            _forget(draft)
            return post
        for file in stale:
            remove_file(file)
        category = Category.objects.get(pk=thread.category_id)
        verdict = limits.judge(editor, category, source, editing=post)
        files = [*post.files.all(), *added]
        read = contents.read(source, category=category, author=editor, files=files)
        now = timezone.now()
        PostRevision.objects.create(
            post=post, source=post.source, by=editor, at=now, reason=reason.strip()
        )
        post.source, post.html, post.edited_at = source, read.html, now
        post.has_files, post.has_references = bool(files), bool(read.keys)
        held_back = verdict.state == Visibility.PENDING and post.is_published
        if held_back:
            post.state = verdict.state
            limits.note(post, verdict, was_published=True)
        post.save()
        newly_named = contents.keep(post, read, added)
        if held_back and post.number == 1:
            thread.state = verdict.state
            thread.save(update_fields=["state"])
        if held_back:
            recount(thread)
        elif post.is_published and thread.is_published:
            notices.tell_mentioned(post, newly_named)
        _note(post)
        _forget(draft)
    return post


def _start(author: User, new: NewThread) -> Post:
    verdict = limits.judge(author, new.category, f"{new.title}\n\n{new.source}")
    files = _files(new.draft, author)
    read = contents.read(new.source, category=new.category, author=author, files=files)
    now = timezone.now()
    thread = Thread.objects.create(
        category=new.category,
        kind=new.kind,
        title=new.title.strip(),
        slug=_slug(new.title),
        author=author,
        last_author=author,
        state=verdict.state,
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
        PolicyMatter.objects.create(thread=thread, **new.policy)
    post = Post(token=new.token, source=new.source)
    _write(post, thread, author, read, files, verdict)
    if post.is_published:
        notices.tell_started(thread, post)
        notices.tell_mentioned(post, read.named.people)
    _forget(new.draft)
    return post


def _once(author: User, token: UUID | None, source: str, write: Callable[[], Post]) -> Post:
    """What ``write`` gives, or the post that the same form has become already."""
    if posted := _posted(author, token, source):
        return posted
    try:
        with recording():
            return write()
    except IntegrityError:
        # Sent twice at the same moment, the other one was first.
        if posted := _posted(author, token, source):
            return posted
        raise


def _posted(author: User, token: UUID | None, source: str) -> Post | None:
    if token is None:
        return None
    posts = Post.objects.select_related("thread__category")
    found = posts.filter(author=author, token=token).first()
    if found is not None and found.source != source:
        raise PostedError(found)
    return found


def _write(
    post: Post,
    thread: Thread,
    author: User,
    read: contents.Contents,
    files: Sequence[PostFile],
    verdict: limits.Verdict,
) -> None:
    post.number = _next_number(thread, author)
    now = timezone.now()
    post.thread, post.author, post.byline = thread, author, bylines.of(author)
    post.html, post.state, post.created_at = read.html, verdict.state, now
    post.has_files, post.has_references = bool(files), bool(read.keys)
    post.save(force_insert=True)
    contents.keep_new(post, read, files)
    limits.note(post, verdict)
    note_written(author.pk, thread.pk, post.number)
    if post.is_published:
        Thread.objects.filter(pk=thread.pk).update(
            post_count=F("post_count") + 1, last_post_at=now, last_author=author
        )
        _note(post)


def _next_number(thread: Thread, author: User) -> int:
    """The number of the next post. Whoever asks at the same time waits until this one is written."""
    waiting = Thread.objects.filter(pk=thread.pk, merged_into=None)
    if not permissions.can_moderate(author, thread.category):
        waiting = waiting.filter(closed=False)
    if not waiting.update(last_number=F("last_number") + 1):
        raise ClosedError
    return Thread.objects.values_list("last_number", flat=True).get(pk=thread.pk)


def _slug(title: str) -> str:
    slug = slugify(in_plain_letters(title))[:SLUG_LENGTH].strip("-")
    return f"{slug}-" if slug in TAKEN else slug


def _files(draft: Draft | None, author: User) -> list[PostFile]:
    if draft is None:
        return []
    return list(PostFile.objects.filter(draft=draft.pk, draft__user=author, post=None))


def _forget(draft: Draft | None) -> None:
    if draft is not None:
        Draft.objects.filter(pk=draft.pk).delete()


def _note(post: Post) -> None:
    # A bulk update tells no signal; what stands further down is in no entry.
    if post.number <= POSTS_READ or post.pk == post.thread.accepted_id:
        touch(TYPE, [post.thread_id])
