"""The forum with a million posts: read and answered by people who are logged in."""

from collections.abc import Iterable
from gzip import compress
from typing import Any, Final
from urllib.request import Request, urlopen

from operations.bench.first_visit import first_visit
from operations.bench.measuring import Comparison, Script, compare
from operations.bench.page_rows import details
from operations.bench.processes import BenchError
from operations.bench.results import Bench, Result, Row
from operations.bench.stage import Site

READING_SHARE: Final = 0.30
REPLYING_SHARE: Final = 0.10
MOST_QUERIES: Final = 12
# How far the first and the last page may lie apart.
MOST_APART: Final = 0.20
MOST_KILOBYTES: Final = 80
PAGES: Final = (("list", "thread-list", "list of 50 threads"), ("thread", "thread", "20 posts"))
ENDS: Final = (("list", "list-last", "list"), ("thread-first", "thread-last", "thread of 10 000"))


class _Reader:
    """Who reads, and what they read; made once for all rows of a run."""

    def __init__(self) -> None:
        self._known: dict[int, dict[str, Any]] = {}

    def of(self, site: Site) -> dict[str, Any]:
        """Cookie, paths and queries on this site."""
        if site.port not in self._known:
            self._known[site.port] = site.inside("forum", "reading")
        return self._known[site.port]

    def scripts(self, site: Site, name: str) -> list[Script]:
        """The pages of one kind as the reader asks for them."""
        found = self.of(site)
        headers = {"Cookie": found["cookie"]}
        return [[{"path": path, "headers": headers}] for path in found["paths"][name]]

    def measured(self, bench: Bench, name: str) -> Comparison:
        """Pages of one kind against the floor."""
        site = bench.stage.forum()
        floor = bench.stage.floor("postgres")
        return compare(floor, site.port, self.scripts(site, name), bench.effort)


_reader: Final = _Reader()


def _page(name: str, row: str, what: str) -> Row:
    def measure(bench: Bench) -> Iterable[Result]:
        found = _reader.measured(bench, name)
        queries = _reader.of(bench.stage.forum())["queries"][name]
        yield Result(
            row=row,
            what=f"forum: {what}, logged in, with marks",
            measured=_words(found),
            ratio=found.ratio,
            queries=queries,
            target=f"≥ {READING_SHARE:.2f} × floor, ≤ {MOST_QUERIES} queries",
            passed=found.ratio >= READING_SHARE and queries <= MOST_QUERIES,
            details=details(found),
        )

    return Row(row, measure)


def _first_last(bench: Bench) -> Iterable[Result]:
    for first, last, what in ENDS:
        ends = [_reader.measured(bench, name) for name in (first, last)]
        apart = ends[1].ratio / ends[0].ratio - 1
        yield Result(
            row=f"first-last-{first.partition('-')[0]}",
            what=f"forum: last page of a {what} against the first",
            measured=f"{apart:+.0%} ({ends[0].page.per_second:.0f}/s, {ends[1].page.per_second:.0f}/s)",
            ratio=ends[1].ratio,
            target=f"± {MOST_APART:.0%}",
            passed=abs(apart) <= MOST_APART,
            details={"first": details(ends[0]), "last": details(ends[1])},
        )


def _reply(bench: Bench) -> Iterable[Result]:
    site = bench.stage.forum()
    scripts: list[Script] = site.inside("forum", "replies")
    found = compare(bench.stage.floor("postgres"), site.port, scripts, bench.effort)
    posted = int(site.inside("forum", "replied"))
    if not posted:
        raise BenchError("no answer was posted")
    yield Result(
        row="reply",
        what="forum: an answer, with its entry and notifications",
        measured=f"{_words(found)}, {posted} posted",
        ratio=found.ratio,
        target=f"≥ {REPLYING_SHARE:.2f} × floor",
        passed=found.ratio >= REPLYING_SHARE,
        details={**details(found), "posted": posted},
    )


def _weight(bench: Bench) -> Iterable[Result]:
    site = bench.stage.forum()
    for name, _row, what in PAGES:
        (request,) = _reader.scripts(site, name)[0]
        visit = first_visit(site.address, request["path"])
        own = visit.sizes.pop(request["path"])
        page = Request(f"{site.address}{request['path']}", headers=request["headers"])  # noqa: S310 - ours
        with urlopen(page, timeout=30) as response:  # noqa: S310 - ours
            html = response.read()
        # Pages are compressed by the server before the site; files are, by the site.
        kilobytes = (len(compress(html)) + visit.total) / 1000
        yield Result(
            row=f"weight-{name}",
            what=f"forum: {what}, first visit, all but images, compressed",
            measured=f"{kilobytes:.0f} kB ({len(html) / 1000:.0f} kB of HTML as it is)",
            target=f"≤ {MOST_KILOBYTES} kB",
            passed=kilobytes <= MOST_KILOBYTES,
            details={"kilobytes": kilobytes, "html": len(html), "of a visitor": own},
        )


def _words(found: Comparison) -> str:
    page = found.page
    return f"{page.per_second:.0f}/s, p50 {page.p50_ms:.1f} ms, p95 {page.p95_ms:.1f} ms"


FORUM_ROWS: Final = (
    *(_page(*page) for page in PAGES),
    Row("thread-first-last", _first_last),
    Row("forum-weight", _weight),
    Row("reply", _reply),
)
