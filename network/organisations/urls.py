"""Addresses of the organisations, below ``/organisasjoner/`` and ``/en/organisations/``."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from network.organisations import desk_views, editing_views, joining_views, views

app_name = "organisations"

urlpatterns = [
    path("", views.directory, name="list"),
    path("<slug:slug>/", views.profile, name="detail"),
    path(_("<slug:slug>/join/"), joining_views.join, name="join"),
    path(_("<slug:slug>/leave/"), joining_views.leave, name="leave"),
    path(_("<slug:slug>/manage/"), desk_views.desk, name="desk"),
    path(_("<slug:slug>/manage/profile/"), editing_views.edit, name="edit"),
    path(_("<slug:slug>/manage/invite/"), desk_views.invite, name="invite"),
    path(_("<slug:slug>/manage/members/<int:pk>/"), desk_views.member, name="member"),
    path(_("<slug:slug>/manage/requests/<int:pk>/"), desk_views.join_request, name="request"),
    path(_("<slug:slug>/manage/invitations/<int:pk>/"), desk_views.invitation, name="invitation"),
]
