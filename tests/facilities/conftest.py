"""One facility, its surroundings, and everybody who may come by."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache

from tests.factories.facilities import person
from tests.factories.network import FacilityFactory, OrganisationFactory, ParkFactory

ROLES = ("visitor", "member", "host-member", "host", "park", "other-park", "network")
EDITORS = ("host", "park", "network")
READERS_OF_DRAFTS = (*EDITORS, "host-member")


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def park(db):
    return ParkFactory(slug="mo-industripark", name_nb="Mo Industripark", name_en="Mo Park")


@pytest.fixture
def host(db):
    return OrganisationFactory(slug="provebedrift", name="Prøvebedrift AS")


@pytest.fixture
def facility(park, host):
    return FacilityFactory(slug="strekklab", name_nb="Strekklaben", park=park, host=host)


@pytest.fixture
def reader(park, host):
    """Makes the reader of a role: ``reader("park")``."""

    def make(role):
        if role == "visitor":
            return AnonymousUser()
        if role == "other-park":
            return person("park", park=ParkFactory())
        return person(role, park=park, host=host)

    return make


@pytest.fixture
def browse(client, reader):
    """A test client logged in as somebody of a role."""

    def as_role(role):
        user = reader(role)
        if user.is_authenticated:
            client.force_login(user)
        return client

    return as_role
