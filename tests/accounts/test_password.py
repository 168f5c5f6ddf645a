"""Choosing a new password."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user

from accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

RESET = "/konto/password/reset/"
NEW = "en helt ny setning å huske"


def ask(client, email, address=RESET):
    return client.post(address, {"email": email}, follow=True)


def link_in(letter):
    assert "/password/reset/key/" in letter.action.url
    return letter.action.url


def test_a_person_chooses_a_new_password_through_the_link(client, letters):
    user = UserFactory(email="kari@example.org")
    assert not user.has_usable_password()
    response = ask(client, user.email)
    assert "Vi har sendt deg en e-post" in response.content.decode()
    (letter,) = letters
    assert letter.subject == "Velg nytt passord"
    assert letter.to == "kari@example.org"
    page = client.get(link_in(letter), follow=True)
    form_address = page.redirect_chain[-1][0]
    response = client.post(form_address, {"password1": NEW, "password2": NEW}, follow=True)
    assert "Passordet ditt er endret." in response.content.decode()
    assert User.objects.get().check_password(NEW)
    client.post("/konto/login/", {"login": user.email, "password": NEW})
    assert get_user(client) == user


def test_the_link_works_once(client, letters):
    user = UserFactory()
    ask(client, user.email)
    link = link_in(letters[0])
    form_address = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form_address, {"password1": NEW, "password2": NEW})
    client.logout()
    assert "Lenken virker ikke" in client.get(link, follow=True).content.decode()


def test_known_and_unknown_addresses_are_answered_alike(client):
    UserFactory(email="kari@example.org")
    known, unknown = ask(client, "kari@example.org"), ask(client, "ukjent@example.org")
    assert known.redirect_chain == unknown.redirect_chain
    assert known.content == unknown.content


def test_an_unknown_address_learns_by_mail_that_it_has_no_account(client, letters):
    ask(client, "ukjent@example.org")
    (letter,) = letters
    assert "Det finnes ingen konto med denne adressen her" in letter.text
    assert letter.action.url == "/konto/signup/"


def test_mail_is_in_the_language_of_the_person(client, letters):
    UserFactory(email="kim@example.org", language="en")
    ask(client, "kim@example.org")
    assert letters[0].subject == "Choose a new password"
    assert "Somebody, presumably you" in letters[0].text


@pytest.mark.parametrize("password", ["kort", "password123", "kari@example.org", "1234567890"])
def test_weak_passwords_are_refused(client, password, letters):
    user = UserFactory(email="kari@example.org")
    ask(client, user.email)
    form_address = client.get(link_in(letters[0]), follow=True).redirect_chain[-1][0]
    response = client.post(form_address, {"password1": password, "password2": password})
    assert response.status_code == 200
    assert response.context["form"].errors


def test_asking_again_and_again_is_limited(client, letters):
    UserFactory(email="kari@example.org")
    for _ in range(8):
        response = client.post(RESET, {"email": "kari@example.org"})
    assert response.status_code == 429
    assert len(letters) <= 5


def test_a_changed_password_is_told_by_mail(client, letters):
    user = UserFactory(password="en lang nok setning")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post("/konto/login/", {"login": user.email, "password": "en lang nok setning"})
    client.post(
        "/konto/password/change/",
        {"oldpassword": "en lang nok setning", "password1": NEW, "password2": NEW},
    )
    assert User.objects.get().check_password(NEW)
    assert "Var dette ikke deg?" in letters[-1].text


def test_the_link_confirms_no_address_when_there_are_two(client, letters):
    user = UserFactory(email="kari@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    EmailAddress.objects.create(user=user, email="kari@example.net", verified=True, primary=False)
    ask(client, "kari@example.net")
    form_address = client.get(link_in(letters[0]), follow=True).redirect_chain[-1][0]
    client.post(form_address, {"password1": NEW, "password2": NEW})
    assert User.objects.get().check_password(NEW)
    assert not EmailAddress.objects.get(email="kari@example.org").verified
