"""Answering a post with one press."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count

from accounts.models import User
from accounts.roles import roles_of
from network.forum.models import Post, Reaction


def react(user: User, post: Post, kind: str, *, on: bool) -> Mapping[str, int]:
    """Set or take back a reaction; gives how many of each kind the post has now.

    Pressing twice changes nothing more. Raises PermissionDenied for who does not read the post or
    wrote it, ValueError for no such kind.
    """
    if kind not in Reaction.Kind.values:
        raise ValueError(kind)
    is_member = roles_of(user).member
    if not is_member or post.author_id == user.pk or not _reads(user, post):
        raise PermissionDenied
    with transaction.atomic():
        # Whoever reacts at the same time waits here, so that the last one counts all.
        now = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
        mine = Reaction.objects.filter(post=now, user=user, kind=kind)
        if on:
            Reaction.objects.bulk_create(
                [Reaction(post=now, user=user, kind=kind)], ignore_conflicts=True
            )
        else:
            mine.delete()
        counted = Reaction.objects.filter(post=now).order_by().values_list("kind")
        counts: dict[str, int] = dict(counted.annotate(count=Count("pk")))
        now.reactions = counts
        now.save(update_fields=["reactions"])
    return counts


def _reads(user: User, post: Post) -> bool:
    return Post.objects.published().visible_to(user).filter(pk=post.pk).exists()
