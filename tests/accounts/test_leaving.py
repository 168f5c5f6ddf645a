"""Taking out one's data, and erasing oneself."""

import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user
from django.test import Client
from wagtail.models import ModelLogEntry

from accounts import erasure, personal
from accounts.models import User
from network.organisations.models import Membership
from network.organisations.services import add_member
from network.parks.models import ParkStaff
from network.parks.services import add_staff
from tests.accounts.conftest import PASSWORD
from tests.factories.accounts import UserFactory
from tests.factories.network import OrganisationFactory, ParkFactory

pytestmark = pytest.mark.django_db

DOWNLOAD = "/konto/mine-data/last-ned/"
ERASE = "/konto/slett/"


@pytest.fixture
def kari(client, kari):
    """Somebody who has just shown who she is."""
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    return kari


def downloaded(client):
    response = client.get(DOWNLOAD)
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"].startswith('attachment; filename="parknett-')
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def erase(client, typed="kari@example.org"):
    return client.post(ERASE, {"email": typed})


def test_the_archive_holds_a_file_for_every_part_and_says_what_it_is(client, kari):
    add_member(OrganisationFactory(name="Verkstedet"), kari)
    archive = downloaded(client)
    names = {f"{part.name}.json" for part in personal.registered()}
    assert set(archive.namelist()) == names | {"README.txt"}
    parts = {name: json.loads(archive.read(name)) for name in names}
    assert parts["person.json"][0]["email"] == "kari@example.org"
    assert parts["memberships.json"][0]["organisation"] == "Verkstedet"
    assert parts["park_staff.json"] == []
    assert "kari@example.org" in archive.read("README.txt").decode()


def test_the_archive_holds_no_secret_and_nothing_of_others(client, kari):
    UserFactory(email="ola@example.org")
    Authenticator.objects.create(
        user=kari, type=Authenticator.Type.TOTP, data={"secret": "HEMMELIG"}
    )
    archive = downloaded(client)
    text = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "HEMMELIG" not in text
    assert kari.password not in text
    assert client.session.session_key not in text
    assert "ola@example.org" not in text


def test_whoever_finds_the_browser_open_gets_no_archive_and_erases_nobody(kari):
    thief = Client()
    thief.post("/konto/login/", {"login": kari.email, "password": PASSWORD})
    for address in (DOWNLOAD, ERASE):
        assert "/reauthenticate/" in thief.get(address)["Location"]
    assert "/reauthenticate/" in erase(thief)["Location"]
    assert User.objects.filter(email=kari.email).exists()


def test_a_person_on_whom_nobody_relies_is_gone(client, kari, letters):
    elsewhere = Client()
    elsewhere.post("/konto/login/", {"login": kari.email, "password": PASSWORD})
    add_staff(ParkFactory(), kari)
    response = erase(client)
    assert response["Location"] == "/"
    assert "Kontoen din er slettet" in client.get("/sok/").content.decode()
    assert not User.objects.exists()
    assert not ParkStaff.objects.exists()
    assert not UserSession.objects.exists()
    assert not get_user(client).is_authenticated
    assert not get_user(elsewhere).is_authenticated
    letter = letters[-1]
    assert letter.to == "kari@example.org"
    assert letter.subject == "Kontoen din er slettet"
    assert letter.user is None


def test_who_has_done_something_that_others_rely_on_stays_without_a_name(client, kari):
    User.objects.update(
        first_name="Kari", last_name="Nordmann", phone="22 00 00 00", competences="Korrosjon"
    )
    entry = ModelLogEntry.objects.log_action(OrganisationFactory(), "wagtail.edit", user=kari)
    erase(client)
    left = User.objects.get()
    assert entry.__class__.objects.get(pk=entry.pk).user == left
    assert str(left) == "Slettet bruker"
    assert not left.is_active
    assert left.erased_at is not None
    kept = json.dumps([str(value) for value in vars(left).values()])
    for known in ("kari", "Kari", "Nordmann", "22 00", "Korrosjon"):
        assert known not in kept
    assert not EmailAddress.objects.exists()
    assert not EmailAddress.objects.filter(user=left).exists()


def test_an_erased_person_can_sign_up_anew_and_is_somebody_else(client, kari, letters):
    ModelLogEntry.objects.log_action(OrganisationFactory(), "wagtail.edit", user=kari)
    erase(client)
    values = {"first_name": "Kari", "last_name": "N", "email": kari.email, "password1": PASSWORD}
    client.post("/konto/signup/", values)
    client.post("/konto/confirm-email/", {"code": letters[-1].code})
    assert get_user(client).pk != kari.pk
    assert get_user(client).email == kari.email


def test_an_erased_person_gets_no_link_for_a_new_password(client, kari, letters):
    ModelLogEntry.objects.log_action(OrganisationFactory(), "wagtail.edit", user=kari)
    erase(client)
    letters.clear()
    left = User.objects.get()
    Client().post("/konto/password/reset/", {"email": left.email})
    Client().post("/konto/password/reset/", {"email": "kari@example.org"})
    assert all("/password/reset/key/" not in each.action.url for each in letters)


@pytest.mark.parametrize("typed", ["", "ola@example.org", "kari@example.or", "x" * 255])
def test_only_who_types_the_own_address_is_erased(client, kari, typed):
    UserFactory(email="ola@example.org")
    response = erase(client, typed)
    assert response.status_code == 422
    assert 'id="id_email_error"' in response.content.decode()
    assert User.objects.count() == 2


def test_a_second_click_finds_nobody_to_erase(client, kari):
    UserFactory()
    erase(client)
    assert erase(client)["Location"].startswith("/konto/login/")
    assert User.objects.count() == 1


def test_nothing_is_erased_when_a_part_fails(client, kari, letters, monkeypatch):
    add_member(OrganisationFactory(), kari)
    letters.clear()

    def fail(user):
        raise RuntimeError("no")

    broken = personal.PersonalData("broken", (), lambda user: [], fail)
    monkeypatch.setattr(personal, "_registered", {"broken": broken, **personal._registered})
    with pytest.raises(RuntimeError):
        erase(client)
    assert Membership.objects.filter(user=kari).exists()
    assert User.objects.get().is_active
    assert not letters


def test_people_are_told_what_their_leaving_leaves_behind(client, kari, monkeypatch):
    monkeypatch.setattr(erasure, "_warnings", [])
    erasure.provide_warning(lambda user: [f"{user.email} er den siste <b>lederen</b>."])
    page = client.get(ERASE).content.decode()
    assert "kari@example.org er den siste &lt;b&gt;lederen&lt;/b&gt;." in page


def test_the_last_superuser_stays_until_there_is_another(client, kari):
    User.objects.update(is_superuser=True)
    assert erase(client).status_code == 422
    UserFactory(is_superuser=True)
    assert erase(client).status_code == 302
