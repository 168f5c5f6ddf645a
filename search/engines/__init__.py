"""Which engine is in use, decided by the settings alone."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine


@cache
def engine() -> Engine[Any]:
    """The engine of this process."""
    if settings.SEARCH_URL:
        # Imported only where it is used: the client costs 20 MiB that the embedded engine saves.
        from search.engines.cluster import ClusterEngine

        return ClusterEngine(
            settings.SEARCH_URL, settings.SEARCH_INDEX_NAME, settings.SEARCH_TIMEOUT_SECONDS
        )
    return EmbeddedEngine(settings.SEARCH_INDEX_DIR)
