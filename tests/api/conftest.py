"""A small network with everything the API shows, found by an index of its own."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache

from network.facilities.models import Equipment, PriceNote
from network.parks.models import MaterialFlow, ParkFocus, ParkTheme
from tests.factories.network import (
    FacilityFactory,
    FocusAreaFactory,
    MaterialFactory,
    MethodFactory,
    OrganisationFactory,
    ParkFactory,
    StandardFactory,
    ThemeFactory,
)


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    """The rate limit counts in the cache."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def network(db, indexed):
    """One park, two organisations and two facilities, of which one each is not public."""
    theme = ThemeFactory(slug="sirkulaer", name_nb="Sirkulær økonomi", name_en="Circular economy")
    park = ParkFactory(slug="mo", name_nb="Mo industripark", name_en="Mo Industrial Park")
    ParkTheme.objects.create(park=park, theme=theme, basis_nb="Nevnt i rapporten")
    area = FocusAreaFactory(slug="metall", name_nb="Metall", name_en="Metals")
    ParkFocus.objects.create(park=park, area=area, status=ParkFocus.Status.ACTIVE)
    MaterialFlow.objects.create(
        slug="slagg", park=park, name_nb="Slagg", name_en="Slag", direction="out",
        quantity=12000, unit="t/år",
    )  # fmt: skip
    host = OrganisationFactory(slug="lab-as", name="Lab AS", name_en="Lab Ltd", number="923609016")
    host.parks = [park]
    host.save()
    hidden_host = OrganisationFactory(slug="skjult-as", name="Skjult AS", published=False)
    hidden_host.parks = [park]
    hidden_host.save()
    facility = FacilityFactory(
        slug="strekk", name_nb="Strekkprøving", name_en="Tensile testing",
        summary_nb="Vi drar i stål.", summary_en="We pull steel.", description_nb="*Alt* om stål.",
        park=park, host=host, trl_min=3, trl_max=6, lead_time_days=10,
        contact_email="lab@example.org",
        methods=[MethodFactory(slug="strekkproving", name_nb="Strekkprøving", name_en="Tensile")],
        materials=[MaterialFactory(slug="stal", name_nb="Stål", name_en="Steel")],
        standards=[StandardFactory(slug="iso-6892-1", code="ISO 6892-1")],
        themes=[theme],
    )  # fmt: skip
    Equipment.objects.create(
        facility=facility, name_nb="Strekkmaskin", name_en="Tensile machine", make="Zwick",
        range="0–250", unit="kN",
    )  # fmt: skip
    PriceNote.objects.create(facility=facility, user_type="sme", note_nb="Etter avtale")
    hidden = FacilityFactory(slug="hemmelig", park=park, host=host, published=False)
    indexed()
    return SimpleNamespace(
        park=park, host=host, hidden_host=hidden_host, facility=facility, hidden=hidden
    )
