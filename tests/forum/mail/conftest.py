"""An address that answers go to, people with one of their own, and the e-mails they send."""

from email.message import EmailMessage

import pytest
from allauth.account.models import EmailAddress

from network.forum.mail.addresses import reply_address
from network.forum.mail.receiving import take
from tests.factories.forum import known, thread


@pytest.fixture(autouse=True)
def reply_setting(settings):
    settings.REPLY_ADDRESS = "svar@example.org"


def confirmed(person):
    """Let somebody's address be theirs; gives the person."""
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def kari():
    return confirmed(known())


@pytest.fixture
def question():
    return thread(title="Hvor får vi målt ruhet?")


def email(sender, to, text="Vi kan måle det.", *, headers=(), number=1):
    """An e-mail as a program sends it."""
    message = EmailMessage()
    message["From"] = f"Kari Nordmann <{sender}>"
    message["To"] = to
    message["Subject"] = "SV: Parknett: Hvor får vi målt ruhet?"
    message["Message-ID"] = f"<{number}@example.org>"
    for name, value in headers:
        message[name] = value
    if text is not None:
        message.set_content(text)
    return message


def answered(person, thing, text="Vi kan måle det.", **given):
    """Somebody's answer to what they were told of a thread."""
    return email(person.email, reply_address(person, thing), text, **given)


def came_to(message):
    """What came of an e-mail."""
    return take(bytes(message))
