"""Addresses of bookings and calendars, below ``/bestillinger/`` and ``/en/bookings/``."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from network.facilities.bookings import views
from network.facilities.enquiries.reaching import or_log_in

app_name = "bookings"

urlpatterns = [
    path("<int:pk>/", or_log_in(views.detail), name="detail"),
    path("<int:pk>/booking.ics", or_log_in(views.ical), name="ical"),
    path(_("<int:pk>/confirm/"), or_log_in(views.change), {"what": "confirm"}, name="confirm"),
    path(_("<int:pk>/finish/"), or_log_in(views.change), {"what": "finish"}, name="finish"),
    path(_("<int:pk>/agree/"), or_log_in(views.change), {"what": "agree"}, name="agree"),
    path(_("<int:pk>/keep/"), or_log_in(views.change), {"what": "decline"}, name="keep"),
    path(_("<int:pk>/cancel/"), or_log_in(views.cancel), name="cancel"),
    path(_("<int:pk>/propose/"), or_log_in(views.propose), name="propose"),
    path(_("<int:pk>/outcome/"), or_log_in(views.outcome), name="outcome"),
    path(_("calendars/"), views.feeds, name="feeds"),
    path(_("calendars/<str:key>.ics"), views.feed, name="feed"),
    path(_("facility/<slug:slug>/"), views.calendar, name="calendar"),
    path(_("facility/<slug:slug>/hours/"), views.hours, name="hours"),
    path(_("facility/<slug:slug>/hours/<int:blackout_pk>/lift/"), views.lift, name="lift"),
]
