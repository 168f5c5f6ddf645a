"""What people do when they are logged in: ask, answer, follow; and how they are told of it."""

from collections.abc import Iterable
from typing import Any, Final

from operations.bench.measuring import Script, compare
from operations.bench.page_rows import details
from operations.bench.processes import BenchError
from operations.bench.results import Bench, Result, Row
from operations.bench.stage import run_inside

ASKING_SHARE: Final = 0.10
HOST_SHARE: Final = 0.30
MOST_QUERIES: Final = 12
FOLLOWERS: Final = 10_000
MOST_MS_TO_COMMIT: Final = 50
LEAST_TOLD: Final = 2_000
SEARCHES: Final = 10_000
MOST_SECONDS_TO_MATCH: Final = 2.0
# Scripts that the end of a load cuts off have been begun and not sent.
MOST_CUT_OFF: Final = 0.2
FACILITIES: Final = 5
ADMINISTRATORS: Final = 2


def _enquiry(bench: Bench) -> Iterable[Result]:
    site = bench.stage.site()
    scripts: list[Script] = site.inside("asking")
    found = compare(bench.stage.floor("postgres"), site.port, scripts, bench.effort)
    asked = site.inside("asked")
    _require_asked(asked)
    page = found.page
    yield Result(
        row="enquiry",
        what="an enquiry to five facilities, written and sent",
        measured=f"{page.per_second:.0f}/s, p50 {page.p50_ms:.1f} ms, p95 {page.p95_ms:.1f} ms, "
        f"{asked['notifications'] / asked['sent']:.0f} notifications each",
        ratio=found.ratio,
        target=f"≥ {ASKING_SHARE:.2f} × floor",
        passed=found.ratio >= ASKING_SHARE,
        details={**details(found), **asked},
    )


def _require_asked(asked: dict[str, int]) -> None:
    """Refuse to take for an enquiry what was answered in time and never sent."""
    whole = asked["requests"] == asked["sent"] * FACILITIES
    told = asked["notifications"] == asked["requests"] * ADMINISTRATORS
    if not (asked["sent"] >= asked["written"] * (1 - MOST_CUT_OFF) > 0 and whole and told):
        raise BenchError(f"not all enquiries were sent and told of: {asked}")


def _host(bench: Bench) -> Iterable[Result]:
    site = bench.stage.site()
    hosting: dict[str, Any] = site.inside("hosting")
    headers = {"Cookie": hosting["cookie"]}
    pages = (("queue", "host's queue of 5 000 enquiries"), ("calendar", "facility's full month"))
    for name, what in pages:
        script: Script = [{"path": hosting["paths"][name], "headers": headers}]
        found = compare(bench.stage.floor("postgres"), site.port, [script], bench.effort)
        queries, page = hosting["queries"][name], found.page
        yield Result(
            row=f"host-{name}",
            what=what,
            measured=f"{page.per_second:.0f}/s, p50 {page.p50_ms:.1f} ms, p95 {page.p95_ms:.1f} ms",
            ratio=found.ratio,
            queries=queries,
            target=f"≥ {HOST_SHARE:.2f} × floor, ≤ {MOST_QUERIES} queries",
            passed=found.ratio >= HOST_SHARE and queries <= MOST_QUERIES,
            details=details(found),
        )


def _followers(bench: Bench) -> Iterable[Result]:
    found = run_inside(bench.stage.alone("followers"), "followers", str(FOLLOWERS))
    if found["written"] != FOLLOWERS:
        raise BenchError(f"{found['written']} of {FOLLOWERS} followers were told")
    yield Result(
        row="followers",
        what="a change of what 10 000 people follow",
        measured=f"committed in {found['followed_ms']:.1f} ms (without followers "
        f"{found['alone_ms']:.1f} ms), {found['per_second']:.0f} notifications/s",
        target=f"≤ {MOST_MS_TO_COMMIT} ms, ≥ {LEAST_TOLD} notifications/s",
        passed=found["followed_ms"] <= MOST_MS_TO_COMMIT and found["per_second"] >= LEAST_TOLD,
        details=found,
    )


def _alerts(bench: Bench) -> Iterable[Result]:
    found = run_inside(bench.stage.alone("alerts"), "alerts", str(SEARCHES))
    if not found["matches"]:
        raise BenchError("no saved search has found anything")
    seconds = found["seconds"]
    yield Result(
        row="alerts",
        what="a new entry matched with 10 000 saved searches",
        measured=f"median {seconds[len(seconds) // 2]:.2f} s, {seconds[-1]:.2f} s at most of "
        f"{len(seconds)}; the first after a start {found['first_seconds']:.1f} s",
        target=f"≤ {MOST_SECONDS_TO_MATCH:.0f} s",
        passed=seconds[-1] <= MOST_SECONDS_TO_MATCH,
        details=found,
    )


PEOPLE_ROWS: Final = (
    Row("enquiry", _enquiry),
    Row("host", _host),
    Row("followers", _followers),
    Row("alerts", _alerts),
)
