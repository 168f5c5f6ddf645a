"""Categories and threads in the sitemap: those that anybody may read, each in both languages."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from network.forum.models import Category, Thread


class CategorySitemap(Sitemap[Category]):
    """The categories that anybody may read."""

    i18n = True
    alternates = True
    x_default = True
    limit = 2000

    def items(self) -> QuerySet[Category]:
        """All of them."""
        return Category.objects.public().only("slug").order_by("pk")


class ThreadSitemap(Sitemap[Thread]):
    """The threads that anybody may read; what is made up is left out."""

    i18n = True
    alternates = True
    x_default = True
    limit = 2000

    def items(self) -> QuerySet[Thread]:
        """All of them, with no more than their address needs."""
        threads = Thread.objects.public().filter(merged_into=None, sample=False)
        return threads.only("pk", "slug", "last_post_at").order_by("pk")

    def lastmod(self, item: Thread) -> datetime:
        """When somebody wrote in it last."""
        return item.last_post_at
