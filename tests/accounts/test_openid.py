"""Logging in with ID-porten and Feide, at a provider that runs beside the tests."""

import json
import re
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.factories.accounts import UserFactory
from tests.servers.openid import CLIENT_ID, CLIENT_SECRET, new_key, provider_running

pytestmark = pytest.mark.django_db

PID = "21867099999"  # made up, and not a valid number
SUBSTANTIAL = "idporten-loa-substantial"
FEIDE = "/konto/oidc/feide/login/"
IDPORTEN = "/konto/oidc/idporten/login/"
KIM = {
    "sub": "0b1f",
    "email": "kim@example.org",
    "email_verified": True,
    "given_name": "Kim",
    "family_name": "Nordmann",
    "https://n.feide.no/claims/userid_sec": [f"nin:{PID}"],
}
KARI = {"sub": "9z8y", "pid": PID, "acr": SUBSTANTIAL, "locale": "nb"}


@pytest.fixture(scope="module")
def running():
    with provider_running() as provider:
        yield provider


@pytest.fixture
def provider(running, settings):
    running.claims, running.forge, running.userinfo = dict(KIM), {}, {}
    running.signing_key, running.algorithm = None, "RS256"
    running.asked.clear()
    cache.clear()
    ours = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    shared = {"client_id": CLIENT_ID, "secret": CLIENT_SECRET}
    where = {"issuer": running.issuer, "server_url": running.issuer}
    apps = [
        {
            "provider_id": "idporten",
            "name": "ID-porten",
            **shared,
            "settings": {
                **where,
                "scope": ["openid", "profile"],
                "acr": [SUBSTANTIAL, "idporten-loa-high"],
                "fetch_userinfo": False,
            },
        },
        {
            "provider_id": "feide",
            "name": "Feide",
            **shared,
            "settings": {**where, "scope": ["openid", "profile", "email"]},
        },
    ]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**ours, "APPS": apps}}
    return running


def leave(client, address=FEIDE, **query):
    """Press the button; gives where the page leads to."""
    suffix = "&".join(f"{name}={value}" for name, value in query.items())
    page = client.post(f"{address}?{suffix}")
    assert page.status_code == 200
    return re.search(r'<a class="ds-button" href="([^"]+)"', page.content.decode())[1].replace(
        "&amp;", "&"
    )


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def visit(address):
    """Be at the provider; gives the path that it sends back to."""
    try:
        urllib.request.build_opener(Stay).open(address)
    except urllib.error.HTTPError as answer:
        with answer:
            back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def log_in(client, address=FEIDE, **query):
    return client.get(visit(leave(client, address, **query)))


def test_only_configured_providers_have_buttons(client, provider, settings):
    page = client.get("/konto/login/").content.decode()
    assert "Fortsett med Feide" in page
    assert "Fortsett med ID-porten" in page
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    page = client.get("/konto/login/").content.decode()
    assert "Fortsett med" not in page
    assert client.post(FEIDE).status_code == 404


def test_the_button_asks_for_a_code_with_pkce_state_and_nonce(client, provider):
    address = leave(client, IDPORTEN)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{provider.issuer}/authorize?")
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) == 32
    assert asked["state"]
    assert asked["acr_values"] == f"{SUBSTANTIAL} idporten-loa-high"
    assert asked["ui_locales"] == "nb"
    assert asked["redirect_uri"] == "http://testserver/konto/oidc/idporten/login/callback/"


def test_a_link_cannot_ask_for_less(client, provider):
    address = leave(client, IDPORTEN, auth_params="acr_values%3Dlow%26nonce%3Dknown", scope="more")
    asked = parse_qs(urlsplit(address).query)
    assert asked["acr_values"] == [f"{SUBSTANTIAL} idporten-loa-high"]
    assert asked["nonce"] != ["known"]
    assert set(asked["scope"][0].split()) == {"openid", "profile"}


def test_a_link_alone_sends_nobody_there(client, provider):
    page = client.get(FEIDE).content.decode()
    assert "Fortsett med Feide" in page
    assert provider.issuer not in page


def test_whoever_comes_from_feide_has_an_account_at_once(client, provider, letters):
    response = log_in(client, next="/sok/")
    assert response["Location"] == "/sok/"
    user = get_user(client)
    assert (user.get_full_name(), user.email) == ("Kim Nordmann", "kim@example.org")
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified
    assert not letters


