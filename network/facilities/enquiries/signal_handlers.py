"""A guest becomes a person with a log-in: what they asked by a verified address is theirs."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import User
from network.facilities.enquiries.services.sending import claim_enquiries


def claim_when_logged_in(sender: Any, user: Any, **kwargs: Any) -> None:
    """At each log-in: the person may have asked without one in between."""
    _claim(user)


def claim_when_confirmed(sender: Any, email_address: EmailAddress, **kwargs: Any) -> None:
    """As soon as an address is shown to be theirs."""
    _claim(email_address.user)


def _claim(user: Any) -> None:
    if not isinstance(user, User):
        return
    verified = EmailAddress.objects.filter(user=user, verified=True)
    if addresses := list(verified.values_list("email", flat=True)):
        claim_enquiries(user, addresses)
