"""The parks in the sitemap, each page in both languages."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from network.parks.models import Park


class ParkSitemap(Sitemap[Park]):
    """The parks' profiles."""

    i18n = True
    alternates = True
    x_default = True
    limit = 2000

    def items(self) -> QuerySet[Park]:
        """All of them, with no more than their address needs."""
        return Park.objects.only("slug", "updated_at").order_by("pk")

    def lastmod(self, item: Park) -> datetime:
        """When it was last changed."""
        return item.updated_at


class ParkPagesSitemap(Sitemap[str]):
    """The pages about all parks at once."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> list[str]:
        """Names of the pages."""
        return ["parks:list", "parks:focus-areas", "parks:themes"]

    def location(self, item: str) -> str:
        """Path of a page in the active language."""
        return reverse(item)
