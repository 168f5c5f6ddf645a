"""The real data, and the language that every test starts in."""

import pytest
from django.conf import settings
from django.utils import translation

from network.loading import Report
from network.organisations.loading import load_organisations
from network.parks.loading import load_parks


@pytest.fixture(autouse=True)
def _default_language():
    """A page read in English leaves English active in its thread; the next test starts anew."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def real_data(db):
    """The parks and organisations as they are loaded on every installation; gives the report."""
    report = Report()
    load_parks(report)
    load_organisations(report)
    return report
