"""The initial pages, and nothing remembered from the test before."""

import gc

import pytest
from django.core.cache import cache

from pages.frame import forget_frame
from pages.front_page import forget_front_page
from pages.initial import find_page, load_initial_pages
from pages.locales import forget_locales


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()
    forget_locales()
    forget_frame()
    forget_front_page()


@pytest.fixture
def initial_pages(db):
    """Make the initial pages; gives a function that finds one by key and language."""
    load_initial_pages()
    return lambda key, code="nb": find_page(key, code).specific


@pytest.fixture
def own_media(settings, tmp_path):
    """Uploads of this test alone. Willow leaves the files it made an image from to the collector."""
    settings.MEDIA_ROOT = tmp_path
    yield
    gc.collect()
