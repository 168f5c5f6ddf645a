"""A post that is written or changed changes the entry of its thread in the search.

The search's own way of watching other models forgets the names of all facets each time, which is
right for a theme that is renamed, and much too dear for what is written all day.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from network.forum.documents import POSTS_READ, TYPE
from network.forum.models import Post, Thread
from search.projection import touch


def connect() -> None:
    """Called once, from ``AppConfig.ready``."""
    post_save.connect(post_written, sender=Post, dispatch_uid="forum.post_written")


def post_written(sender: type[Post], instance: Post, raw: bool = False, **_: Any) -> None:  # noqa: FBT001, FBT002 - a signal's signature
    """Write the thread's entry anew; what comes late in a long thread is in none."""
    if raw:
        return
    is_in = instance.number <= POSTS_READ
    if is_in or Thread.objects.filter(pk=instance.thread_id, accepted=instance.pk).exists():
        touch(TYPE, [instance.thread_id])
