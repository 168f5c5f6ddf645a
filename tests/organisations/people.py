"""People with addresses that they have confirmed, and what a letter's link says."""

import re

from allauth.account.models import EmailAddress

from activity.models import Letter
from tests.factories.accounts import UserFactory


def person(email, *, verified=True, **fields):
    user = UserFactory(email=email, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    return user


def token_to(email):
    """The token in the last letter to ``email``."""
    letter = Letter.objects.filter(to=email).latest("pk")
    return re.search(r"/(?:invitasjon|invitation)/([\w-]+)/", letter.content["action"][1])[1]


def told(user):
    """The kinds of what a person is told, the first first."""
    return list(user.notifications.order_by("pk").values_list("event__kind", flat=True))
