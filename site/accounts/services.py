"""Changes to what is kept about a person."""

from __future__ import annotations

from django.db import transaction
from wagtail.users.models import UserProfile

from accounts.models import User


@transaction.atomic
def save_profile(user: User) -> None:
    """Store name and language; the admin is read in the same language from then on."""
    user.save(update_fields=["first_name", "last_name", "language"])
    preferences = UserProfile.get_for_user(user)
    preferences.preferred_language = user.language
    preferences.save(update_fields=["preferred_language"])
