"""Organisations in the sitemap, each in both languages."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from network.organisations.models import Organisation


class OrganisationSitemap(Sitemap[Organisation]):
    """The organisations that anybody may see, without the samples."""

    i18n = True
    alternates = True
    x_default = True
    limit = 2000

    def items(self) -> QuerySet[Organisation]:
        """All of them, with no more than their address needs."""
        found = Organisation.objects.public().filter(sample=False)
        return found.only("slug", "updated_at").order_by("pk")

    def lastmod(self, item: Organisation) -> datetime:
        """When it was last changed."""
        return item.updated_at
