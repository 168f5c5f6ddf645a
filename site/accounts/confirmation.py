"""When an address counts as confirmed without a mail of its own."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset

from accounts.models import User


def confirm_after_reset(user: User, **_: Any) -> None:
    """Whoever chose a password through the link has read the mail that held it.

    Only where a person has no second address that the link may have been sent to, as with accounts
    that staff have made.
    """
    others = EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email)
    if not others.exists():
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )


def connect() -> None:
    """Follow allauth's signal; called from ``AppConfig.ready``."""
    password_reset.connect(confirm_after_reset, dispatch_uid="accounts.confirm_after_reset")
