"""Addresses of a person's own dealings with organisations, below the account's."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from network.organisations import joining_views, proposal_views

app_name = "memberships"

urlpatterns = [
    path("", joining_views.mine, name="mine"),
    path(_("requests/<int:pk>/"), joining_views.own_request, name="request"),
    path(_("invitations/<int:pk>/"), joining_views.own_invitation, name="own-invitation"),
    path(_("invitation/<str:token>/"), joining_views.invitation, name="invitation"),
    path(_("propose/"), proposal_views.propose, name="propose"),
    path(_("proposals/<int:pk>/"), proposal_views.proposal, name="proposal"),
    path(_("to-confirm/"), proposal_views.queue, name="queue"),
]
