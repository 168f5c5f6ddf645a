"""Threads as moderators need them: locked, counted again, and followed where they have gone."""

from __future__ import annotations

from django.db.models import Max
from django.utils.translation import gettext as _

from network.forum.models import Post, Thread
from network.forum.models.thread import Visibility
from network.forum.moderation.errors import NotPossibleError


def locked(*pks: int) -> list[Thread]:
    """The threads, in the order of ``pks``, which nobody posts in or changes before the commit.

    Raises NotPossibleError when one has gone.
    """
    # SQLite has no row to lock; there the transaction that has begun is the only one that writes.
    rows = Thread.objects.select_for_update(no_key=True).select_related(None)
    found = {thread.pk: thread for thread in rows.filter(pk__in=pks).order_by("pk")}
    if len(found) < len(set(pks)):
        raise NotPossibleError(_("The thread is not there any more."), code="gone")
    return [found[pk] for pk in pks]


def locked_with(post: Post) -> tuple[Thread, Post]:
    """The thread of a post, locked, and the post as it is now.

    Raises NotPossibleError when it has gone, or has been moved since ``post`` was read.
    """
    (thread,) = locked(post.thread_id)
    now = Post.objects.filter(pk=post.pk, thread=thread).first()
    if now is None:
        message = _("The post was moved in the meantime. Look at it again where it is now.")
        raise NotPossibleError(message, code="moved")
    now.thread = thread
    return thread, now


def recount(thread: Thread) -> None:
    """Let a locked thread say truly how many posts everybody sees, and which is the last one.

    An accepted answer that nobody sees here any more solves nothing. Saves, and so its search entry
    is written.
    """
    shown = Post.objects.filter(thread=thread, state=Visibility.PUBLISHED)
    latest = shown.order_by("-created_at", "-number").values("created_at", "author").first()
    thread.post_count = shown.count()
    thread.last_post_at = latest["created_at"] if latest else thread.created_at
    thread.last_author_id = latest["author"] if latest else thread.author_id
    if thread.accepted_id and not shown.filter(pk=thread.accepted_id).exists():
        thread.accepted_id = thread.solved_at = None
    thread.save(
        update_fields=["post_count", "last_post_at", "last_author", "accepted", "solved_at"]
    )


def highest_number(thread: Thread) -> int:
    """The highest number that a post in the thread has; 0 without any."""
    found = Post.objects.filter(thread=thread).aggregate(highest=Max("number"))
    return found["highest"] or 0


def where_it_went(thread: Thread) -> Thread:
    """The thread itself, or the one that its posts have gone to. One query for a merged one."""
    seen = {thread.pk}
    while thread.merged_into_id and thread.merged_into_id not in seen:
        seen.add(thread.merged_into_id)
        thread = Thread.objects.select_related("category").get(pk=thread.merged_into_id)
    return thread
