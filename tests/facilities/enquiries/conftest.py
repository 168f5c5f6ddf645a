"""Two facilities of two hosts, the people behind them, and an enquiry to both."""

import pytest
from django.core.cache import cache

from tests.factories.accounts import UserFactory, administrator_of
from tests.factories.enquiries import sent_enquiry
from tests.factories.network import FacilityFactory, OrganisationFactory, ParkFactory


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture(autouse=True)
def _private_files(tmp_path, settings):
    storages = {**settings.STORAGES}
    storages["private"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "private", "base_url": None},
    }
    settings.STORAGES = storages


@pytest.fixture
def park(db):
    return ParkFactory(slug="provepark", name_nb="Prøveparken")


@pytest.fixture
def asker(db):
    return UserFactory(first_name="Siv", last_name="Spør")


@pytest.fixture
def shaker(park):
    host = OrganisationFactory(slug="ristelab", name="Ristelab AS")
    return FacilityFactory(slug="ristebord", name_nb="Ristebordet", park=park, host=host)


@pytest.fixture
def oven(park):
    host = OrganisationFactory(slug="ovnslab", name="Ovnslab AS")
    return FacilityFactory(slug="ovn", name_nb="Ovnen", park=park, host=host)


@pytest.fixture
def shaker_host(shaker):
    return administrator_of(shaker.host)


@pytest.fixture
def oven_host(oven):
    return administrator_of(oven.host)


@pytest.fixture
def enquiry(asker, shaker, oven, shaker_host, oven_host):
    return sent_enquiry(shaker, oven, asker=asker)
