"""Nothing that a process keeps is carried from one test to the next."""

import pytest
from django.core.cache import cache

from pages.frame import forget_frame
from pages.front_page import forget_front_page
from pages.locales import forget_locales


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()
    forget_locales()
    forget_frame()
    forget_front_page()
