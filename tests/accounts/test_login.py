"""Logging in and out, and what a stranger learns from it."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from tests.factories.accounts import UserFactory, network_administrator

pytestmark = pytest.mark.django_db

PASSWORD = "en lang nok setning"
LOGIN = "/konto/login/"


def person(**values):
    user = UserFactory(password=PASSWORD, **values)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def log_in(client, email, password=PASSWORD, address=LOGIN):
    return client.post(address, {"login": email, "password": password})


def test_people_log_in_with_their_address_however_it_is_written(client):
    user = person(email="kari@example.org")
    response = log_in(client, "Kari@Example.org")
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert get_user(client) == user


def test_who_logs_in_in_english_stays_in_english(client):
    user = person()
    response = log_in(client, user.email, address="/en/account/login/")
    assert response["Location"] == "/en/"


def test_log_in_leads_back_to_where_one_came_from(client):
    user = person()
    response = client.post(
        LOGIN, {"login": user.email, "password": PASSWORD, "next": "/konto/2fa/"}
    )
    assert response["Location"] == "/konto/2fa/"


def test_log_in_leads_to_no_other_site(client):
    user = person()
    response = client.post(
        LOGIN, {"login": user.email, "password": PASSWORD, "next": "https://ond.example.com/"}
    )
    assert response["Location"] == "/"


def test_the_log_in_page_is_in_the_look_of_the_site_and_in_both_languages(client):
    norwegian = client.get(LOGIN).content.decode()
    assert "<h1>Logg inn</h1>" in norwegian
    assert "Har du ikke konto?" in norwegian
    assert "pn-header" in norwegian
    assert 'autocomplete="current-password"' in norwegian
    english = client.get("/en/account/login/").content.decode()
    assert "<h1>Log in</h1>" in english
    assert "Keep me logged in" in english


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client):
    person(email="kari@example.org")
    wrong = log_in(client, "kari@example.org", "noe helt annet enn det")
    unknown = log_in(client, "ukjent@example.org", "noe helt annet enn det")
    assert wrong.status_code == unknown.status_code

    def without_form(response, address):
        text = response.content.decode().replace(address, "")
        token = response.context["csrf_token"]
        return text.replace(str(token), "")

    assert "E-postadressen eller passordet er feil." in wrong.content.decode()
    assert without_form(wrong, "kari@example.org") == without_form(unknown, "ukjent@example.org")


def test_a_wrong_password_and_an_unknown_address_take_the_same_work(client, monkeypatch):
    person(email="kari@example.org")
    computed = []
    encode = MD5PasswordHasher.encode

    def counted(self, password, salt):
        computed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    log_in(client, "kari@example.org", "feil passord her")
    known = len(computed)
    computed.clear()
    log_in(client, "ukjent@example.org", "feil passord her")
    assert len(computed) == known


def test_after_some_wrong_passwords_even_the_right_one_has_to_wait(client):
    user = person()
    for _ in range(5):
        log_in(client, user.email, "feil passord her")
    response = log_in(client, user.email)
    assert response.status_code in {200, 429}
    assert not get_user(client).is_authenticated
    assert "For mange" in response.content.decode()


def test_too_many_attempts_from_one_place_are_refused_in_the_look_of_the_site(client):
    for number in range(31):
        response = log_in(client, f"person-{number}@example.org", "feil passord her")
    assert response.status_code == 429
    page = response.content.decode()
    assert "For mange forsøk" in page
    assert "pn-header" in page


def test_a_blocked_account_cannot_log_in(client):
    user = person(is_active=False)
    response = client.post(LOGIN, {"login": user.email, "password": PASSWORD}, follow=True)
    assert not get_user(client).is_authenticated
    assert response.status_code == 200


def test_logging_out_asks_first_and_ends_the_session(client):
    client.force_login(person())
    assert "Vil du logge ut?" in client.get("/konto/logout/").content.decode()
    assert get_user(client).is_authenticated
    response = client.post("/konto/logout/")
    assert response["Location"] == "/"
    assert not get_user(client).is_authenticated


def test_the_header_shows_who_is_logged_in(client):
    assert "Logg inn" in client.get("/sok/").content.decode()
    client.force_login(person(first_name="Kari"))
    page = client.get("/sok/").content.decode()
    assert "Kari</a>" in page
    assert 'href="/konto/logout/"' in page
    assert 'href="/admin/"' not in page


def test_the_header_leads_editors_to_the_admin(client):
    client.force_login(network_administrator())
    assert 'href="/admin/"' in client.get("/en/search/").content.decode()


@pytest.mark.parametrize("address", ["/admin/login/", "/_util/login/", "/en/_util/login/"])
def test_no_other_door_takes_passwords(client, address):
    user = person(is_superuser=True)
    response = client.post(address, {"username": user.email, "password": PASSWORD})
    assert response.status_code == 405
    assert not get_user(client).is_authenticated
    assert client.get(address)["Location"].startswith(("/konto/login/", "/en/account/login/"))


def test_an_account_whose_address_is_not_confirmed_gets_a_code_first(client, letters):
    user = UserFactory(password=PASSWORD)
    response = client.post(LOGIN, {"login": user.email, "password": PASSWORD}, follow=True)
    assert "Skriv inn koden" in response.content.decode()
    assert not get_user(client).is_authenticated
    (letter,) = letters
    client.post("/konto/confirm-email/", {"code": letter.code})
    assert get_user(client) == user
    assert EmailAddress.objects.get(user=user).verified


def test_forms_of_accounts_need_their_token():
    user = person()
    client = Client(enforce_csrf_checks=True)
    assert log_in(client, user.email).status_code == 403
