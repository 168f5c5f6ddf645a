"""The sitemap's sections, one for each room that has pages of its own."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.sitemaps import Sitemap

from network.facilities.sitemaps import FacilitySitemap
from network.forum.groups.sitemaps import GroupSitemap
from network.forum.kinds.sitemaps import MatterSitemap
from network.forum.sitemaps import CategorySitemap, ThreadSitemap
from network.organisations.sitemaps import OrganisationSitemap
from network.parks.sitemaps import ParkPagesSitemap, ParkSitemap
from pages.sitemaps import PageSitemap

SITEMAPS: Final[dict[str, type[Sitemap[Any]]]] = {
    "pages": PageSitemap,
    "parks": ParkSitemap,
    "park-pages": ParkPagesSitemap,
    "organisations": OrganisationSitemap,
    "facilities": FacilitySitemap,
    "forum": CategorySitemap,
    "threads": ThreadSitemap,
    "groups": GroupSitemap,
    "matters": MatterSitemap,
}
