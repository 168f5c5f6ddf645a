"""A person's own pages: details, addresses, two-step log-in, devices."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from wagtail.users.models import UserProfile

from accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "en lang nok setning"


@pytest.fixture
def kari(client, kari):
    # What guards the account asks for the password once more.
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    return kari


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/konto/", "Mine opplysninger"),
        ("/konto/email/", "E-postadresser"),
        ("/konto/password/change/", "Bytt passord"),
        ("/konto/2fa/", "Totrinnsinnlogging"),
        ("/konto/2fa/totp/activate/", "Slå på autentiseringsapp"),
        ("/konto/2fa/webauthn/", "Passnøkler og sikkerhetsnøkler"),
        ("/konto/2fa/webauthn/add/", "Legg til nøkkel"),
        ("/konto/sessions/", "Enheter"),
        ("/konto/logout/", "Logg ut"),
        ("/en/account/", "My details"),
        ("/en/account/email/", "E-mail addresses"),
        ("/en/account/2fa/", "Two-step log-in"),
        ("/en/account/sessions/", "Devices"),
    ],
)
def test_every_page_is_in_the_look_of_the_site(client, kari, address, title):
    response = client.get(address)
    assert response.status_code == 200, response.get("Location")
    page = response.content.decode()
    assert title in page
    assert 'class="pn-header"' in page
    assert "Menu:" not in page
    assert 'style="' not in page


@pytest.mark.parametrize("address", ["/konto/", "/konto/email/", "/konto/2fa/", "/konto/sessions/"])
def test_visitors_are_asked_to_log_in(client, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/konto/login/")


def test_people_change_name_and_language(client, kari):
    response = client.post(
        "/konto/", {"first_name": "Kari", "last_name": "Nordmann", "language": "en"}, follow=True
    )
    assert "Opplysningene dine er lagret." in response.content.decode()
    stored = User.objects.get()
    assert (stored.first_name, stored.language) == ("Kari", "en")
    assert UserProfile.get_for_user(stored).preferred_language == "en"


@pytest.mark.parametrize(
    "values",
    [
        {"first_name": "x" * 151, "last_name": "", "language": "nb"},
        {"first_name": "", "last_name": "", "language": "de"},
        {},
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_stored(client, kari, values):
    response = client.post("/konto/", values)
    assert response.status_code == 422
    assert User.objects.get().first_name == ""
    assert 'role="alert"' in response.content.decode()


def test_nobody_makes_themselves_an_administrator(client, kari):
    client.post(
        "/konto/",
        {
            "first_name": "K",
            "last_name": "",
            "language": "nb",
            "is_superuser": "on",
            "is_staff": "on",
        },
    )
    stored = User.objects.get()
    assert not stored.is_superuser
    assert not stored.is_staff


def test_a_second_step_can_be_switched_on_and_is_then_asked_for(client, kari):
    from allauth.mfa.totp.internal import auth

    secret = client.get("/konto/2fa/totp/activate/").context["form"].secret
    counter = next(auth.yield_hotp_counters_from_time())
    code = auth.format_hotp_value(auth.hotp_value(secret, counter))
    response = client.post("/konto/2fa/totp/activate/", {"code": code}, follow=True)
    assert "Gjenopprettingskoder" in response.content.decode()
    client.logout()
    response = client.post(
        "/konto/login/", {"login": kari.email, "password": PASSWORD}, follow=True
    )
    assert response.redirect_chain[-1][0] == "/konto/2fa/authenticate/"
    assert not get_user(client).is_authenticated


def test_people_see_where_they_are_logged_in_and_end_the_others(client, kari):
    from django.test import Client

    elsewhere = Client(headers={"user-agent": "Et annet sted"})
    elsewhere.post("/konto/login/", {"login": kari.email, "password": PASSWORD})
    assert get_user(elsewhere).is_authenticated
    page = client.get("/konto/sessions/").content.decode()
    assert "Et annet sted" in page
    client.post("/konto/sessions/")
    assert not get_user(elsewhere).is_authenticated
    assert get_user(client).is_authenticated


@pytest.mark.parametrize("address", ["/konto/2fa/totp/activate/", "/konto/2fa/webauthn/add/"])
def test_what_guards_the_account_asks_for_the_password_once_more(client, address):
    user = UserFactory(password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    response = client.get(address, follow=True)
    assert response.redirect_chain[0][0].startswith("/konto/reauthenticate/")
    assert "Bekreft at det er deg" in response.content.decode()
