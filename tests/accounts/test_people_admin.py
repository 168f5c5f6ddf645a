"""People in the admin: who sees them, and what is done with them."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.test import Client
from wagtail.models import ModelLogEntry

from accounts.models import User
from network.organisations.services import add_member
from tests.accounts.conftest import PASSWORD
from tests.factories.accounts import UserFactory, network_administrator, staff_of
from tests.factories.network import OrganisationFactory, ParkFactory

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/users/"


@pytest.fixture
def editor(client):
    client.force_login(network_administrator())
    return client


def person(**values):
    user = UserFactory(password=PASSWORD, **values)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_the_list_tells_whom_people_belong_to_and_whose_address_is_confirmed(editor):
    user = person(email="kari@example.org", first_name="Kari")
    add_member(OrganisationFactory(name="Verkstedet"), user)
    page = editor.get(PEOPLE).content.decode()
    assert "kari@example.org" in page
    assert "Verkstedet" in page
    assert "Adressen er bekreftet" in page


def test_the_list_can_be_narrowed_to_those_who_have_not_confirmed(editor):
    person(email="kari@example.org")
    UserFactory(email="ola@example.org")
    page = editor.get(PEOPLE, {"is_verified": "false"}).content.decode()
    assert "ola@example.org" in page
    assert "kari@example.org" not in page


def test_hostile_names_are_text_in_the_list(editor):
    person(first_name="<script>alert(1)</script>")
    assert "<script>alert(1)" not in editor.get(PEOPLE).content.decode()


def test_the_list_asks_the_same_of_the_database_for_one_and_for_twenty(
    editor, django_assert_max_num_queries
):
    workshop = OrganisationFactory()
    for _ in range(20):
        add_member(workshop, person())
    editor.get(PEOPLE)
    with django_assert_max_num_queries(30):
        editor.get(PEOPLE)


def test_park_staff_see_no_list_of_people(client):
    client.force_login(staff_of(ParkFactory()))
    assert client.get(PEOPLE).status_code in {302, 403, 404}


def edited(user, **values):
    return {
        "email": user.email,
        "first_name": "Kari",
        "last_name": "Nordmann",
        "is_active": "on",
        **values,
    }


def test_whoever_is_deactivated_is_out_everywhere_and_comes_back_only_when_let(editor):
    user = person()
    theirs = Client()
    theirs.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    values = edited(user)
    del values["is_active"]
    assert editor.post(f"{PEOPLE}edit/{user.pk}/", values).status_code == 302
    assert not User.objects.get(pk=user.pk).is_active
    assert not get_user(theirs).is_authenticated
    theirs.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    assert not get_user(theirs).is_authenticated
    editor.post(f"{PEOPLE}edit/{user.pk}/", edited(user))
    theirs.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    assert get_user(theirs) == user


def test_nobody_changes_an_account_above_their_own(editor):
    above = person(is_superuser=True)
    values = edited(above, email="mine@example.org")
    assert editor.post(f"{PEOPLE}edit/{above.pk}/", values).status_code in {302, 403}
    bulk = f"/admin/bulk/accounts/user/set_active_state/?id={above.pk}&next={PEOPLE}"
    editor.post(bulk, {"mark_as_active": "False"})
    stored = User.objects.get(pk=above.pk)
    assert stored.email == above.email
    assert stored.is_active


@pytest.mark.parametrize("many", [False, True])
def test_deleting_a_person_erases_them_and_leaves_the_history(editor, many, letters):
    user = person(first_name="Kari")
    ModelLogEntry.objects.log_action(OrganisationFactory(), "wagtail.edit", user=user)
    if many:
        editor.post(f"/admin/bulk/accounts/user/delete/?id={user.pk}&next={PEOPLE}")
    else:
        editor.post(f"{PEOPLE}delete/{user.pk}/")
    left = User.objects.get(pk=user.pk)
    assert left.erased_at is not None
    assert left.first_name == ""
    assert letters[-1].to == user.email
    assert user.email not in editor.get(PEOPLE).content.decode()
