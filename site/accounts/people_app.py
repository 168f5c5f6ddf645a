"""Wagtail's users, with our list of people in the admin. ``INSTALLED_APPS`` names this class."""

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleAppConfig(WagtailUsersAppConfig):  # type: ignore[misc]  # Wagtail has no types
    user_viewset = "accounts.people_admin.PeopleViewSet"
