"""Vocabularies and the sample."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.roles import roles_of
from network.facilities.models import Facility, Method, Standard
from network.facilities.sample import LOGINS, PASSWORD
from network.organisations.models import Organisation
from search.models import SearchEntry

pytestmark = pytest.mark.django_db


def run(command, *arguments):
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def parks(db):
    call_command("load_network_data", stdout=io.StringIO())


def test_the_vocabularies_are_loaded_once_and_the_second_time_changes_nothing():
    run("load_vocabularies")
    assert Method.objects.get(slug="strekkproving").forms[:2] == [
        "Strekkprøving",
        "Tensile testing",
    ]
    assert Standard.objects.get(slug="iso-6892-1").code == "ISO 6892-1"
    assert "0 created, 0 updated" in run("load_vocabularies")


def test_loading_leaves_what_an_editor_has_changed_or_deleted():
    run("load_vocabularies")
    method = Method.objects.get(slug="strekkproving")
    method.synonyms_nb = "mitt eget ord"
    method.save()
    Method.objects.get(slug="kryping").delete()
    run("load_vocabularies")
    method.refresh_from_db()
    assert method.synonyms_nb == "mitt eget ord"
    assert not Method.objects.filter(slug="kryping").exists()


def test_the_sample_is_complete_marked_and_searchable(parks):
    run("load_sample_data")
    facilities = Facility.objects.all()
    assert facilities.count() == 24
    assert all(facility.sample and facility.confirmed_on for facility in facilities)
    assert all(host.sample for host in Organisation.objects.filter(facilities__isnull=False))
    assert {facility.park.slug for facility in facilities} == {
        park.slug for park in type(facilities[0].park).objects.all()
    }
    for facility in facilities:
        assert facility.methods.exists(), facility.slug
        assert facility.equipment.exists(), facility.slug
        assert facility.prices.exists(), facility.slug
        for address in (facility.contact_email, facility.url, facility.host.contact_email):
            assert "example.org" in address
    assert SearchEntry.objects.filter(type="facility").count() == 24


def test_loading_the_sample_again_changes_nothing_and_brings_nothing_back(parks):
    run("load_sample_data")
    # Those that the sample has asked something are held by what was asked.
    kept, gone = Facility.objects.filter(requests=None, bookings=None)[:2]
    kept.name_nb = "Endret"
    kept.save()
    gone.delete()
    run("load_sample_data")
    kept.refresh_from_db()
    assert kept.name_nb == "Endret"
    assert Facility.objects.count() == 23


def test_there_is_a_log_in_for_each_role(parks, client):
    printed = run("load_sample_data")
    assert PASSWORD in printed
    roles = {login.email: roles_of(User.objects.get(email=login.email)) for login in LOGINS}
    assert roles["nettverk@example.org"].network_administrator
    assert roles["park@example.org"].parks
    assert roles["bedrift@example.org"].administers
    assert roles["medlem@example.org"].member
    assert run("sample_logins").count("@example.org") == 4
    assert client.login(email="park@example.org", password=PASSWORD)


def test_the_sample_can_be_removed_and_loaded_again(parks):
    run("load_sample_data")
    assert "facilities: 24 removed" in run("load_sample_data", "--remove")
    assert not Facility.objects.exists()
    assert not Organisation.objects.filter(sample=True).exists()
    assert not User.objects.filter(email__endswith="@example.org").exists()
    assert not SearchEntry.objects.filter(type="facility").exists()
    run("load_sample_data")
    assert Facility.objects.count() == 24


def test_a_site_open_to_others_refuses_the_sample_unless_forced(parks, settings):
    settings.BASE_URL = "https://parknett.example.org"
    with pytest.raises(CommandError, match="--force"):
        run("load_sample_data")
    assert not User.objects.exists()
    run("load_sample_data", "--force")
    assert Facility.objects.count() == 24


def test_the_sample_needs_the_parks():
    with pytest.raises(CommandError, match="load_network_data"):
        run("load_sample_data")
