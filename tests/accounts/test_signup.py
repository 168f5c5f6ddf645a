"""Signing up: easy, confirmed, and nothing learnt about who has an account."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.signup import SignupForm
from tests.accounts.conftest import PASSWORD
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

SIGN_UP = "/konto/signup/"
CONFIRM = "/konto/confirm-email/"
KARI = {
    "first_name": "Kari",
    "last_name": "Nordmann",
    "email": "kari@example.org",
    "password1": PASSWORD,
}


def sign_up(client, address=SIGN_UP, **values):
    return client.post(address, {**KARI, **values})


def known(email="kari@example.org", *, confirmed=True, password="et helt annet passord"):
    user = UserFactory(email=email, password=password)
    EmailAddress.objects.create(user=user, email=email, verified=confirmed, primary=True)
    return user


@pytest.fixture
def hashes(monkeypatch):
    """The passwords that a hash was computed of."""
    computed = []
    encode = MD5PasswordHasher.encode

    def counted(self, password, salt):
        computed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return computed


def test_a_person_signs_up_types_the_code_and_is_in(client, letters):
    response = sign_up(client)
    assert response["Location"] == CONFIRM
    assert not get_user(client).is_authenticated
    (letter,) = letters
    assert letter.to == "kari@example.org"
    assert letter.code in letter.subject
    page = client.get(CONFIRM).content.decode()
    assert "kari@example.org" in page
    assert 'autocomplete="one-time-code"' in page
    response = client.post(CONFIRM, {"code": letter.code})
    user = User.objects.get()
    assert get_user(client) == user
    assert user.get_full_name() == "Kari Nordmann"
    assert EmailAddress.objects.get(user=user).verified


def test_the_code_may_be_typed_without_its_dash(client, letters):
    sign_up(client)
    client.post(CONFIRM, {"code": f" {letters[0].code.replace('-', '')} "})
    assert get_user(client).is_authenticated


@pytest.mark.parametrize(("address", "language"), [(SIGN_UP, "nb"), ("/en/account/signup/", "en")])
def test_the_account_has_the_language_of_the_page(client, letters, address, language):
    sign_up(client, address)
    assert User.objects.get().language == language
    assert letters[0].language == language


def test_sign_up_leads_back_to_where_one_came_from(client, letters):
    sign_up(client, f"{SIGN_UP}?next=/sok/", next="/sok/")
    response = client.post(CONFIRM, {"code": letters[0].code})
    assert response["Location"] == "/sok/"


def test_sign_up_leads_to_no_other_site(client, letters):
    sign_up(client, next="https://ond.example.com/")
    response = client.post(CONFIRM, {"code": letters[0].code})
    assert response["Location"] == "/konto/"


def test_the_page_says_what_happens_next_and_helps_the_browser_fill_in(client):
    page = client.get(SIGN_UP).content.decode()
    assert "Vi sender en kode" in page
    for token in ("given-name", "family-name", "email", "new-password"):
        assert f'autocomplete="{token}"' in page
    assert 'inputmode="email"' in page
    assert page.count('type="password"') == 1


@pytest.mark.parametrize(
    "values",
    [
        {"password1": "kort"},
        {"email": "ikke en adresse"},
        {"first_name": ""},
        {"last_name": "x" * 151},
        {"first_name": "Vinn penger på https://ond.example.com"},
        {"first_name": "<script>alert(1)</script>"},
        {"last_name": "www.ond.example.com"},
        {"first_name": "Ka\u202eri"},
        {"email": f"{'x' * 250}@example.org"},
        {"password1": "p" * 201},
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_what_was_typed_is_kept(client, letters, values):
    response = sign_up(client, **values)
    assert response.status_code == 200
    (field,) = response.context["form"].errors
    assert field in values
    page = response.content.decode()
    assert f'id="id_{field}_error"' in page
    assert not User.objects.exists()
    assert not letters
    for kept in {"first_name", "last_name", "email"} - values.keys():
        assert f'value="{KARI[kept]}"' in page
    assert PASSWORD not in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "name", ["Åse-Marie", "D'Arcy", "O’Neill", "Nguyễn Văn", "Li", "van der Ånes jr."]
)
def test_names_of_all_kinds_are_names(client, name):
    sign_up(client, first_name=name)
    assert User.objects.get().first_name == name


def answer(address, visit=SIGN_UP):
    """Status, headers and body of signing up, and of the page that follows."""
    client = Client()
    response = sign_up(client, visit, email=address)
    page = client.get(response["Location"])
    body = page.content.decode().replace(address, "ADDRESS")
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body)
    headers = {
        name: value for name, value in response.items() if name not in {"Set-Cookie", "Expires"}
    }
    cookies = {(name, each["max-age"]) for name, each in client.cookies.items()}
    return response.status_code, headers, response.content, page.status_code, body, cookies


@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("visit", [SIGN_UP, "/en/account/signup/", f"{SIGN_UP}?next=/sok/"])
def test_a_known_and_an_unknown_address_are_answered_alike(letters, confirmed, visit):
    known(confirmed=confirmed)
    assert answer("kari@example.org", visit) == answer("ukjent@example.org", visit)
    assert [each.to for each in letters] == ["kari@example.org", "ukjent@example.org"]


@pytest.mark.parametrize(
    "person",
    [
        {"confirmed": True},
        {"confirmed": False},
        {"confirmed": True, "password": None},
        {"confirmed": False, "password": PASSWORD},
        {"confirmed": True, "password": PASSWORD},
    ],
)
def test_a_known_and_an_unknown_address_take_the_same_work(hashes, person):
    known(**person)
    hashes.clear()
    sign_up(Client())
    for_known = len(hashes)
    hashes.clear()
    sign_up(Client(), email="ukjent@example.org")
    assert for_known == len(hashes) == 1


def test_a_known_address_learns_it_by_mail_and_keeps_its_account(client, letters):
    user = known()
    before = user.password
    sign_up(client)
    (letter,) = letters
    assert "Det finnes en konto fra før" in letter.text
    assert letter.action.url == "/konto/password/reset/"
    user.refresh_from_db()
    assert user.password == before
    assert user.first_name == ""


def test_wrong_codes_are_answered_alike_until_one_must_start_over(letters):
    known()

    def tries(address):
        client = Client()
        sign_up(client, email=address)
        return [
            (
                response.status_code,
                response.get("Location"),
                "id_code_error" in str(response.content),
            )
            for response in (client.post(CONFIRM, {"code": "000-000"}) for _ in range(6))
        ]

    unknown = tries("ukjent@example.org")
    assert tries("kari@example.org") == unknown
    assert unknown[0][2]
    assert unknown[-1][:2] == (302, "/konto/login/")


def test_a_code_is_no_longer_good_after_half_an_hour(client, letters, monkeypatch):
    sign_up(client)
    later = (timezone.now() + timedelta(minutes=31)).timestamp()
    monkeypatch.setattr("time.time", lambda: later)
    client.post(CONFIRM, {"code": letters[0].code})
    assert not get_user(client).is_authenticated


def test_a_new_code_makes_the_old_one_worthless(client, letters):
    sign_up(client)
    client.post(CONFIRM, {"action": "resend"})
    old, new = letters[0].code, letters[1].code
    assert old != new
    client.post(CONFIRM, {"code": old})
    assert not get_user(client).is_authenticated
    client.post(CONFIRM, {"code": new})
    assert get_user(client).is_authenticated


def test_who_has_lost_the_page_signs_in_elsewhere_and_gets_a_new_code(client, letters):
    sign_up(client)
    elsewhere = Client()
    elsewhere.post("/konto/login/", {"login": "kari@example.org", "password": PASSWORD})
    elsewhere.post(CONFIRM, {"code": letters[-1].code})
    assert get_user(elsewhere).is_authenticated
    assert len(letters) == 2


def test_a_double_click_makes_one_account_whose_last_code_works(client, letters):
    """The second request has no session yet, and its answer is the one that is shown."""
    sign_up(Client())
    sign_up(client)
    assert User.objects.count() == 1
    client.post(CONFIRM, {"code": letters[-1].code})
    assert get_user(client) == User.objects.get()


def test_a_second_click_that_is_faster_than_the_check_makes_no_second_account(
    client, letters, monkeypatch
):
    monkeypatch.setattr(SignupForm, "validate_unique_email", lambda self, value: value)
    sign_up(Client())
    response = sign_up(client)
    assert response["Location"] == CONFIRM
    assert User.objects.count() == EmailAddress.objects.count() == 1


def test_whoever_signs_up_with_anothers_address_cannot_get_in(client, letters):
    """Nor does their password hold when the owner of the address comes."""
    sign_up(client, password1="angriperens eget passord")
    owner = Client()
    owner.post("/konto/password/reset/", {"email": "kari@example.org"})
    link = owner.get(letters[-1].action.url, follow=True).redirect_chain[-1][0]
    owner.post(link, {"password1": PASSWORD, "password2": PASSWORD})
    client.post(
        "/konto/login/", {"login": "kari@example.org", "password": "angriperens eget passord"}
    )
    assert not get_user(client).is_authenticated
    owner.post("/konto/login/", {"login": "kari@example.org", "password": PASSWORD})
    assert get_user(owner).is_authenticated


def test_too_many_sign_ups_from_one_place_are_refused_in_the_look_of_the_site():
    for number in range(21):
        response = sign_up(Client(), email=f"person-{number}@example.org")
    assert response.status_code == 429
    page = response.content.decode()
    assert "For mange forsøk" in page
    assert "pn-header" in page


def test_who_is_logged_in_does_not_sign_up_again(client, kari):
    assert client.get(SIGN_UP).status_code == 302


def test_nobody_signs_up_as_an_administrator(client):
    sign_up(client, is_superuser="on", is_staff="on", groups="1")
    stored = User.objects.get()
    assert not stored.is_superuser
    assert not stored.is_staff
