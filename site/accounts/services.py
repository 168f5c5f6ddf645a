"""Changes to what is kept about a person."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from wagtail.users.models import UserProfile

from accounts.models import User

PROFILE: Final = (
    "first_name",
    "last_name",
    "title",
    "phone",
    "competences",
    "spoken_languages",
    "language",
    "time_zone",
)


@transaction.atomic
def save_profile(user: User) -> None:
    """Store what the person says of themselves; the admin follows their language and time zone."""
    user.save(update_fields=PROFILE)
    preferences = UserProfile.get_for_user(user)
    preferences.preferred_language = user.language
    preferences.current_time_zone = user.time_zone
    preferences.save(update_fields=["preferred_language", "current_time_zone"])
