"""Addresses of enquiries, below ``/foresporsler/`` and ``/en/enquiries/``."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from network.facilities.enquiries import asking_views as asking
from network.facilities.enquiries import figures_views as figures
from network.facilities.enquiries import hosting_views as hosting
from network.facilities.enquiries import writing_views as writing
from network.facilities.enquiries.reaching import or_log_in

app_name = "enquiries"

urlpatterns = [
    path("", asking.enquiry_list, name="list"),
    path(_("write/"), writing.new, name="new"),
    path(_("basket/"), writing.basket, name="basket"),
    path(_("files/<int:file_pk>/"), or_log_in(asking.file), name="file"),
    path(_("guest/"), asking.links, name="links"),
    path(_("guest/<str:token>/"), asking.guest, name="guest"),
    path(_("host/"), hosting.queue, name="host-queue"),
    path(_("host/facilities/"), hosting.desk, name="desk"),
    path(_("host/answers/"), hosting.templates, name="templates"),
    path(_("host/answers/<int:template_pk>/"), hosting.templates, name="template"),
    path(
        _("host/answers/<int:template_pk>/delete/"),
        hosting.delete_template,
        name="template-delete",
    ),
    path(_("host/<int:pk>/"), hosting.request_page, name="host-request"),
    path(_("host/<int:pk>/promise/"), hosting.promise, name="promise"),
    path(_("host/<int:pk>/message/"), hosting.write, name="host-message"),
    path(
        _("host/<int:pk>/question/"),
        hosting.answer,
        {"kind": "question"},
        name="host-question",
    ),
    path(_("host/<int:pk>/offer/"), hosting.answer, {"kind": "offer"}, name="host-offer"),
    path(_("host/<int:pk>/refusal/"), hosting.answer, {"kind": "refusal"}, name="host-refusal"),
    path(_("overview/"), hosting.overview, name="overview"),
    path(_("figures/"), figures.figures, name="figures"),
    path(_("figures/export.csv"), figures.export, {"kind": "csv"}, name="figures-csv"),
    path(_("figures/export.xlsx"), figures.export, {"kind": "xlsx"}, name="figures-xlsx"),
    path(_("figures/<slug:slug>/"), figures.figures, name="facility-figures"),
    path(
        _("requests/<int:request_pk>/staff/"),
        or_log_in(asking.invite_staff),
        name="invite-staff",
    ),
    path("<int:pk>/", or_log_in(asking.detail), name="detail"),
    path(_("<int:pk>/write/"), or_log_in(writing.edit), name="edit"),
    path(_("<int:pk>/recipients/"), or_log_in(writing.recipients), name="recipients"),
    path("<int:pk>/send/", or_log_in(writing.send), name="send"),
    path(_("<int:pk>/delete/"), or_log_in(writing.delete), name="delete"),
    path(
        _("<int:pk>/files/<int:file_pk>/remove/"),
        or_log_in(writing.remove_file),
        name="remove-file",
    ),
    path(_("<int:pk>/withdraw/"), or_log_in(asking.withdraw), name="withdraw"),
    path(_("<int:pk>/close/"), or_log_in(asking.close), name="close"),
    path(_("<int:pk>/offers/<int:offer_pk>/accept/"), or_log_in(asking.accept), name="accept"),
    path(
        _("<int:pk>/requests/<int:request_pk>/"),
        or_log_in(asking.conversation),
        name="conversation",
    ),
    path(
        _("<int:pk>/requests/<int:request_pk>/withdraw/"),
        or_log_in(asking.withdraw_request),
        name="withdraw-request",
    ),
]
