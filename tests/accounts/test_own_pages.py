"""A person's own pages: details, addresses, two-step log-in, devices."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from wagtail.users.models import UserProfile

from accounts import sections
from accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(client, kari):
    # What guards the account asks for the password once more.
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    return kari


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/konto/", "Min konto"),
        ("/konto/opplysninger/", "Mine opplysninger"),
        ("/konto/mine-data/", "Hent ut dataene mine"),
        ("/konto/slett/", "Slett kontoen min"),
        ("/konto/email/", "E-postadresser"),
        ("/konto/password/change/", "Bytt passord"),
        ("/konto/2fa/", "Totrinnsinnlogging"),
        ("/konto/2fa/totp/activate/", "Slå på autentiseringsapp"),
        ("/konto/2fa/webauthn/", "Passnøkler og sikkerhetsnøkler"),
        ("/konto/2fa/webauthn/add/", "Legg til nøkkel"),
        ("/konto/sessions/", "Enheter"),
        ("/konto/logout/", "Logg ut"),
        ("/en/account/", "My account"),
        ("/en/account/details/", "My details"),
        ("/en/account/my-data/", "Take out my data"),
        ("/en/account/erase/", "Erase my account"),
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


@pytest.mark.parametrize(
    "address",
    [
        "/konto/",
        "/konto/opplysninger/",
        "/konto/email/",
        "/konto/2fa/",
        "/konto/sessions/",
        "/konto/mine-data/",
        "/konto/mine-data/last-ned/",
        "/konto/slett/",
    ],
)
def test_visitors_are_asked_to_log_in(client, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/konto/login/")


PROFILE = "/konto/opplysninger/"
DETAILS = {
    "first_name": "Kari",
    "last_name": "Nordmann",
    "title": "Prøveingeniør",
    "phone": "+47 22 00 00 00",
    "competences": "Korrosjon\n\n  Strekkprøving \nKorrosjon",
    "spoken_languages": ["no", "se"],
    "language": "en",
    "time_zone": "Arctic/Longyearbyen",
}


def test_people_say_who_they_are_and_the_admin_follows(client, kari):
    response = client.post(PROFILE, DETAILS, follow=True)
    assert "Opplysningene dine er lagret." in response.content.decode()
    stored = User.objects.get()
    assert (stored.get_full_name(), stored.title) == ("Kari Nordmann", "Prøveingeniør")
    assert stored.competences == "Korrosjon\nStrekkprøving"
    assert stored.spoken_languages == ["no", "se"]
    preferences = UserProfile.get_for_user(stored)
    assert preferences.preferred_language == "en"
    assert preferences.current_time_zone == "Arctic/Longyearbyen"


@pytest.mark.parametrize(
    "values",
    [
        {"first_name": "x" * 151},
        {"first_name": ""},
        {"last_name": "https://ond.example.com"},
        {"title": "x" * 121},
        {"phone": "ring meg"},
        {"competences": "\n".join(f"kunnskap {number}" for number in range(31))},
        {"competences": "x" * 81},
        {"competences": "x" * 2001},
        {"spoken_languages": ["klingon"]},
        {"language": "de"},
        {"time_zone": "../../etc/passwd"},
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_stored(client, kari, values):
    response = client.post(PROFILE, {**DETAILS, **values})
    assert response.status_code == 422
    assert User.objects.get().title == ""
    page = response.content.decode()
    assert 'role="alert"' in page
    assert f'id="id_{next(iter(values))}_error"' in page


def test_nobody_makes_themselves_an_administrator(client, kari):
    client.post(
        PROFILE, {**DETAILS, "is_superuser": "on", "is_staff": "on", "email": "annen@example.org"}
    )
    stored = User.objects.get()
    assert stored.first_name == "Kari"
    assert not stored.is_superuser
    assert not stored.is_staff
    assert stored.email == "kari@example.org"


def test_hostile_details_are_shown_as_text(client, kari):
    client.post(PROFILE, {**DETAILS, "title": "<script>alert(1)</script>"})
    page = client.get("/konto/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_overview_leads_to_every_page_of_the_account(client, kari):
    page = client.get("/konto/").content.decode()
    for address in (
        PROFILE,
        "/konto/email/",
        "/konto/password/change/",
        "/konto/2fa/",
        "/konto/sessions/",
        "/konto/mine-data/",
        "/konto/slett/",
        "/konto/logout/",
    ):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200
    assert "Slått av: passordet alene åpner kontoen" in page
    assert "Logget inn på 1 enhet" in page


def test_rooms_add_their_pages_to_the_overview(client, kari, monkeypatch):
    monkeypatch.setattr(sections, "_registered", {})
    section = sections.Section("Hytter", "search:page", lambda user: f"for {user.email}", "park")
    sections.register(section)
    sections.register(section)
    page = client.get("/konto/").content.decode()
    assert page.count("Hytter") == 1
    assert "for kari@example.org" in page


def test_a_page_that_is_for_some_is_offered_to_them_alone(client, kari, monkeypatch):
    monkeypatch.setattr(sections, "_registered", {})
    for label, theirs in (("Hytter", True), ("Slott", False)):
        view = "search:page" if theirs else "facilities:list"
        section = sections.Section(
            label, view, is_for=lambda _user, theirs=theirs: theirs, is_shortcut=True
        )
        sections.register(section)
    sections.register(sections.Section("Naust", "parks:list"))
    page = client.get("/konto/").content.decode()
    assert "Hytter" in page
    assert "Slott" not in page
    assert "Naust" in page
    assert [each.link.label for each in sections.shortcuts(kari)] == ["Hytter"]


def test_the_overview_asks_little_of_the_database(client, kari, django_assert_max_num_queries):
    client.get("/konto/")
    with django_assert_max_num_queries(16):
        client.get("/konto/")


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


@pytest.mark.parametrize(
    "address",
    [
        "/konto/2fa/totp/activate/",
        "/konto/2fa/webauthn/add/",
        "/konto/mine-data/",
        "/konto/mine-data/last-ned/",
        "/konto/slett/",
    ],
)
def test_what_guards_the_account_asks_for_the_password_once_more(client, address):
    user = UserFactory(password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    response = client.get(address, follow=True)
    assert response.redirect_chain[0][0].startswith("/konto/reauthenticate/")
    assert "Bekreft at det er deg" in response.content.decode()
