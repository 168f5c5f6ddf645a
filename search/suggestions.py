"""What a reader may be about to type: names of things they may see, and words of the trade."""

from __future__ import annotations

from typing import Final

from accounts.roles import AnyUser, Roles
from search.finding import complete
from search.language.analyse import MIN_PREFIX
from search.language.normalise import words
from search.query import MAX_QUERY_LENGTH, SearchRequest

MAX_SUGGESTIONS: Final = 8


def suggest(text: str, user: AnyUser, language: str, roles: Roles) -> list[str]:
    """At most ``MAX_SUGGESTIONS`` titles with words that begin as those of ``text`` do."""
    typed = " ".join(words(text[:MAX_QUERY_LENGTH]))
    if len(typed) < MIN_PREFIX:
        return []
    request = SearchRequest(
        text=text, language=language, audience=roles.audience, size=MAX_SUGGESTIONS
    )
    return list(dict.fromkeys(found.title for found in complete(typed, user, request)))
