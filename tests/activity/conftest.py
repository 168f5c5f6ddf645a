"""Made-up kinds for each test, a mail server, and a clock that one can set."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from activity.composing import compose
from activity.sending import Sender
from activity.telling import tell_followers
from tests.activity import made_up
from tests.activity.unwilling import receiving_unwillingly
from tests.factories.accounts import UserFactory


@pytest.fixture(autouse=True)
def _made_up_kinds():
    made_up.register()
    yield
    made_up.unregister()


@pytest.fixture
def kari(db):
    return UserFactory(email="kari@example.org", first_name="Kari")


@pytest.fixture
def ola(db):
    return UserFactory(email="ola@example.org", first_name="Ola", language="en")


@pytest.fixture
def clock(monkeypatch):
    """A function that sets the time: ``clock("2026-03-28 12:00")`` in Oslo, or in another zone."""

    def set_to(text, zone="Europe/Oslo"):
        now = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    return set_to


@pytest.fixture
def post_office(settings):
    """A mail server that can be told to refuse; see ``deliver`` for what the worker does."""
    with receiving_unwillingly() as mailbox:
        use(mailbox, settings)
        yield mailbox


def use(mail_server, settings):
    """Let the site send through a mail server."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = mail_server.host, mail_server.port
    settings.BASE_URL = "https://parknett.example.org"
    settings.DEFAULT_FROM_EMAIL = "Parknett <parknett@example.org>"


def deliver():
    """Everything that the worker does about mail, once; gives how many letters were dealt with."""
    tell_followers(100)
    compose(timezone.now())
    return Sender().run()
