"""Getting a data directory ready."""

import io

import pytest

from operations.management.commands.prepare import Command
from tests.factories.facilities import FacilityFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sample", [True, False])
def test_a_sample_that_is_left_from_an_earlier_start_is_told_of_and_stays(sample):
    facility = FacilityFactory(sample=sample)
    out = io.StringIO()
    Command(stdout=out)._tell_of_sample()
    assert ("load_sample_data --remove" in out.getvalue()) is sample
    facility.refresh_from_db()
