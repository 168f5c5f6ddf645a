"""Addresses of working groups, below ``/grupper/`` and ``/en/groups/``.

What stands in a group's place here is in ``services.founding.RESERVED``.
"""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from network.forum.groups import belonging_views, founding_views, meeting_views, views

app_name = "groups"

urlpatterns = [
    path("", views.directory, name="list"),
    path(_("new/"), founding_views.new, name="new"),
    path(_("propose/"), founding_views.propose, name="propose"),
    path(_("proposals/"), founding_views.queue, name="queue"),
    path(_("proposals/<int:pk>/"), founding_views.proposal, name="proposal"),
    path(_("mine/"), belonging_views.mine, name="mine"),
    path(_("mine/invitations/<int:pk>/"), belonging_views.own_invitation, name="own-invitation"),
    path(_("invitation/<str:token>/"), belonging_views.invitation, name="invitation"),
    path(_("calendars/"), meeting_views.feeds, name="calendars"),
    path(_("calendar/<str:key>.ics"), meeting_views.feed, name="feed"),
    path("<slug:slug>/", views.detail, name="detail"),
    path(_("<slug:slug>/edit/"), founding_views.edit, name="edit"),
    path(_("<slug:slug>/end/"), founding_views.end, name="end"),
    path(_("<slug:slug>/join/"), belonging_views.join, name="join"),
    path(_("<slug:slug>/leave/"), belonging_views.leave, name="leave"),
    path(_("<slug:slug>/applications/<int:pk>/"), belonging_views.application, name="application"),
    path(_("<slug:slug>/invite/"), belonging_views.invite, name="invite"),
    path(
        _("<slug:slug>/invitations/<int:pk>/"),
        belonging_views.withdraw_invitation,
        name="withdraw-invitation",
    ),
    path(_("<slug:slug>/members/"), views.members, name="members"),
    path(_("<slug:slug>/members/<int:pk>/"), belonging_views.member, name="member"),
    path(_("<slug:slug>/figures/"), views.figures, name="figures"),
    path(_("<slug:slug>/files/"), views.files, name="files"),
    path(_("<slug:slug>/files/<int:pk>/"), views.file, name="file"),
    path(_("<slug:slug>/files/<int:pk>/delete/"), views.delete_file, name="delete-file"),
    path(_("<slug:slug>/meetings/"), meeting_views.meetings, name="meetings"),
    path(_("<slug:slug>/meetings/new/"), meeting_views.new, name="new-meeting"),
    path(_("<slug:slug>/meetings/<int:pk>/"), meeting_views.meeting, name="meeting"),
    path(_("<slug:slug>/meetings/<int:pk>/edit/"), meeting_views.edit, name="edit-meeting"),
    path(_("<slug:slug>/meetings/<int:pk>/cancel/"), meeting_views.cancel, name="cancel-meeting"),
    path(_("<slug:slug>/meetings/<int:pk>/answer/"), meeting_views.reply, name="reply"),
    path(_("<slug:slug>/meetings/<int:pk>/minutes/"), meeting_views.minutes, name="minutes"),
    path(
        _("<slug:slug>/meetings/<int:pk>/attendance/"),
        meeting_views.attendance,
        name="attendance",
    ),
    path(_("<slug:slug>/meetings/<int:pk>/meeting.ics"), meeting_views.ical, name="ical"),
]
