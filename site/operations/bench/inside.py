"""What is measured inside the site: `python -m operations.bench.inside NAME …` prints JSON."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any, Final

import django

SAVES: Final = 10
SECONDS_UNTIL_LOST: Final = 30
FACILITY_PAGES: Final = 500


def paths() -> dict[str, list[str]]:
    """Return the paths of the measured pages; the facility pages are spread over all."""
    from django.urls import reverse
    from wagtail.models import Site

    from network.facilities.models import Facility

    home = Site.objects.get(is_default_site=True).root_page
    section = home.get_children().live().public().order_by("path").first()
    slugs = list(Facility.objects.order_by("pk").values_list("slug", flat=True))
    step = max(len(slugs) // FACILITY_PAGES, 1)
    return {
        "home": ["/"],
        "section": [section.get_url()] if section else [],
        "park": [reverse("parks:detail", kwargs={"slug": "mo-industripark"})],
        "list": [reverse("facilities:list")],
        "facility": [reverse("facilities:detail", kwargs={"slug": slug}) for slug in slugs[::step]],
    }


def queries(*asked: str) -> int:
    """Return the most queries that one of the paths takes, once caches are warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    most = 0
    for path in asked:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path)
        if response.status_code != 200:  # noqa: PLR2004 - OK
            raise SystemExit(f"{path} answers {response.status_code}")
        most = max(most, len(captured))
    return most


def rebuild() -> dict[str, float]:
    """Build the search index and return entries, seconds and entries per second."""
    from search.rebuild import rebuild as rebuild_index

    began = time.perf_counter()
    entries = rebuild_index()
    seconds = time.perf_counter() - began
    return {"entries": entries, "seconds": seconds, "per_second": entries / seconds}


def found(address: str) -> list[float]:
    """Save facilities one after the other and return the seconds until the site finds each."""
    from network.facilities.models import Facility
    from network.facilities.services import FacilityData, update_facility

    times = []
    for number, facility in enumerate(Facility.objects.order_by("pk")[:SAVES]):
        token = f"Nyord{number}{time.time_ns():x}"
        update_facility(facility, FacilityData(fields={"name_nb": f"Prøverigg {token}"}))
        times.append(_seconds_until_found(address, token))
    return times


def _seconds_until_found(address: str, token: str) -> float:
    from urllib.parse import urlencode
    from urllib.request import urlopen

    url = f"{address}/api/v1/search?{urlencode({'q': token, 'type': 'facility'})}"
    began = time.perf_counter()
    while (waited := time.perf_counter() - began) < SECONDS_UNTIL_LOST:
        with urlopen(url, timeout=10) as response:  # noqa: S310 - a URL of ours
            hits = json.load(response)["hits"]
        if any(token.lower() in hit["title"].lower() for hit in hits):
            return waited
        time.sleep(0.02)
    raise SystemExit(f"{token} was not found within {SECONDS_UNTIL_LOST} s")


def million(count: str) -> dict[str, float]:
    """Index `count` made-up entries in a fresh embedded index and search it."""
    from operations.bench.million import run

    return run(int(count))


def asking() -> list[list[dict[str, Any]]]:
    """Return scripts of people who each ask five facilities."""
    from operations.bench import parties

    return parties.asking()


def asked() -> dict[str, int]:
    """Return how many enquiries, requests and notifications came of it."""
    from operations.bench import parties

    return parties.asked()


def hosting() -> dict[str, Any]:
    """Return a busy host's cookie, the addresses of its pages, and their queries."""
    from operations.bench import parties

    return parties.hosting()


def followers(count: str) -> dict[str, Any]:
    """Change something that `count` people follow, tell them, and return how long it took."""
    from operations.bench import telling

    return telling.followers(count)


def alerts(count: str) -> dict[str, Any]:
    """Match new entries with `count` saved searches and return how long it took."""
    from operations.bench import telling

    return telling.alerts(count)


def forum(name: str, *arguments: str) -> Any:
    """Do what `forum.py` has by this name: seed, reading, replies, replied."""
    from operations.bench import forum as rows

    return getattr(rows, name)(*arguments)


def markdown() -> dict[str, dict[str, float]]:
    """Return how long it takes to render people's texts."""
    from operations.bench import markdown as rows

    return rows.times()


FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    function.__name__: function
    for function in (
        *(paths, queries, rebuild, found, million),
        *(asking, asked, hosting, followers, alerts, forum, markdown),
    )
}


def main() -> None:
    """Set Django up, call the named function, print what it returns."""
    django.setup()
    name, *arguments = sys.argv[1:]
    json.dump(FUNCTIONS[name](*arguments), sys.stdout)


if __name__ == "__main__":
    main()
