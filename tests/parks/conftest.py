"""The real data, loaded once for the tests that read it."""

import pytest

from network.loading import Report
from network.organisations.loading import load_organisations
from network.parks.loading import load_parks


@pytest.fixture
def real_data(db):
    report = Report()
    load_parks(report)
    load_organisations(report)
    return report
