"""What is held about a person: nothing may be left out of it."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import ModelLogEntry

from accounts import personal
from accounts.personal import PersonalData
from network.organisations.models import Membership
from network.organisations.services import add_member
from network.parks.models import ParkStaff
from network.parks.services import add_staff
from tests.factories.accounts import UserFactory
from tests.factories.network import OrganisationFactory, ParkFactory


@pytest.fixture
def busy(db):
    """Somebody who belongs to an organisation and works for a park."""
    user = UserFactory(email="kari@example.org", first_name="Kari", password="en lang setning")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    add_member(OrganisationFactory(name="Verkstedet"), user, administrator=True)
    add_staff(ParkFactory(name_nb="Fjordparken"), user)
    return user


def exported(user):
    return {part.name: list(part.export(user)) for part in personal.registered()}


def test_every_model_with_a_link_to_a_person_is_registered_by_its_room():
    left_out = personal.linked_models() - personal.covered_models()
    assert not left_out, (
        f"{sorted(left_out)}: say in AppConfig.ready how they are exported and erased, with"
        " accounts.personal.register"
    )


def test_nothing_is_registered_that_does_not_exist():
    assert personal.covered_models() <= {model._meta.label for model in apps.get_models()}


def test_a_link_that_nobody_registers_is_noticed(monkeypatch):
    without = {name: each for name, each in personal._registered.items() if name != "memberships"}
    monkeypatch.setattr(personal, "_registered", without)
    left_out = personal.linked_models() - personal.covered_models()
    assert left_out == {"organisations.Membership"}


def test_two_parts_cannot_have_one_name():
    impostor = PersonalData("memberships", ("parks.ParkStaff",), lambda user: [], lambda user: None)
    with pytest.raises(ValueError, match="memberships"):
        personal.register(impostor)


def test_what_is_handed_out_names_the_person_and_what_they_belong_to(busy):
    parts = exported(busy)
    assert parts["person"][0]["email"] == "kari@example.org"
    assert parts["memberships"] == [{"organisation": "Verkstedet", "administrator": True}]
    assert parts["park_staff"] == [{"park": "Fjordparken"}]
    assert parts["addresses"][0]["verified"] is True


def test_no_secret_is_handed_out(busy):
    text = json.dumps(exported(busy), cls=DjangoJSONEncoder)
    assert busy.password not in text
    assert "session_key" not in text


def test_nothing_of_another_person_is_handed_out(busy):
    stranger = UserFactory()
    own = {"person", "addresses"}
    assert {name for name, rows in exported(stranger).items() if rows} <= own
    assert "kari@example.org" not in json.dumps(exported(stranger), cls=DjangoJSONEncoder)


def test_erasing_every_part_leaves_nothing_that_only_concerns_the_person(busy):
    ModelLogEntry.objects.log_action(busy, "wagtail.edit")
    stranger = UserFactory()
    add_member(Membership.objects.get().organisation, stranger)
    for part in personal.registered():
        part.erase(busy)
    assert not Membership.objects.filter(user=busy).exists()
    assert not ParkStaff.objects.filter(user=busy).exists()
    assert not EmailAddress.objects.filter(user=busy).exists()
    assert not busy.groups.exists()
    assert Membership.objects.filter(user=stranger).exists()
    assert not ModelLogEntry.objects.filter(label__contains="Kari").exists()
