"""Where allauth asks us."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, override

from accounts import letters, mail
from accounts.models import User
from ui.chrome import Chrome


class AccountAdapter(DefaultAccountAdapter):
    """Lets everybody sign up, and writes to people in their language through the outbox."""

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - allauth's signature
        """Store the language the person signed up in."""
        user.language = get_language() or settings.LANGUAGE_CODE
        return super().save_user(request, user, form, commit)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The front page in the language of the log-in page, where no other page was asked for."""
        return Chrome(request).home_url

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Everything that the new account leads to, where no other page was asked for."""
        return reverse("accounts:overview")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The front page in the language that was read."""
        return Chrome(request).home_url

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post the letter of this name, in the language of the person it is to, if they are known.

        Addresses of pages are kept without their host, which a request may have forged.
        """
        user = context.get("user")
        person = user if isinstance(user, User) and user.pk else None
        language = (person.language if person else get_language()) or settings.LANGUAGE_CODE
        context = {**context, "email": email}
        if url := context.get("password_reset_url"):
            context["password_reset_url"] = translate_url(urlsplit(url).path, language)
        with override(language):
            letter = letters.written(template_prefix, context)
        mail.post(
            f"accounts:{uuid4()}",
            to=email,
            language=language,
            subject=letter.subject,
            paragraphs=letter.paragraphs,
            action=letter.action,
            user=person,
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell ``user`` what was done with their account."""
        super().send_notification_mail(
            template_prefix, user, {**(context or {}), "user": user}, email
        )
