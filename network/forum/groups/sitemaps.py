"""Working groups in the sitemap, each in both languages."""

from __future__ import annotations

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from network.forum.models import WorkingGroup


class GroupSitemap(Sitemap[WorkingGroup]):
    """The open groups that work, samples left out: other pages of groups ask not to be indexed."""

    i18n = True
    alternates = True
    x_default = True
    limit = 2000

    def items(self) -> QuerySet[WorkingGroup]:
        """All of them, with no more than their address needs."""
        is_open = WorkingGroup.objects.active().filter(
            openness=WorkingGroup.Openness.OPEN, sample=False
        )
        found: QuerySet[WorkingGroup] = is_open.only("slug").order_by("pk")
        return found
