"""Every change of a saved search. Each belongs to one person, and only they change it."""

from __future__ import annotations

from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.models import User
from activity.services import mute, unfollow
from alerts.models import MOST_PER_PERSON, SavedSearch
from search.models import SearchEntry

THING: Final = "saved_search"
ATTEMPTS: Final = 3


class TooManyError(Exception):
    """The person has as many saved searches as one may have."""


def thing_of(pk: int) -> str:
    """What a saved search is called where things are told of and muted."""
    return f"{THING}:{pk}"


def save_search(user: User, list_name: str, query: str, *, name: str, language: str) -> SavedSearch:
    """Save a search, or give the one that the person has saved already.

    Raises TooManyError.
    """
    for _ in range(ATTEMPTS):
        saved = SavedSearch.objects.filter(user=user, list_name=list_name, query=query).first()
        if saved is not None:
            return saved
        taken = set(SavedSearch.objects.filter(user=user).values_list("slot", flat=True))
        free = next((slot for slot in range(1, MOST_PER_PERSON + 1) if slot not in taken), None)
        if free is None:
            break
        try:
            with transaction.atomic():
                return SavedSearch.objects.create(
                    user=user,
                    slot=free,
                    name=name,
                    list_name=list_name,
                    query=query,
                    language=language,
                    since=SearchEntry.objects.aggregate(newest=Max("version"))["newest"] or 0,
                )
        except IntegrityError:
            # A second click was quicker: the search is there, or its slot is taken.
            continue
    raise TooManyError


def rename_search(search: SavedSearch, name: str) -> None:
    """Call a search something else."""
    search.name = name
    search.save(update_fields=["name"])


def pause_search(search: SavedSearch) -> None:
    """Tell its owner nothing until they resume it."""
    mute(search.user, thing_of(search.pk))


@transaction.atomic
def resume_search(search: SavedSearch) -> None:
    """Tell its owner of what is new from now on."""
    unfollow(search.user, thing_of(search.pk))
    search.since = SearchEntry.objects.aggregate(newest=Max("version"))["newest"] or 0
    search.save(update_fields=["since"])


@transaction.atomic
def delete_search(search: SavedSearch) -> None:
    """Forget a search and what it has found."""
    unfollow(search.user, thing_of(search.pk))
    search.delete()
