"""All addresses of the site. Norwegian has no prefix, English is under /en/."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib.sitemaps.views import index as sitemap_index
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import authenticate_with_password

from accounts.views import admin_entrance
from config.api import api
from config.robots import robots
from config.sitemaps import SITEMAPS
from operations.health import health
from pages.serving import serve

handler500 = "config.public_api.server_error"

urlpatterns = [
    path("health/", health, name="health"),
    path("api/", api.urls),
    path("robots.txt", robots, name="robots"),
    path(
        "sitemap.xml",
        require_safe(sitemap_index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<section>.xml",
        require_safe(sitemap),
        {"sitemaps": SITEMAPS},
        name="sitemap_section",
    ),
    # Wagtail's own log-in knows neither limits nor the second step.
    path("admin/login/", admin_entrance),
    path("admin/reports/site-history/", include("accounts.site_history")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]

urlpatterns += i18n_patterns(
    path("", include("activity.urls")),
    path(_("account/organisations/"), include("network.organisations.account_urls")),
    path(_("account/searches/"), include("alerts.urls")),
    path(_("account/"), include("accounts.urls")),
    path(_("account/"), include("allauth.urls")),
    path(_("new/"), include("pages.urls")),
    path(_("best-practice/"), include("pages.practice.urls")),
    path(_("parks/"), include("network.parks.urls")),
    path(_("organisations/"), include("network.organisations.urls")),
    path(_("facilities/"), include("network.facilities.urls")),
    path(_("enquiries/"), include("network.facilities.enquiries.urls")),
    path(_("bookings/"), include("network.facilities.bookings.urls")),
    path(_("forum/"), include("network.forum.urls")),
    path(_("groups/"), include("network.forum.groups.urls")),
    path(_("search/"), include("search.urls")),
    path("", include("ui.urls")),
    path("_util/login/", admin_entrance),
    # Before pages, which would take any address for theirs.
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