def test_who_comes_again_comes_to_the_same_account(client, provider):
    log_in(client)
    provider.claims["email"] = "kim.ny@example.org"
    again = Client()
    log_in(again)
    assert get_user(again) == get_user(client) == User.objects.get()
    assert User.objects.get().email == "kim@example.org"


def test_who_left_in_english_comes_back_in_english(client, provider):
    response = log_in(client, "/en/account/oidc/feide/login/")
    assert response["Location"] == "/en/account/"
    assert get_user(client).language == "en"
    assert provider.asked[-1]["redirect_uri"].endswith("/konto/oidc/feide/login/callback/")
    assert provider.asked[-1]["ui_locales"] == "en"


def test_id_porten_tells_no_address_so_it_is_asked_for_and_confirmed(client, provider, letters):
    provider.claims = dict(KARI)
    response = log_in(client, IDPORTEN)
    assert response["Location"] == "/konto/3rdparty/signup/"
    assert "Du har logget inn med ID-porten." in client.get(response["Location"]).content.decode()
    values = {"first_name": "Kari", "last_name": "Nordmann", "email": "kari@example.org"}
    client.post(response["Location"], values)
    assert not get_user(client).is_authenticated
    client.post("/konto/confirm-email/", {"code": letters[-1].code})
    assert get_user(client).get_full_name() == "Kari Nordmann"


def everything_stored():
    sessions = [session.get_decoded() for session in Session.objects.all()]
    accounts = list(SocialAccount.objects.values("uid", "extra_data", "provider"))
    people = list(User.objects.values())
    return json.dumps([sessions, accounts, people], default=str)


def test_neither_identity_number_nor_token_is_kept_anywhere(client, provider, letters, caplog):
    provider.claims = {**KARI, "pid": PID}
    log_in(client, IDPORTEN)
    assert PID not in everything_stored()
    values = {"first_name": "Kari", "last_name": "Nordmann", "email": "kari@example.org"}
    client.post("/konto/3rdparty/signup/", values)
    client.post("/konto/confirm-email/", {"code": letters[-1].code})
    provider.claims = dict(KIM)
    log_in(Client())
    stored = everything_stored()
    assert SocialAccount.objects.count() == 2
    assert not SocialToken.objects.exists()
    for secret in (PID, "tilgang-til-alt", "eyJ"):
        assert secret not in stored
        assert secret not in caplog.text


@pytest.mark.parametrize(
    "forge",
    [
        {"acr": "idporten-loa-low"},
        {"acr": None},
        {"acr": [SUBSTANTIAL]},
        {"nonce": "of another log-in"},
        {"nonce": None},
        {"iss": "https://ond.example.com"},
        {"aud": "another-client"},
        {"aud": [CLIENT_ID, "another"], "azp": "another"},
        {"exp": 1},
        {"exp": None},
        {"iat": 99_999_999_999},
        {"sub": None},
    ],
)
def test_a_statement_that_does_not_hold_is_refused(client, provider, forge, caplog):
    provider.claims, provider.forge = dict(KARI), forge
    response = log_in(client, IDPORTEN)
    assert response.status_code == 401
    assert "Innloggingen gikk ikke" in response.content.decode()
    assert not get_user(client).is_authenticated
    assert not User.objects.exists()
    assert "ID token refused" in caplog.text


def test_a_signature_of_somebody_else_is_refused(client, provider):
    provider.signing_key = new_key()
    assert log_in(client).status_code == 401
    assert not User.objects.exists()


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_without_a_real_signature_is_refused(client, provider, algorithm):
    provider.algorithm = algorithm
    assert log_in(client).status_code == 401
    assert not User.objects.exists()


def test_what_is_told_of_somebody_else_is_refused(client, provider):
    provider.userinfo = {"sub": "another"}
    assert log_in(client).status_code == 401


def test_a_provider_that_names_another_issuer_is_refused(client, provider, settings):
    (_, feide) = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    feide["settings"]["issuer"] = "https://auth.example.org"
    assert client.post(FEIDE).status_code == 401


def test_an_answer_that_another_provider_signs_for_is_refused(client, provider):
    back = visit(leave(client))
    assert client.get(f"{back}&iss=https://ond.example.com").status_code == 401
    assert not User.objects.exists()


