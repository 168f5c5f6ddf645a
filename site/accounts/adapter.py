"""Where allauth asks us."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Keeps sign-up closed until membership is open, and mail in the person's language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are added by staff; they set their password through the reset link."""
        return False

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - allauth's signature
        """Store the language the person signed up in."""
        user.language = getattr(request, "LANGUAGE_CODE", "nb")
        return super().save_user(request, user, form, commit)
