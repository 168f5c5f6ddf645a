"""What reading the forum offers to the mechanisms that know no room."""

from __future__ import annotations

from accounts.personal import register
from network.forum.documents import FACETS, SearchableThread
from network.forum.personal import DRAFTS, POSTS, REACTIONS, READING
from network.forum.reading import signal_handlers
from search import documents, facets


def register_all() -> None:
    """Called once, from ``AppConfig.ready``."""
    for data in (POSTS, REACTIONS, DRAFTS, READING):
        register(data)
    for facet in FACETS:
        facets.register(facet)
    documents.register(SearchableThread())
    signal_handlers.connect()
