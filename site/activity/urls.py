"""Addresses of notifications and "My page"."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from activity import views

app_name = "activity"

urlpatterns = [
    path(_("my-page/"), views.my_page, name="my_page"),
    path(_("account/notifications/"), views.notifications, name="notifications"),
    path(_("account/notifications/read/"), views.mark, name="mark"),
    path(_("account/notifications/choices/"), views.choices, name="choices"),
    path(_("account/notifications/resume/"), views.resume_mail, name="resume"),
    path(_("account/notifications/stop/<str:token>/"), views.stop_address, name="stop"),
    path(_("account/notifications/<int:pk>/"), views.open_notification, name="open"),
    path(_("my-page/uncertain-e-mails/"), views.uncertain_letters, name="uncertain"),
    path(_("account/following/"), views.following, name="following"),
    path(_("account/following/change/"), views.change_following, name="change_following"),
]
