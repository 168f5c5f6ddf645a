"""What is new in the forum as Atom feeds: in all of it, and in each category that anybody may read."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.contrib.syndication.views import Feed
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from network.forum.models import Category, Post, Thread
from network.forum.reading.rows import shown_name

ENTRIES: Final = 30


class _Threads(Feed[Thread, Any]):
    """Threads with what they were started with, those first in which somebody wrote last."""

    feed_type = Atom1Feed

    @property
    def language(self) -> str:  # type: ignore[override]  # Django reads it as an attribute
        """The language it is read in."""
        return get_language() or "nb"

    def item_title(self, item: Thread) -> str:
        """The thread's title."""
        return item.title

    def item_description(self, item: Thread) -> str:
        """The whole post that it was started with; what it holds was sanitised when saved."""
        opening: str | None = item.opening  # type: ignore[attr-defined]  # annotated below
        return opening or ""

    def item_author_name(self, item: Thread) -> str:
        """Who started it."""
        author = item.author
        parts = (author.first_name, author.last_name, author.erased_at) if author else (None,) * 3
        return shown_name(parts, _("Deleted user"))

    def item_guid(self, item: Thread) -> str:
        """The same whatever it is called and wherever it is moved."""
        return f"thread:{item.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Thread) -> datetime:
        """When it was started."""
        return item.created_at

    def item_updateddate(self, item: Thread) -> datetime:
        """When somebody wrote in it last."""
        return item.last_post_at


class NewestThreads(_Threads):
    """All threads that anybody may read."""

    def title(self) -> str:
        """What the feed is called."""
        return _("The forum of the industrial parks")

    def subtitle(self) -> str:
        """What is in it."""
        return _("Threads that everybody may read, the newest first.")

    def link(self) -> str:
        """What the feed is of."""
        return reverse("forum:overview")

    def feed_url(self) -> str:
        """Where the feed itself is."""
        return reverse("forum:feed")

    def items(self) -> QuerySet[Thread]:
        """The latest ones first."""
        return _latest(Thread.objects.public())


class NewestOfCategory(_Threads):
    """The threads of a category that anybody may read; there is no feed of others."""

    def get_object(self, request: HttpRequest, slug: str) -> Category:  # type: ignore[override]  # the address names it
        """The category."""
        category: Category = get_object_or_404(Category.objects.public(), slug=slug)
        return category

    def title(self, obj: Category) -> str:
        """What the feed is called."""
        return _("Forum: %(category)s") % {"category": obj.name}

    def subtitle(self, obj: Category) -> str:
        """What is in it."""
        return obj.description

    def link(self, obj: Category) -> str:
        """What the feed is of."""
        return obj.get_absolute_url()

    def feed_url(self, obj: Category) -> str:
        """Where the feed itself is."""
        return reverse("forum:category-feed", args=[obj.slug])

    def items(self, obj: Category) -> QuerySet[Thread]:
        """The latest ones first."""
        return _latest(Thread.objects.public().filter(category=obj))


def _latest(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    opening = Post.objects.filter(thread=OuterRef("pk"), number=1, state="published")
    shown = threads.filter(merged_into=None).select_related("author")
    return shown.annotate(opening=Subquery(opening.values("html")[:1])).order_by(
        "-last_post_at", "-pk"
    )[:ENTRIES]
