"""The initial pages, and a place for uploads."""

import gc

import pytest

from pages.initial import find_page, load_initial_pages


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
