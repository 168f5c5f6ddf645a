"""Which answer solved a question."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from network.forum import notices
from network.forum.kinds.permissions import can_accept
from network.forum.models import Post, Thread
from network.transitions import NotPossibleError
from search.projection import recording, touch


def accept(post: Post, *, by: User) -> None:
    """Mark an answer as the one that solved the question; another one before it is no more.

    Raises PermissionDenied for who may not, NotPossibleError for what is no answer of the question.
    """
    thread = post.thread
    if not can_accept(by, thread):
        raise PermissionDenied
    if post.number == 1 or not post.is_published:
        raise NotPossibleError(_("Only an answer that everybody sees can be accepted."))
    with recording():
        # The answer may have been moved to another thread, or been hidden, since it was read.
        answers = Post.objects.filter(thread=thread, state="published", number__gt=1, pk=post.pk)
        question = Thread.objects.filter(Exists(answers), pk=thread.pk).exclude(accepted=post)
        if not question.update(accepted=post, solved_at=timezone.now()):
            _raise_unless_accepted(post)
            return
        touch("thread", [thread.pk])
        thread.refresh_from_db()
        notices.tell_solved(thread, by)


def unaccept(thread: Thread, *, by: User) -> None:
    """Open the question again. Raises PermissionDenied for who may not."""
    if not can_accept(by, thread):
        raise PermissionDenied
    with recording():
        Thread.objects.filter(pk=thread.pk).update(accepted=None, solved_at=None)
        touch("thread", [thread.pk])
    thread.refresh_from_db()


def _raise_unless_accepted(post: Post) -> None:
    """A second press of the same button is no mistake."""
    if not Thread.objects.filter(accepted=post, pk=post.thread_id).exists():
        raise NotPossibleError(_("Only an answer that everybody sees can be accepted."))