def test_an_answer_is_good_once_and_in_its_own_browser(client, provider):
    back = visit(leave(client))
    assert Client().get(back).status_code == 401
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 401


def test_an_answer_for_one_provider_is_none_for_another(client, provider):
    back = visit(leave(client)).replace("/feide/", "/idporten/")
    assert client.get(back).status_code == 401


def test_who_says_no_at_the_provider_is_told_so(client, provider):
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    response = client.get(f"{FEIDE}callback/?error=access_denied&state={state}", follow=True)
    assert "Du har avbrutt innloggingen" in response.content.decode()


def test_a_provider_that_is_away_is_said_to_be(client, provider, settings):
    (_, feide) = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    feide["settings"] |= {"issuer": "http://127.0.0.1:9", "server_url": "http://127.0.0.1:9"}
    response = client.post(FEIDE)
    assert response.status_code == 401
    assert "Innloggingen gikk ikke" in response.content.decode()


def existing(**values):
    user = UserFactory(email="kim@example.org", password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, **values)
    return user


@pytest.mark.parametrize("verified", [True, False])
def test_an_account_is_not_taken_over_by_who_has_its_address_elsewhere(client, provider, verified):
    existing(verified=verified)
    response = log_in(client)
    assert response["Location"].startswith("/konto/login/?next=")
    assert "Logg inn som du pleier" in client.get(response["Location"]).content.decode()
    assert not get_user(client).is_authenticated
    assert not SocialAccount.objects.exists()


def test_who_only_says_to_have_an_address_learns_nothing_of_it(provider, letters):
    existing(verified=True)
    provider.claims["email_verified"] = False

    def answers(address):
        provider.claims["email"] = address
        client = Client()
        response = log_in(client)
        form = client.get(response["Location"])
        values = {"first_name": "K", "last_name": "N", "email": address}
        posted = client.post(response["Location"], values)
        return response["Location"], form.status_code, posted.status_code, posted["Location"]

    assert answers("kim@example.org") == answers("ukjent@example.org")
    assert not SocialAccount.objects.filter(user__email="kim@example.org").exists()


def test_a_person_connects_a_provider_after_showing_who_they_are(client, provider, letters):
    user = existing(verified=True)
    client.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    back = visit(leave(client, process="connect"))
    assert client.get(back)["Location"] == "/konto/reauthenticate/"
    assert not SocialAccount.objects.exists()
    response = client.post("/konto/reauthenticate/", {"password": PASSWORD}, follow=True)
    assert "Feide" in response.content.decode()
    assert SocialAccount.objects.get().user == user
    assert letters[-1].text.startswith("Du kan nå logge inn på kontoen din med Feide.")
    again = Client()
    log_in(again)
    assert get_user(again) == user


def test_what_one_person_has_connected_another_cannot(client, provider):
    log_in(Client())
    owner = User.objects.get()
    other = UserFactory(password=PASSWORD)
    EmailAddress.objects.create(user=other, email=other.email, verified=True, primary=True)
    client.post("/konto/login/", {"login": other.email, "password": PASSWORD})
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    client.get(visit(leave(client, process="connect")))
    assert SocialAccount.objects.get().user == owner


def test_nobody_removes_what_another_has_connected(client, provider, kari):
    log_in(Client())
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    account = SocialAccount.objects.get()
    client.post("/konto/3rdparty/", {"account": account.pk})
    assert SocialAccount.objects.filter(pk=account.pk).exists()


def test_who_has_no_password_does_not_remove_the_last_way_in(client, provider):
    log_in(client)
    response = client.post("/konto/3rdparty/", {"account": SocialAccount.objects.get().pk})
    assert response.status_code == 200
    assert SocialAccount.objects.exists()


def test_hostile_names_of_a_provider_become_no_names(client, provider, letters):
    provider.claims |= {"given_name": "<script>alert(1)</script>", "family_name": "x" * 500}
    response = log_in(client)
    page = client.get(response["Location"]).content.decode()
    assert "<script>alert" not in page
    assert not User.objects.exists()


def test_who_comes_from_a_provider_erases_themselves_after_a_fresh_log_in(client, provider):
    log_in(client)
    assert client.get("/konto/slett/").status_code == 200
    User.objects.update(last_login="2026-01-01T00:00:00Z")
    assert client.get("/konto/slett/")["Location"].startswith("/konto/login/")
