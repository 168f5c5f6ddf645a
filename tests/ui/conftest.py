from collections.abc import Iterator

import pytest

from ui import chrome


@pytest.fixture
def plain_frame() -> Iterator[None]:
    """The frame with its defaults, as before anybody has decided on menus."""
    before = chrome._registration.provider
    chrome.register(None)
    chrome._reversed.cache_clear()
    yield
    chrome.register(before)
    chrome._reversed.cache_clear()
