"""The sitemap's sections, one for each room that has pages of its own."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.sitemaps import Sitemap

from network.facilities.sitemaps import FacilitySitemap
from pages.sitemaps import PageSitemap

SITEMAPS: Final[dict[str, type[Sitemap[Any]]]] = {
    "pages": PageSitemap,
    "facilities": FacilitySitemap,
}
