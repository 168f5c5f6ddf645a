"""How often something may be done by one person or from one address; counted in the cache."""

from __future__ import annotations

from typing import Final

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django_ratelimit.core import is_ratelimited

DRAFTS: Final = "30/h"
SENDING: Final = "20/h"
LINKS: Final = "5/h"
MESSAGES: Final = "120/h"


def too_often(request: HttpRequest, what: str, rate: str, *, of: str = "") -> bool:
    """Whether ``what`` was done more often than ``rate`` allows, this time counted.

    Counted by person, else by network address, or by ``of`` (an e-mail address) when it is given.
    """

    def place(group: str, asking: HttpRequest) -> str:
        if of:
            return of.lower()
        if asking.user.is_authenticated:
            return f"person {asking.user.pk}"
        return str(get_adapter().get_client_ip(asking))

    limited: bool = is_ratelimited(
        request, group=f"enquiries.{what}", key=place, rate=rate, increment=True
    )
    return limited
