"""What of an organisation is found, and by whom."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.roles import roles_of
from network.organisations.documents import SearchableOrganisation
from search.models import SearchEntry
from tests.factories.accounts import administrator_of, network_administrator, staff_of
from tests.factories.network import OrganisationFactory, ParkFactory

pytestmark = pytest.mark.django_db


def entry_of(organisation):
    return SearchEntry.objects.get(key=f"organisation:{organisation.pk}")


def test_an_entry_holds_number_competences_and_both_addresses():
    organisation = OrganisationFactory(
        number="974760673", competences_nb="støping", competences_en="casting", slug="stoperi"
    )
    entry = entry_of(organisation)
    assert {"974760673", "støping", "casting"} <= set(entry.keywords.splitlines())
    assert entry.url_nb == "/organisasjoner/stoperi/"
    assert entry.url_en == "/en/organisations/stoperi/"


def test_an_entry_lies_where_its_park_does_unless_it_has_a_place_of_its_own():
    park = ParkFactory(lat=60.0, lon=10.0)
    organisation = OrganisationFactory(likely_park=park)
    assert (entry_of(organisation).lat, entry_of(organisation).lon) == (60.0, 10.0)
    organisation.lat, organisation.lon = 61.0, 11.0
    organisation.save()
    assert (entry_of(organisation).lat, entry_of(organisation).lon) == (61.0, 11.0)


def test_audience_and_visibility_say_the_same():
    park = ParkFactory()
    organisation = OrganisationFactory(published=False)
    organisation.parks = [park]
    organisation.save()
    document, audience = SearchableOrganisation(), set(entry_of(organisation).audience)
    assert "public" not in audience
    people = {
        administrator_of(organisation): True,
        staff_of(park): True,
        network_administrator(): True,
        staff_of(ParkFactory()): False,
        AnonymousUser(): False,
    }
    for person, may in people.items():
        assert bool(document.visible(person, [organisation.pk])) is may
        assert bool(roles_of(person).audience & audience) is may


def test_a_renamed_park_changes_the_entries_of_its_organisations():
    park = ParkFactory(name_nb="Gammelt navn")
    organisation = OrganisationFactory(likely_park=park)
    park.name_nb = "Nytt navn"
    park.save()
    assert "Nytt navn" in entry_of(organisation).text_nb


def test_reading_many_takes_a_fixed_number_of_queries(django_assert_max_num_queries):
    parks = [ParkFactory() for _ in range(3)]
    for number in range(12):
        organisation = OrganisationFactory(likely_park=parks[number % 3])
        organisation.parks = parks
        organisation.save()
    document = SearchableOrganisation()
    with django_assert_max_num_queries(3):
        assert all(document.content(found) for found in document.queryset())
