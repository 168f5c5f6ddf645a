"""Where allauth asks us."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import get_language, override

from accounts.models import User
from ui.chrome import Chrome


class AccountAdapter(DefaultAccountAdapter):
    """Keeps sign-up closed until membership is open, and mail in the person's language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are added by staff; they set their password through the reset link."""
        return False

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - allauth's signature
        """Store the language the person signed up in."""
        user.language = get_language() or settings.LANGUAGE_CODE
        return super().save_user(request, user, form, commit)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The front page in the language of the log-in page, where no other page was asked for."""
        return Chrome(request).home_url

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The front page in the language that was read."""
        return Chrome(request).home_url

    def format_email_subject(self, subject: str) -> str:
        """The site's name before the subject, so that the mail is known among others."""
        return f"{Chrome(current.request).site_name}: {subject}"

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """The mail in the language of the person it is to, else in that of the request."""
        person = context.get("user")
        language = person.language if isinstance(person, User) else get_language()
        with override(language):
            chrome = Chrome(current.request)
            context = {
                **context,
                "site_name": chrome.site_name,
                "site_url": current.request.build_absolute_uri(chrome.home_url),
                "contact_email": chrome.content.contact_email,
            }
            message: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        return message
