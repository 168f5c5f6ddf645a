"""What followers of parks, organisations and facilities are told."""

from datetime import date

import pytest

from activity import services as activity
from activity.models import Event, Notification
from activity.reading import told
from activity.telling import tell_followers
from network.facilities import services
from network.facilities.services import FacilityData
from tests.factories.accounts import UserFactory, network_administrator, staff_of
from tests.factories.network import FacilityFactory, OrganisationFactory, ParkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def facility():
    return FacilityFactory(name_nb="Strekkprøvelab", published=True)


@pytest.fixture
def editor():
    return network_administrator()


def follower(*things):
    user = UserFactory()
    for thing in things:
        activity.follow(user, thing)
    return user


def titles(user):
    tell_followers(20)
    rows = Notification.objects.filter(user=user).select_related("event").order_by("pk")
    return [each.message.title for each in told(list(rows), user)]


def test_followers_of_the_park_and_of_the_host_hear_of_a_new_facility_once(editor):
    park, host = ParkFactory(), OrganisationFactory()
    both = follower(f"park:{park.pk}", f"organisation:{host.pk}")
    other = follower(f"park:{ParkFactory().pk}")
    fields = {
        "name_nb": "Nylab",
        "slug": "nylab",
        "summary_nb": "Prøver.",
        "park": park,
        "host": host,
    }
    facility = services.create_facility(
        FacilityData(fields={**fields, "published": False}), user=editor
    )
    assert titles(both) == []
    services.publish_facility(facility, user=editor)
    services.withdraw_facility(facility, user=editor)
    services.publish_facility(facility, user=editor)
    assert titles(both) == ["Ny testfasilitet: Nylab"]
    assert titles(other) == []


def test_what_an_import_brings_is_not_told_one_by_one():
    park, host = ParkFactory(), OrganisationFactory()
    fields = {
        "name_nb": "Nylab",
        "slug": "nylab",
        "summary_nb": "Prøver.",
        "park": park,
        "host": host,
    }
    services.create_facility(FacilityData(fields={**fields, "published": True}))
    assert not Event.objects.exists()


def test_followers_hear_of_material_changes_once_a_day(facility, editor):
    user = follower(f"facility:{facility.pk}")
    for text in ("Prøver mer.", "Prøver enda mer."):
        services.update_facility(facility, FacilityData(fields={"summary_nb": text}), user=editor)
    assert titles(user) == ["Strekkprøvelab er endret"]


@pytest.mark.parametrize(
    "fields", [{"contact_phone": "75 00 00 00"}, {"summary_nb": "Prøver ut noe."}]
)
def test_what_does_not_matter_is_not_told(facility, editor, fields):
    user = follower(f"facility:{facility.pk}")
    services.update_facility(facility, FacilityData(fields=fields), user=editor)
    assert titles(user) == []


def test_a_confirmation_is_told_to_followers_but_not_to_who_confirms(facility):
    editor = staff_of(facility.park)
    user = follower(f"facility:{facility.pk}")
    activity.follow(editor, f"facility:{facility.pk}")
    services.confirm_facility(facility, user=editor, on=date(2026, 11, 20))
    assert titles(user) == ["Strekkprøvelab er bekreftet"]
    assert titles(editor) == []


def test_its_followers_hear_that_a_facility_is_withdrawn_and_the_park_s_do_not(facility, editor):
    own, park = follower(f"facility:{facility.pk}"), follower(f"park:{facility.park_id}")
    services.update_facility(facility, FacilityData(fields={"summary_nb": "Nytt."}), user=editor)
    services.withdraw_facility(facility, user=editor)
    # What was told of the facility itself can no longer be seen.
    assert titles(own) == ["Strekkprøvelab tilbys ikke lenger"]
    assert titles(park) == []


def test_an_unpublished_facility_is_not_told_of(editor):
    hidden = FacilityFactory(published=False)
    user = follower(f"facility:{hidden.pk}", f"park:{hidden.park_id}")
    services.update_facility(hidden, FacilityData(fields={"summary_nb": "Ny"}), user=editor)
    services.confirm_facility(hidden, user=editor)
    services.withdraw_facility(hidden, user=editor)
    assert titles(user) == []


def test_opening_the_page_reads_what_was_told_of_it(client, facility, editor):
    user = follower(f"facility:{facility.pk}")
    services.confirm_facility(facility, user=editor)
    tell_followers(10)
    client.force_login(user)
    page = client.get(facility.get_absolute_url()).content.decode()
    assert "Du følger dette" in page
    assert Notification.objects.get(user=user).read_at is not None


@pytest.mark.parametrize("thing", ["park", "facility"])
def test_the_button_is_on_the_page_for_everybody_and_outside_what_is_kept(client, facility, thing):
    target = {"park": facility.park, "facility": facility}[thing]
    url = target.get_absolute_url()
    assert "Logg inn for å følge" in client.get(url).content.decode()
    client.force_login(UserFactory())
    page = client.get(url).content.decode()
    assert 'value="follow"' in page
    client.post("/konto/folger/endre/", {"thing": f"{thing}:{target.pk}", "act": "follow"})
    assert "Du følger dette" in client.get(url).content.decode()
    client.logout()
    assert "Logg inn for å følge" in client.get(url).content.decode()
