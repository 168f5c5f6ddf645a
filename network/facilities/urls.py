"""Addresses of test facilities, below ``/testfasiliteter/`` and ``/en/facilities/``."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from network.facilities import editing_urls, views
from network.facilities.feeds import NewestFacilities
from network.facilities.freshness import urls as freshness_urls

app_name = "facilities"

urlpatterns = [
    path("", views.facility_list, name="list"),
    path("atom.xml", require_safe(NewestFacilities()), name="feed"),
    path(_("compare/"), views.facility_compare, name="compare"),
    path(_("export.csv"), views.facility_export, {"kind": "csv"}, name="export-csv"),
    path(_("export.xlsx"), views.facility_export, {"kind": "xlsx"}, name="export-xlsx"),
    *freshness_urls.urlpatterns,
    *editing_urls.urlpatterns,
    path("<slug:slug>/", views.facility_detail, name="detail"),
    path(_("<slug:slug>/files/<int:pk>/"), views.facility_file, name="file"),
    path(_("<slug:slug>/confirm/"), views.facility_confirm, name="confirm"),
    path(_("<slug:slug>/withdraw/"), views.facility_withdraw, name="withdraw"),
    path(_("<slug:slug>/publish/"), views.facility_publish, name="publish"),
]
