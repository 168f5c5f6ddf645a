"""Test facilities in the sitemap, each in both languages."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from network.facilities.models import Facility


class FacilitySitemap(Sitemap[Facility]):
    """The facilities that anybody may see."""

    i18n = True
    alternates = True
    x_default = True
    limit = 2000

    def items(self) -> QuerySet[Facility]:
        """All of them, with no more than their address needs."""
        return Facility.objects.public().only("slug", "updated_at").order_by("pk")

    def lastmod(self, item: Facility) -> datetime:
        """When it was last changed."""
        return item.updated_at
