"""Authors take back what they wrote."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from network.forum.models import Flag, Post, Thread
from network.forum.models.thread import Visibility
from network.forum.moderation.counting import locked_with, recount
from network.forum.moderation.errors import NotPossibleError
from search.projection import recording


def can_delete(user_id: int | None, post: Post) -> bool:
    """Whether a post is somebody's own to delete: as long as it is shown or waits to be."""
    shown = post.state in {Visibility.PUBLISHED, Visibility.PENDING}
    return user_id is not None and post.author_id == user_id and shown


def delete_post(author: User, post: Post) -> None:
    """Delete one's own post: its text, files and earlier versions go, a note of it stays.

    The first post takes the thread with it. Raises PermissionDenied for who did not write it,
    NotPossibleError when others have answered the first post, or a moderator is to look at it.
    """
    if not can_delete(author.pk, post):
        raise PermissionDenied
    with recording():
        thread, post = locked_with(post)
        if not can_delete(author.pk, post):
            raise NotPossibleError(_("The post is no longer shown."), code="gone")
        if post.flags.filter(state=Flag.State.OPEN).exists():
            message = _("A moderator is to look at this post first. You can delete it afterwards.")
            raise NotPossibleError(message, code="reported")
        if post.number == 1:
            _take_thread_along(thread, post)
        _empty(post)
        recount(thread)


def _take_thread_along(thread: Thread, first: Post) -> None:
    others = thread.posts.exclude(pk=first.pk)
    if others.filter(state__in=[Visibility.PUBLISHED, Visibility.PENDING]).exists():
        message = _(
            "Others have answered. What you started cannot be deleted, but you can edit your text."
        )
        raise NotPossibleError(message, code="answered")
    thread.state = Visibility.DELETED
    thread.save(update_fields=["state"])


def _empty(post: Post) -> None:
    for file in post.files.all():
        transaction.on_commit(partial(file.file.storage.delete, file.file.name or ""))
    post.files.all().delete()
    post.revisions.all().delete()
    post.mentions.all().delete()
    post.references.all().delete()
    post.given_reactions.all().delete()
    post.state = Visibility.DELETED
    post.source = post.html = ""
    post.has_files = post.has_references = False
    post.reactions = {}
    post.save()
