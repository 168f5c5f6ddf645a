"""What this room holds about a person: their saved searches and what these found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from accounts.models import User
from accounts.personal import PersonalData
from alerts.models import SavedSearch
from alerts.services import delete_search


def _export(user: User) -> Iterator[dict[str, Any]]:
    for search in SavedSearch.objects.filter(user=user).order_by("slot"):
        yield {
            "name": search.name,
            "list": search.list_name,
            "query": search.query,
            "language": search.language,
            "created_at": search.created_at,
            "found": list(search.matches.order_by("pk").values("key", "found_at", "told_at")),
        }


def _erase(user: User) -> None:
    for search in SavedSearch.objects.filter(user=user):
        delete_search(search)


SAVED_SEARCHES: Final = PersonalData("saved_searches", ("alerts.SavedSearch",), _export, _erase)
