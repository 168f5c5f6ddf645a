"""What the tests of people and accounts share."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from allauth.account.models import EmailAddress

from accounts import mail
from tests.factories.accounts import UserFactory

PASSWORD = "en lang nok setning"


@dataclass(frozen=True)
class Posted:
    """A letter as it was handed to the outbox."""

    key: str
    to: str
    language: str
    subject: str
    paragraphs: tuple[str, ...]
    action: object
    user: object

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def code(self) -> str:
        """The code to type, which stands in a paragraph of its own."""
        return next(each for each in self.paragraphs if each.replace("-", "").isdigit())


@pytest.fixture(autouse=True)
def letters():
    """What was written to people, in order; nothing is sent."""
    posted: list[Posted] = []

    def post(key, *, to, language, subject, paragraphs, action=None, reply_to="", user=None):
        posted.append(Posted(key, to, language, subject, tuple(paragraphs), action, user))

    known = mail._registration.post
    mail.provide_post(post)
    yield posted
    mail.provide_post(known)


@pytest.fixture
def kari(client):
    """Somebody with a confirmed address who has just logged in with her password."""
    user = UserFactory(email="kari@example.org", password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    return user
