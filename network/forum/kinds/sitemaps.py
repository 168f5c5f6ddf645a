"""Policy matters in the sitemap, each in both languages."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from network.forum.models import PolicyMatter


class MatterSitemap(Sitemap[PolicyMatter]):
    """The matters that have been submitted, samples left out."""

    i18n = True
    alternates = True
    x_default = True
    limit = 2000

    def items(self) -> QuerySet[PolicyMatter]:
        """All of them, with no more than their address needs."""
        public = PolicyMatter.objects.public().filter(thread__sample=False)
        found: QuerySet[PolicyMatter] = public.select_related("thread").order_by("pk")
        return found

    def lastmod(self, item: PolicyMatter) -> datetime:
        """When something was last written about it."""
        return item.thread.last_post_at
