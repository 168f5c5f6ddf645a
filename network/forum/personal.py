"""What threads and posts hold about a person.

What somebody has said stays where others have answered it, without their name; what only they see
goes. Working groups, moderation and kinds of threads have a ``personal.py`` of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db.models import Count

from accounts.models import User
from accounts.personal import PersonalData, Row
from network.forum.models import (
    CategoryRead,
    Draft,
    Mention,
    Post,
    PostFile,
    PostRevision,
    Reaction,
    Reader,
    ReadMark,
    Thread,
)
from network.forum.services.drafts import delete_draft
from search.projection import touch

POSTS_AT_ONCE: Final = 500


def _written(user: User) -> Iterable[Row]:
    """Posts with the title of their threads, files by name, earlier versions."""
    posts = Post.objects.filter(author=user).select_related("thread").order_by("pk")
    for post in posts.prefetch_related("files", "revisions").iterator(POSTS_AT_ONCE):
        yield {
            "thread": post.thread.title,
            "started": post.number == 1,
            "at": post.created_at,
            "edited_at": post.edited_at,
            "text": post.source,
            "byline": post.byline,
            "state": post.state,
            "files": [file.name for file in post.files.all()],
            "earlier": [{"at": each.at, "text": each.source} for each in post.revisions.all()],
        }
    for mention in Mention.objects.filter(user=user).select_related("post__thread"):
        yield {"mentioned_in": mention.post.thread.title, "at": mention.post.created_at}


def _take_out_of_posts(user: User) -> None:
    threads = list(Thread.objects.filter(author=user).values_list("pk", flat=True))
    Thread.objects.filter(author=user).update(author=None)
    Thread.objects.filter(last_author=user).update(last_author=None)
    Post.objects.filter(author=user).update(author=None, byline="")
    PostRevision.objects.filter(by=user).update(by=None)
    PostFile.objects.filter(by=user).update(by=None)
    Mention.objects.filter(user=user).delete()
    touch("thread", threads)


def _reacted(user: User) -> Iterable[Row]:
    for each in Reaction.objects.filter(user=user).select_related("post__thread"):
        yield {"reaction": each.kind, "thread": each.post.thread.title, "at": each.at}


def _take_back_reactions(user: User) -> None:
    """The posts say afterwards how many others have reacted."""
    reactions = Reaction.objects.filter(user=user)
    pks = sorted(set(reactions.values_list("post", flat=True)))
    reactions.delete()
    for start in range(0, len(pks), POSTS_AT_ONCE):
        posts = Post.objects.in_bulk(pks[start : start + POSTS_AT_ONCE])
        for post in posts.values():
            post.reactions = {}
        left = Reaction.objects.filter(post__in=posts).order_by().values_list("post", "kind")
        for post_id, kind, count in left.annotate(count=Count("pk")):
            posts[post_id].reactions[kind] = count
        Post.objects.bulk_update(posts.values(), ["reactions"])


def _drafts(user: User) -> Iterable[Row]:
    for draft in Draft.objects.filter(user=user).prefetch_related("files"):
        yield {
            "for": draft.key,
            "title": draft.title,
            "text": draft.source,
            "changed_at": draft.changed_at,
            "files": [file.name for file in draft.files.all()],
        }


def _throw_away_drafts(user: User) -> None:
    for draft in Draft.objects.filter(user=user):
        delete_draft(draft)


def _read(user: User) -> Iterable[Row]:
    for reader in Reader.objects.filter(user=user):
        yield {"all_read_until": reader.caught_up_at}
    for read in CategoryRead.objects.filter(user=user).select_related("category"):
        yield {"category": read.category.name_nb, "all_read_until": read.caught_up_at}
    for mark in ReadMark.objects.filter(user=user).select_related("thread"):
        yield {"thread": mark.thread.title, "read_to_post": mark.number, "at": mark.at}


def _forget_read(user: User) -> None:
    ReadMark.objects.filter(user=user).delete()
    CategoryRead.objects.filter(user=user).delete()
    Reader.objects.filter(user=user).delete()


POSTS: Final = PersonalData(
    "forum-posts",
    ("forum.Thread", "forum.Post", "forum.PostRevision", "forum.PostFile", "forum.Mention"),
    _written,
    _take_out_of_posts,
)
REACTIONS: Final = PersonalData(
    "forum-reactions", ("forum.Reaction",), _reacted, _take_back_reactions
)
DRAFTS: Final = PersonalData("forum-drafts", ("forum.Draft",), _drafts, _throw_away_drafts)
READING: Final = PersonalData(
    "forum-reading", ("forum.Reader", "forum.CategoryRead", "forum.ReadMark"), _read, _forget_read
)
