"""Articles need the lists they stand below."""

import pytest

from pages.initial import load_initial_pages


@pytest.fixture(autouse=True)
def lists(db):
    """The pages that a new site starts with."""
    load_initial_pages()
