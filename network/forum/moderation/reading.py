"""What the pages of moderators read: a post, a thread or a person that is theirs to judge, the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.roles import roles_of
from network.forum import permissions
from network.forum.models import Category, ModerationAct, Post, Standing, Thread
from network.forum.models.thread import Visibility
from network.forum.moderation.acts import can_change_standing, moderates_people
from network.forum.moderation.queue import with_reasons
from network.forum.notices import readers_of
from network.forum.querysets import moderated_by

PAGE: Final = 50
DIGITS: Final = 18
CONTEXT_BEFORE: Final = 2
CONTEXT_AFTER: Final = 1
ASKED_WHETHER_THEY_READ: Final = 200
PEOPLE: Final = (
    ModerationAct.Kind.SILENCE,
    ModerationAct.Kind.RELEASE,
    ModerationAct.Kind.TRUST,
    ModerationAct.Kind.DISTRUST,
)


def moderated_post(moderator: User, pk: int) -> Post:
    """A post where the person keeps order. Raises Http404 for any other."""
    posts = with_reasons(Post.objects.exclude(state=Visibility.DELETED))
    post: Post = get_object_or_404(posts, pk=pk)
    if not permissions.can_moderate(moderator, post.thread.category):
        raise Http404
    return post


def moderated_thread(moderator: User, pk: int) -> Thread:
    """A thread where the person keeps order and that is still one. Raises Http404 for any other."""
    threads = Thread.objects.select_related("category", "author").filter(merged_into=None)
    thread: Thread = get_object_or_404(threads.exclude(state=Visibility.DELETED), pk=pk)
    if not permissions.can_moderate(moderator, thread.category):
        raise Http404
    return thread


def judged_person(moderator: User, pk: int) -> User:
    """Somebody who has written in the forum and whom the person may judge. Raises Http404 otherwise."""
    people = User.objects.select_related("forum_standing").filter(is_active=True)
    person: User = get_object_or_404(people, pk=pk)
    has_written = Standing.objects.filter(pk=pk).exists() or person.posts.exists()
    if not (has_written and can_change_standing(moderator, person)):
        raise Http404
    return person


def around(post: Post) -> tuple[Sequence[Post], Sequence[Post]]:
    """What stands right before a post and right after it. Two queries."""
    others = Post.objects.filter(thread=post.thread_id, state=Visibility.PUBLISHED)
    others = others.select_related("author")
    before = others.filter(number__lt=post.number).order_by("-number")[:CONTEXT_BEFORE]
    after = others.filter(number__gt=post.number).order_by("number")[:CONTEXT_AFTER]
    return list(before)[::-1], list(after)


def history(*, thread: Thread | None = None, person: User | None = None) -> QuerySet[ModerationAct]:
    """What was done to a thread and its posts, or about a person; the last fifty acts."""
    about = Q(author=person) if thread is None else Q(thread=thread) | Q(post__thread=thread)
    return ModerationAct.objects.filter(about).select_related("by", "thread", "author")[:PAGE]


@dataclass(frozen=True, slots=True)
class Log:
    """A page of the log, newest first; ``next`` is the query string of what comes after it."""

    acts: Sequence[ModerationAct]
    next: str
    is_first: bool


def log(moderator: User, after: str) -> Log:
    """What was done where the person keeps order, and to people if they judge those. One query."""
    roles = roles_of(moderator)
    acts = ModerationAct.objects.select_related("by", "author", "thread")
    if not roles.network_administrator:
        seen = moderated_by(roles, "thread__category__")
        if moderates_people(moderator):
            seen |= Q(kind__in=PEOPLE)
        acts = acts.filter(seen)
    start = int(after) if after.isascii() and after.isdecimal() and len(after) <= DIGITS else 0
    if start:
        acts = acts.filter(pk__lt=start)
    found = list(acts.order_by("-pk")[: PAGE + 1])
    following = f"?etter={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return Log(found[:PAGE], following, is_first=not start)


def who_loses(thread: Thread, category: Category) -> int:
    """How many of those who have written in a thread cannot read it any more in that category."""
    authors = Post.objects.filter(thread=thread, author__is_active=True).order_by()
    writers = list(User.objects.filter(pk__in=authors.values("author"))[:ASKED_WHETHER_THEY_READ])
    before = set(readers_of(thread.category, writers))
    return len(before - set(readers_of(category, writers)))
