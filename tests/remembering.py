"""Nothing that a process keeps is carried from one test to the next."""

import pytest
from django.core.cache import cache

from pages.frame import forget_frame
from pages.front_page import forget_front_page
from pages.kept import forget_pages
from pages.locales import forget_locales
from search.views import results_kept
from ui.fragments import fragments


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()
    forget_locales()
    forget_frame()
    forget_front_page()
    forget_pages()
    fragments.clear()
    results_kept.clear()
