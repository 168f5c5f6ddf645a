"""Dates as readers of either language expect them."""

from datetime import date

import pytest
from django.utils import translation
from django.utils.formats import date_format


@pytest.mark.parametrize(("language", "written"), [("nb", "12.10.2026"), ("en", "12 Oct 2026")])
def test_nobody_takes_the_day_for_the_month(language, written):
    with translation.override(language):
        assert date_format(date(2026, 10, 12), "SHORT_DATE_FORMAT") == written
