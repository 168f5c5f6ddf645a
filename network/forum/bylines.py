"""Where an author works, as it stands beside their name."""

from __future__ import annotations

from typing import Final

from accounts.models import User
from network.organisations.models import Membership

LENGTH: Final = 200


def of(author: User) -> str:
    """The name of the person's first organisation, empty where there is none."""
    names = (
        Membership.objects.filter(user=author, organisation__published=True)
        .order_by("pk")
        .values_list("organisation__name", flat=True)
    )
    return (names.first() or "")[:LENGTH]
