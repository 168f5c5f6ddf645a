"""Running the saved searches against what is new, and telling their owners: the worker's job.

What a batch of entries matches and that the batch is known are one transaction, and so are a match's
being told and its notification. Whoever is killed in between leaves either both or neither.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import AnyUser, roles_of
from activity.models import Follow
from activity.schedule import Job
from activity.services import notify
from alerts.changes import Change, forget_gone, next_changes, remember
from alerts.matching import SmallIndex, documents_of, small_index
from alerts.models import Match, SavedSearch
from alerts.notices import KIND, MOST_KEPT
from alerts.services import THING, thing_of
from alerts.sieve import Sieve, Wish
from search.documents import documents
from search.indexing import IndexDocument
from search.query import PUBLIC

EVERY: Final = timedelta(seconds=30)
# Mail waits while the searches run, so there is a bound to what one run does.
BATCHES_AT_ONCE: Final = 20
TOLD_AT_ONCE: Final = 1_000

_sieve = Sieve()
logger = logging.getLogger(__name__)


def run(now: datetime) -> None:
    """Find what is new in the saved searches, and tell of it."""
    match_new()
    forget_gone()
    tell_untold()


def match_new() -> None:
    """Write down which entries are new in which searches, and that the entries are known."""
    after = ""
    for _ in range(BATCHES_AT_ONCE):
        changes = next_changes(after)
        if not changes:
            break
        after = changes[-1].present.key
        found = matches_of(changes)
        with transaction.atomic():
            Match.objects.bulk_create(found, ignore_conflicts=True)
            remember(changes)


JOB: Final = Job("alerts", run, EVERY)


def matches_of(changes: Sequence[Change]) -> list[Match]:
    """What of the changed entries is new in which searches, as rows that are not yet saved."""
    newest = max(change.present.version for change in changes)
    searches = _waiting_for(newest)
    if not searches:
        return []
    present = documents_of([change.present for change in changes])
    former = documents_of([change.former for change in changes if change.former])
    _sieve.hold(searches)
    possible: dict[Wish, set[str]] = defaultdict(set)
    for key, document in present.items():
        for wish in _sieve.possible(document):
            possible[wish].add(key)
    if not possible:
        return []
    readers = _readers(possible, searches, present, former)
    with small_index(present, former) as index:
        return list(_matches(index, possible, searches, readers, (present, former)))


def _waiting_for(newest: int) -> dict[Wish, list[SavedSearch]]:
    """The searches to which something of this version can be new, without those that are paused."""
    paused = {
        int(thing.partition(":")[2])
        for thing in Follow.objects.filter(
            thing__startswith=f"{THING}:", state=Follow.State.MUTED
        ).values_list("thing", flat=True)
    }
    found: dict[Wish, list[SavedSearch]] = defaultdict(list)
    for each in SavedSearch.objects.filter(since__lt=newest, user__is_active=True).iterator():
        if each.pk not in paused:
            found[Wish(each.list_name, each.query, each.language)].append(each)
    return found


def _readers(
    possible: Mapping[Wish, set[str]],
    searches: Mapping[Wish, Sequence[SavedSearch]],
    present: Mapping[str, IndexDocument],
    former: Mapping[str, IndexDocument],
) -> dict[int, User]:
    """By id, those whose own roles decide what they see or have seen of the entries."""
    limited = {
        key
        for key, document in present.items()
        if PUBLIC not in document.audience or (key in former and PUBLIC not in former[key].audience)
    }
    pks = {
        search.user_id
        for wish, keys in possible.items()
        if keys & limited
        for search in searches[wish]
    }
    return User.objects.in_bulk(list(pks))


def _matches(
    index: SmallIndex,
    possible: Mapping[Wish, set[str]],
    searches: Mapping[Wish, Sequence[SavedSearch]],
    readers: Mapping[int, User],
    states: tuple[Mapping[str, IndexDocument], Mapping[str, IndexDocument]],
) -> Iterable[Match]:
    present, former = states
    public = _visible(AnonymousUser(), present)
    asked: dict[tuple[Wish, frozenset[str]], set[str]] = {}
    # Without the tokens that no entry carries, many readers ask the same.
    carried = frozenset(
        token for state in (present, former) for each in state.values() for token in each.audience
    )
    for wish in possible:
        for search in searches[wish]:
            reader = readers.get(search.user_id)
            audience = carried & (roles_of(reader).audience if reader else {PUBLIC})
            if (wish, audience) not in asked:
                found = index.newly_found(wish, audience) if audience else set()
                asked[wish, audience] = found
            keys = {key for key in asked[wish, audience] if present[key].version > search.since}
            if reader and not keys <= public:
                keys &= public | _visible(reader, keys)
            else:
                keys &= public
            yield from (Match(search=search, key=key) for key in sorted(keys))


def _visible(user: AnyUser, keys: Iterable[str]) -> set[str]:
    """Those of the keys whose objects the user may see, asked once for each type."""
    pks: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        name, _, number = key.partition(":")
        pks[name].append(int(number))
    return {
        document.key(pk)
        for name, numbers in pks.items()
        if (document := documents().get(name))
        for pk in document.visible(user, numbers)
    }


def tell_untold(limit: int = TOLD_AT_ONCE) -> int:
    """Tell the owners of up to ``limit`` searches of what is new; gives how many there were."""
    waiting = Match.objects.filter(told_at=None).order_by("search_id")
    pks = list(waiting.values_list("search_id", flat=True).distinct()[:limit])
    for search in SavedSearch.objects.filter(pk__in=pks).select_related("user").iterator():
        _tell(search)
    return len(pks)


@transaction.atomic
def _tell(search: SavedSearch) -> None:
    untold = Match.objects.filter(search=search, told_at=None)
    keys = list(untold.order_by("pk").values_list("key", flat=True))
    if not keys:
        return
    untold.filter(key__in=keys).update(told_at=timezone.now())
    notify(
        KIND,
        thing_of(search.pk),
        to=[search.user],
        data={"search": search.pk, "keys": keys[:MOST_KEPT]},
        key=f"alert:{search.pk}:{keys[0]}",
    )
