"""What is measured of telling people: something that many follow, and saved searches.

Used by `inside.py`, on a database that no other process works on.
"""

from __future__ import annotations

import random
import time
from statistics import median
from typing import Any, Final
from urllib.parse import urlencode

from activity.models import Event, Follow, Notification
from activity.telling import tell_followers
from alerts.models import MOST_PER_PERSON, KnownEntry, Match, SavedSearch
from alerts.running import match_new
from network.facilities.following import thing_of
from network.facilities.models import Facility, Material, Method
from network.facilities.services import FacilityData, update_facility
from network.parks.models import Park
from operations.bench.parties import BATCH, people
from search.models import SearchEntry

# PostgreSQL cuts nothing by itself.
LONGEST_NAME: Final = 100

COMMITS: Final = 20
ENTRIES: Final = 10
SEED: Final = 20_261_102


def followers(count: str) -> dict[str, Any]:
    """Change a facility with ``count`` followers and one with none; then tell all of them.

    Times are medians of 20 commits in milliseconds. ``per_second`` are the notifications that the
    worker's own function writes.
    """
    followed, alone = Facility.objects.public().order_by("pk")[:2]
    users = people("follower", int(count))
    Follow.objects.bulk_create(
        (Follow(user=user, thing=thing_of(followed.pk)) for user in users), batch_size=BATCH
    )
    (editor,) = people("editor", 1)
    editor.is_superuser = True
    editor.save()
    of_alone = [_change(alone, editor, number) for number in range(COMMITS)]
    of_followed = [_change(followed, editor, number) for number in range(COMMITS)]
    began = time.perf_counter()
    while tell_followers():
        pass
    seconds = time.perf_counter() - began
    written = Notification.objects.filter(user__in=users).count()
    return {
        "followed_ms": median(of_followed),
        "alone_ms": median(of_alone),
        "written": written,
        "per_second": written / seconds,
    }


def _change(facility: Facility, editor: Any, number: int) -> float:
    """Milliseconds until a change that matters is committed."""
    # Several changes in a day are told once; here each is to be told.
    Event.objects.filter(thing=thing_of(facility.pk)).delete()
    facility = Facility.objects.get(pk=facility.pk)
    data = FacilityData(fields={"lead_time_days": 5 + number})
    began = time.perf_counter()
    update_facility(facility, data, user=editor)
    return (time.perf_counter() - began) * 1000


def alerts(count: str) -> dict[str, Any]:
    """Match new entries with ``count`` saved searches; seconds of the first one and the median.

    The first run interprets every search, as a worker does once after it has started.
    """
    wanted = int(count)
    users = people("searcher", -(-wanted // MOST_PER_PERSON))
    SavedSearch.objects.bulk_create(
        (
            SavedSearch(
                user=users[number // MOST_PER_PERSON],
                slot=number % MOST_PER_PERSON + 1,
                name=query[:LONGEST_NAME],
                list_name="search",
                query=query,
                language="nb",
                since=0,
            )
            for number, query in enumerate(_queries(wanted))
        ),
        batch_size=BATCH,
    )
    unknown = SearchEntry.objects.count() - KnownEntry.objects.count()
    if unknown:
        raise SystemExit(f"{unknown} entries are not known to the saved searches")
    facilities = Facility.objects.public().order_by("-pk")[: ENTRIES + 1]
    seconds = [_seconds_until_matched(facility) for facility in facilities]
    return {
        "first_seconds": seconds[0],
        "seconds": sorted(seconds[1:]),
        "matches": Match.objects.count(),
        "wishes": SavedSearch.objects.values("query").distinct().count(),
    }


def _seconds_until_matched(facility: Facility) -> float:
    """Run the searches for an entry as for one that was not there before."""
    KnownEntry.objects.filter(key=f"facility:{facility.pk}").delete()
    began = time.perf_counter()
    match_new()
    return time.perf_counter() - began


def _queries(count: int) -> list[str]:
    """Searches as people save them: a method, a material or both, each at most a few times."""
    chance = random.Random(SEED)  # noqa: S311 - repeatable, and no secret
    methods = [name.lower() for name in Method.objects.values_list("name_nb", flat=True)]
    materials = [name.lower() for name in Material.objects.values_list("name_nb", flat=True)]
    parks = list(Park.objects.values_list("slug", flat=True))
    found: list[str] = []
    while len(found) < count:
        words = [chance.choice(methods), chance.choice(materials), chance.choice(materials)]
        query = {"q": " ".join(words[: 1 + len(found) % 3])}
        if len(found) % 4 == 0:
            query["park"] = chance.choice(parks)
        written = urlencode(query)
        # Nobody saves the same search twice.
        if written not in found[len(found) - len(found) % MOST_PER_PERSON :]:
            found.append(written)
    return found
