"""Whose account a log-in with a provider leads to."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.names import valid_name

logger = logging.getLogger(__name__)


class LinkingAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Makes accounts of strangers, and never hands an existing one to whoever knows its address."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Who has an account already logs into it first, and connects the provider there.

        They are told only if the provider vouches that the address is theirs; everybody else gets
        the same answer as at sign-up, and a mail.
        """
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        addresses = [each.email for each in sociallogin.email_addresses if each.verified]
        if not any(_is_taken(address) for address in addresses):
            return
        name = sociallogin.provider.name
        messages.info(
            request,
            _(
                "You already have an account with this address. Log in as you use to, and connect"
                " it with %(provider)s on the page that follows."
            )
            % {"provider": name},
        )
        query = urlencode({"next": reverse("socialaccount_connections")})
        raise ImmediateHttpResponse(redirect(f"{reverse('account_login')}?{query}"))

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> User:
        """Names as we take them, and the language that is read."""
        user: User = super().populate_user(request, sociallogin, data)
        user.first_name, user.last_name = _name(user.first_name), _name(user.last_name)
        user.language = get_language() or user.language
        return user

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Whether the provider told all that an account needs, with an address that is certain."""
        user = sociallogin.user
        certain = any(each.verified for each in sociallogin.email_addresses)
        return certain and bool(user.first_name and user.last_name)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Say in the log why; the person reads only that it did not work."""
        # Reasons of ours name no person; those of libraries may quote what was sent.
        reason = exception.args[0] if exception and exception.args else error
        logger.warning("log-in with %s failed: %s", getattr(provider, "name", provider), reason)


def _is_taken(address: str) -> bool:
    return (
        User.objects.filter(email__iexact=address).exists()
        or EmailAddress.objects.filter(email__iexact=address).exists()
    )


def _name(value: str) -> str:
    value = " ".join(value.split())[:150]
    try:
        valid_name(value)
    except ValidationError:
        return ""
    return value
