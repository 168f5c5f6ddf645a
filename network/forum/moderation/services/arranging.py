"""Moving threads to another category, splitting off posts, and merging two threads."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import rename_thing
from network.forum.following import thread_thing
from network.forum.models import (
    Category,
    Draft,
    ModerationAct,
    Need,
    Post,
    ReadMark,
    Reference,
    Thread,
    ThreadKind,
)
from network.forum.models.thread import SLUG_LENGTH, Visibility
from network.forum.moderation import acts
from network.forum.moderation.counting import highest_number, locked, recount
from network.forum.moderation.errors import NotPossibleError
from search.projection import recording

Kind = ModerationAct.Kind
# Picked one by one; all from a post on has no limit.
MAX_PICKED: Final = 100
KINDS_SPLIT_OFF: Final = (ThreadKind.DISCUSSION, ThreadKind.QUESTION)


def move(moderator: User, thread: Thread, to: Category, reason: str = "") -> ModerationAct:
    """Move a thread to another category; who reads it is from then on who reads that one.

    Raises PermissionDenied for who does not keep order in both, NotPossibleError when it is there
    already.
    """
    acts.require(moderator, thread.category, to)
    with recording():
        (thread,) = locked(thread.pk)
        before = Category.objects.get(pk=thread.category_id)
        acts.require(moderator, before)
        if before.pk == to.pk:
            raise NotPossibleError(_("The thread is in that category already."), code="there")
        thread.category = to
        thread.save(update_fields=["category"])
        return acts.record(
            Kind.MOVE,
            by=moderator,
            thread=thread,
            author=thread.author,
            reason=reason,
            data={"from": before.pk, "to": to.pk, "title": thread.title},
        )


def split(
    moderator: User,
    start: Post,
    *,
    title: str,
    category: Category,
    kind: str = ThreadKind.DISCUSSION,
    picked: Collection[int] | None = None,
    reason: str = "",
) -> Thread:
    """Make a thread of a post and those after it: all, or those ``picked`` by their ids.

    ``start`` becomes its first post. What readers have read stays read. Raises PermissionDenied for
    who does not keep order in both categories, NotPossibleError for the first post of a thread, one
    that is not shown, or one that was moved meanwhile.
    """
    acts.require(moderator, start.thread.category, category)
    with recording():
        (origin,) = locked(start.thread_id)
        posts = Post.objects.filter(thread=origin, number__gte=start.number)
        first = posts.filter(pk=start.pk).first()
        _can_begin(first)
        if picked is not None:
            posts = posts.filter(pk__in={start.pk, *list(picked)[:MAX_PICKED]})
        accepted = origin.accepted_id
        if accepted is not None and not posts.filter(pk=accepted).exists():
            accepted = None
        new = _new_thread(origin, start, title, category, kind)
        _take_over(posts, origin, new, start.number)
        if accepted and accepted != start.pk and kind == ThreadKind.QUESTION:
            new.accepted_id, new.solved_at = accepted, origin.solved_at
        if accepted:
            origin.accepted_id = origin.solved_at = None
        # One row may not be two threads' answer at any moment.
        origin.save(update_fields=["accepted", "solved_at"])
        new.save(update_fields=["accepted", "solved_at"])
        for thread in (origin, new):
            _renumber(thread)
            recount(thread)
        acts.record(
            Kind.SPLIT,
            by=moderator,
            thread=new,
            post=start,
            author=start.author,
            reason=reason,
            data={"from": origin.pk},
        )
    return new


def merge(moderator: User, source: Thread, target: Thread, reason: str = "") -> ModerationAct:
    """Put all posts of ``source`` at the end of ``target``; its address leads there from then on.

    Raises PermissionDenied for who does not keep order in both, NotPossibleError for threads that
    cannot be merged.
    """
    acts.require(moderator, source.category, target.category)
    with recording():
        source, target = locked(source.pk, target.pk)
        can_merge(source, target)
        offset, accepted = target.last_number, (source.accepted_id, source.solved_at)
        _carry_marks(source, target)
        moved = Post.objects.filter(thread=source)
        moved.update(thread=target, number=F("number") + offset)
        Reference.objects.filter(thread=source).update(thread=target)
        Thread.objects.filter(merged_into=source).update(merged_into=target)
        _end_need(source)
        source.merged_into = target
        source.accepted_id = source.solved_at = None
        source.save(update_fields=["merged_into", "accepted", "solved_at"])
        target.last_number = offset + source.last_number
        if accepted[0] and target.accepted_id is None and target.kind == ThreadKind.QUESTION:
            target.accepted_id, target.solved_at = accepted
        target.save(update_fields=["last_number", "accepted", "solved_at"])
        recount(source)
        recount(target)
        _carry_readers(source, target)
        return acts.record(
            Kind.MERGE,
            by=moderator,
            thread=target,
            author=source.author,
            reason=reason,
            data={"from": source.pk, "title": source.title, "number": offset + 1},
        )


def _can_begin(post: Post | None) -> None:
    if post is None:
        message = _("The post was moved in the meantime. Look at it again where it is now.")
        raise NotPossibleError(message, code="moved")
    if post.number == 1:
        raise NotPossibleError(_("The first post cannot leave its thread."), code="first")
    if post.state != Visibility.PUBLISHED:
        raise NotPossibleError(_("A thread begins with a post that is shown."), code="hidden")


def _new_thread(origin: Thread, start: Post, title: str, category: Category, kind: str) -> Thread:
    thread = Thread.objects.create(
        category=category,
        kind=kind if kind in KINDS_SPLIT_OFF else ThreadKind.DISCUSSION,
        title=title.strip(),
        slug=slugify(title)[:SLUG_LENGTH].strip("-"),
        author=start.author,
        created_at=start.created_at,
        last_post_at=start.created_at,
        sample=origin.sample,
    )
    thread.themes.set(origin.themes.all())
    thread.parks.set(origin.parks.all())
    return thread


def _take_over(posts: QuerySet[Post], origin: Thread, new: Thread, start: int) -> None:
    """Give posts of one thread to another, numbered from 1, with how far people have read them."""
    marks = ReadMark.objects.filter(thread=origin, number__gte=start)
    ReadMark.objects.bulk_create(
        ReadMark(user_id=user, thread=new, number=number - start + 1)
        for user, number in marks.values_list("user", "number")
    )
    posts.update(thread=new, number=F("number") - (start - 1))
    Reference.objects.filter(thread=origin, post__thread=new).update(thread=new)


def _renumber(thread: Thread) -> None:
    """Let the numbers end where the posts do; nobody has then read further than that."""
    thread.last_number = highest_number(thread)
    thread.save(update_fields=["last_number"])
    further = ReadMark.objects.filter(thread=thread, number__gt=thread.last_number)
    further.update(number=thread.last_number)


def can_merge(source: Thread, target: Thread) -> None:
    """Raise NotPossibleError for threads that cannot be merged."""
    if source.pk == target.pk:
        raise NotPossibleError(_("That is the same thread."), code="same")
    if source.merged_into_id or target.merged_into_id:
        raise NotPossibleError(_("One of the threads has been merged already."), code="merged")
    if source.kind == ThreadKind.POLICY:
        message = _("A policy matter stays a thread of its own. Merge the other one into it.")
        raise NotPossibleError(message, code="policy")
    for thread in (source, target):
        if thread.state != Visibility.PUBLISHED:
            message = _("A thread that is not shown cannot be merged.")
            raise NotPossibleError(message, code="hidden")


def _end_need(source: Thread) -> None:
    """What was looked for in a merged thread is looked for in the one that it went to."""
    need = Need.objects.filter(thread=source, state=Need.State.OPEN).first()
    if need is not None:
        need.give_up()
        need.ended_at = timezone.now()
        need.save()


def _carry_marks(source: Thread, target: Thread) -> None:
    """Whoever has read both threads to the end has read the merged one."""
    theirs = ReadMark.objects.filter(thread=source, user=OuterRef("user"))
    both = ReadMark.objects.filter(thread=target, number__gte=target.last_number).annotate(
        read=Subquery(theirs.values("number")[:1])
    )
    done = list(both.filter(read__gte=source.last_number).values_list("pk", flat=True))
    ReadMark.objects.filter(pk__in=done).update(number=target.last_number + source.last_number)
    ReadMark.objects.filter(thread=source).delete()


def _carry_readers(source: Thread, target: Thread) -> None:
    """Whoever follows the one thread, was told of it or has begun to answer it, now does the other."""
    old, new = thread_thing(source.pk), thread_thing(target.pk)
    rename_thing(old, new)
    for draft in Draft.objects.filter(Q(key=old) | Q(key__startswith=f"{old}~")):
        taken = set(Draft.objects.filter(user=draft.user_id).values_list("key", flat=True))
        numbered = (f"{new}~{number}" for number in range(2, len(taken) + 3))
        draft.key = next(key for key in (new, *numbered) if key not in taken)
        draft.save(update_fields=["key"])
