"""A facility whose time has come, and days that are said and not waited for."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from network.facilities.freshness.due import follow_up
from tests.factories.accounts import administrator_of
from tests.factories.network import FacilityFactory


@pytest.fixture
def owned(db):
    """Last confirmed 180 days ago; its contact has no account."""
    return FacilityFactory(
        slug="strekklab",
        name_nb="Strekklab",
        name_en="Tensile lab",
        summary_nb="Trekker i prøver.",
        contact_email="Lab@example.org",
        confirmed_on=timezone.localdate() - timedelta(days=180),
    )


@pytest.fixture
def owner(owned):
    return administrator_of(owned.host)


@pytest.fixture
def run(owned):
    """Do the job as on the day that many days from now, some times over; gives the facility."""

    def job(days=0, times=2):
        day = timezone.localdate() + timedelta(days=days)
        now = timezone.make_aware(datetime.combine(day, time(12)))
        for _ in range(times):
            follow_up(now)
        owned.refresh_from_db()
        return owned

    return job


@pytest.fixture
def hidden(run):
    """The facility, hidden because nobody ever answered."""
    for days in (0, 30, 90, 171, 185):
        facility = run(days)
    assert facility.freshness == "hidden"
    return facility
