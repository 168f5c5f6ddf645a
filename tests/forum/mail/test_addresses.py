"""The addresses that answers go to cannot be guessed, and tell whose answer it is."""

import pytest

from network.forum.mail.addresses import read, reply_address
from tests.factories.accounts import UserFactory
from tests.factories.forum import thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def question():
    return thread()


def test_an_address_tells_person_and_thread_whatever_its_case(person, question):
    address = reply_address(person, question)
    assert len(address.split("@")[0]) <= 64
    for each in (address, address.upper(), f" {address} "):
        found = read(each)
        assert (found.user, found.thread) == (person.pk, question.pk)


def test_nothing_in_it_can_be_changed(person, question):
    local, domain = reply_address(person, question).split("@")
    user, number, signature = local.partition("+")[2].split(".")
    forged = [
        f"svar+{user}.{number}.{signature[:-1]}{'a' if signature[-1] != 'a' else 'b'}@{domain}",
        f"svar+{user}x.{number}.{signature}@{domain}",
        f"svar+{user}.{number}1.{signature}@{domain}",
        f"svar+{user}.{signature}@{domain}",
        f"svar@{domain}",
        f"annet+{user}.{number}.{signature}@{domain}",
        f"{local}@example.com",
        "",
        "+@",
    ]
    assert [read(each) for each in forged] == [None] * len(forged)


def test_without_a_mailbox_nobody_is_asked_to_answer(person, question, settings):
    address = reply_address(person, question)
    settings.REPLY_ADDRESS = ""
    assert reply_address(person, question) == ""
    assert read(address) is None


def test_addresses_of_before_the_secret_was_changed_are_read(person, question, settings):
    address = reply_address(person, question)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert read(address).user == person.pk
    settings.SECRET_KEY_FALLBACKS = []
    assert read(address) is None
