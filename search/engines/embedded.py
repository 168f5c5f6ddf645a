"""The embedded engine: tantivy, in this process, with its index in the data directory.

``DIR/current`` names the generation in use; a rebuild fills a new one and replaces that file, which
is atomic. One process writes (tantivy locks the directory), any number read and notice commits.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import tantivy

from search.engines import embedded_query as compile_
from search.engines.base import Answer, EngineError, Likeness, buckets, generation_prefix
from search.engines.embedded_query import SCHEMA, SCHEMA_VERSION
from search.engines.embedded_writer import EmbeddedWriter, engine_errors
from search.engines.remembered import Remembered
from search.geography import kilometres
from search.language.plan import QueryPlan
from search.query import MAX_RESULTS, Bucket, Hit, Point, SearchRequest, Sort

MAX_PLACES: Final = 65_000
COUNTS_KEPT: Final = 50

# Place, kilometres and number of entries.
Places = list[tuple[str, float, int]]


class EmbeddedEngine:
    """Tantivy on a directory."""

    name = "tantivy"

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._open: tuple[str, tantivy.Index] | None = None
        # Tantivy's index refuses whoever comes while another thread brings it up to date.
        self._opening = threading.Lock()
        self._seen = 0
        self._pointer_seen = 0
        self._answers = Remembered[Answer]()
        self._counted: dict[tuple[object, ...], dict[str, tuple[Bucket, ...]]] = {}

    # Reading ------------------------------------------------------------------------------------

    def answer(self, request: SearchRequest, plan: QueryPlan) -> Answer:
        """Find, count and order."""
        with engine_errors():
            searcher = self._searcher()
            commit = (self._pointer_seen, self._seen)
            return self._answers.get(
                commit, request, plan, lambda: self._found(searcher, request, plan)
            )

    def _found(self, searcher: tantivy.Searcher, request: SearchRequest, plan: QueryPlan) -> Answer:
        query, places = _narrowed(searcher, request, plan)
        hits, total = self._hits(searcher, request, plan, query, places)
        countable = query if places is not None else compile_.query(request, plan, scored=False)
        return Answer(hits, total, self._facets(searcher, request, plan, countable))

    def keys(self, request: SearchRequest, plan: QueryPlan) -> Iterator[str]:
        """The key of everything that is found."""
        with engine_errors():
            searcher = self._searcher()
            query, places = _narrowed(searcher, request, plan)
            limit = max(searcher.num_docs, 1)
            if request.sort is Sort.DISTANCE and places is not None:
                nearest, _ = self._nearest(searcher, query, places, 0, limit)
                yield from (hit.key for hit in nearest)
                return
            found = _ordered(searcher, query, request, plan, limit)
            for _, address in found.hits:
                yield _key(searcher, address)

    def similar(self, request: SearchRequest, likeness: Likeness) -> Answer:
        """The entries most like one; only the first page."""
        with engine_errors():
            searcher = self._searcher()
            found = searcher.search(
                compile_.alike(request, likeness), request.size, weight_by_field=compile_.RANK
            )
            hits = tuple(Hit(_key(searcher, at), float(score)) for score, at in found.hits)
        return Answer(hits, found.count, {})

    def complete(self, request: SearchRequest, prefix: str) -> Sequence[str]:
        """Keys of visible entries of which a title word starts with ``prefix``."""
        with engine_errors():
            searcher = self._searcher()
            found = searcher.search(compile_.completion(request, prefix), request.size)
            return [_key(searcher, address) for _, address in found.hits]

    def _hits(
        self,
        searcher: tantivy.Searcher,
        request: SearchRequest,
        plan: QueryPlan,
        query: tantivy.Query,
        places: Places | None,
    ) -> tuple[tuple[Hit, ...], int]:
        offset, size = request.offset, min(request.size, MAX_RESULTS - request.offset)
        if size <= 0:
            return (), searcher.search(query, 1).count
        if request.sort is Sort.DISTANCE and places is not None:
            return self._nearest(searcher, query, places, offset, size)
        found = _ordered(searcher, query, request, plan, size, offset)
        scored = request.sort is Sort.RELEVANCE and not plan.empty
        hits = []
        for score, address in found.hits:
            stored = searcher.doc(address)
            distance = _distance(stored, request.near)
            hits.append(Hit(stored.get_first("key"), float(score) if scored else 0.0, distance))
        return tuple(hits), found.count

    def _nearest(
        self,
        searcher: tantivy.Searcher,
        query: tantivy.Query,
        places: Places,
        offset: int,
        size: int,
    ) -> tuple[tuple[Hit, ...], int]:
        """Walk outwards through the places until the page is full; the placeless come last."""
        total = searcher.search(query, 1).count
        wanted, passed, chosen = offset + size, 0, []
        for place, distance, count in places:
            if passed + count > offset:
                chosen.append((place, distance))
            else:
                offset -= count
                wanted -= count
                continue
            passed += count
            if passed >= wanted:
                break
        hits: list[Hit] = []
        for place, distance in chosen:
            here = compile_.all_of([query, compile_.any_of("place", [place])])
            for score, address in searcher.search(here, wanted).hits:
                hits.append(Hit(_key(searcher, address), float(score), distance))
        placeless = sum(count for _, _, count in places)
        if len(hits) < wanted and total > placeless:
            rest = compile_.all_of([query, compile_.placeless()])
            for score, address in searcher.search(rest, wanted).hits:
                hits.append(Hit(_key(searcher, address), float(score)))
        return tuple(hits[offset : offset + size]), total

    def _facets(
        self,
        searcher: tantivy.Searcher,
        request: SearchRequest,
        plan: QueryPlan,
        query: tantivy.Query,
    ) -> dict[str, tuple[Bucket, ...]]:
        """Counts per facet; a facet with a choice is counted as if nothing were chosen in it."""
        if not request.facets:
            return {}
        kept = self._key_of_counts(request) if plan.empty else None
        if kept is not None and (counted := self._counted.get(kept)) is not None:
            return counted
        shared: dict[str, list[tuple[str, int]]] | None = None
        found = {}
        for facet in request.facets:
            chosen = request.filters.get(facet, ())
            if chosen:
                lifted = compile_.query(request.without(facet), plan, scored=False)
                counts = _counts(searcher, lifted)
            else:
                shared = counts = _counts(searcher, query) if shared is None else shared
            found[facet] = buckets(counts.get(facet, ()), chosen)
        if kept is not None:
            if len(self._counted) >= COUNTS_KEPT:
                self._counted.clear()
            self._counted[kept] = found
        return found

    def _key_of_counts(self, request: SearchRequest) -> tuple[object, ...] | None:
        """What counts without a query depend on: the commit, the reader and the choices."""
        if request.near is not None:
            return None
        choices = tuple(sorted(request.filters.items()))
        return (
            self._pointer_seen, self._seen, request.audience, request.types, choices, request.facets
        )  # fmt: skip

    # Writing ------------------------------------------------------------------------------------

    def writer(self) -> EmbeddedWriter:
        """A writer into the index in use, made when there is none."""
        with engine_errors():
            generation = self.current()
            if generation is None:
                fresh = self.fresh()
                fresh.commit()
                fresh.close()
                self._point_at(fresh.index)
                generation = fresh.index
            _check_shape(generation)
            return EmbeddedWriter(self.directory / generation)

    def fresh(self) -> EmbeddedWriter:
        """A writer into a new, empty index that nobody reads yet."""
        with engine_errors():
            begin = generation_prefix(SCHEMA_VERSION)
            generation = f"{begin}{int(time.time())}-{uuid.uuid4().hex[:8]}"
            (self.directory / generation).mkdir(parents=True)
            tantivy.Index(SCHEMA, path=str(self.directory / generation))
            return EmbeddedWriter(self.directory / generation)

    def adopt(self, writer: EmbeddedWriter) -> None:
        """Make a fresh writer's index the one in use and throw all others away."""
        with engine_errors():
            writer.close()
            self._point_at(writer.index)
            # Also those of builds that were killed. Readers of the old generation hold its files
            # open; removing the names is safe.
            for path in self.directory.iterdir():
                if path.is_dir() and path.name != writer.index:
                    shutil.rmtree(path, ignore_errors=True)

    def abandon(self, writer: EmbeddedWriter) -> None:
        """Throw away an index that is not in use, whole or half-built."""
        with contextlib.suppress(EngineError):
            writer.close()
        shutil.rmtree(self.directory / writer.index, ignore_errors=True)

    # About the index ----------------------------------------------------------------------------

    def stamps(self) -> Iterator[tuple[str, str]]:
        """Key and stamp of everything in the index, in no order."""
        with engine_errors():
            searcher = self._searcher()
            found = searcher.search(tantivy.Query.all_query(), max(searcher.num_docs, 1))
        for _, address in found.hits:
            stored = searcher.doc(address)
            yield stored.get_first("key"), stored.get_first("stamp")

    def current(self) -> str | None:
        """The name of the generation in use."""
        try:
            return (self.directory / "current").read_text().strip() or None
        except FileNotFoundError:
            return None

    def ready(self) -> bool:
        """Whether there is an index of the present shape."""
        generation = self.current()
        return generation is not None and generation.startswith(generation_prefix(SCHEMA_VERSION))

    def describe(self) -> dict[str, object]:
        """Where the index is, how many entries it has and its size in bytes."""
        generation = self.current()
        if generation is None:
            return {"directory": str(self.directory), "index": None, "entries": 0, "bytes": 0}
        files = [path for path in (self.directory / generation).rglob("*") if path.is_file()]
        return {
            "directory": str(self.directory),
            "index": generation,
            "entries": self._searcher().num_docs,
            "bytes": sum(path.stat().st_size for path in files),
        }

    def _point_at(self, generation: str) -> None:
        draft = self.directory / f"current.{uuid.uuid4().hex[:8]}"
        draft.write_text(generation)
        draft.replace(self.directory / "current")

    def _searcher(self) -> tantivy.Searcher:
        """A searcher over the newest commit; looking for one costs two calls of stat."""
        with self._opening:
            return self._newest()

    def _newest(self) -> tantivy.Searcher:
        pointer = self.directory / "current"
        try:
            changed = pointer.stat().st_mtime_ns
            if self._open is None or self._pointer_seen != changed:
                generation = pointer.read_text().strip()
                _check_shape(generation)
                self._open = (generation, tantivy.Index.open(str(self.directory / generation)))
                self._open[1].config_reader("manual")
                self._pointer_seen = changed
                self._seen = 0
            generation, index = self._open
            committed = (self.directory / generation / "meta.json").stat().st_mtime_ns
        except (FileNotFoundError, ValueError) as error:
            self._open = None
            raise EngineError("there is no index yet") from error
        if committed != self._seen:
            index.reload()
            self._seen = committed
        return index.searcher()


def _check_shape(generation: str) -> None:
    """Raise EngineError for an index made with another schema: tantivy would misread it."""
    if not generation.startswith(f"{SCHEMA_VERSION}-"):
        raise EngineError("the index has another shape; search_rebuild makes a new one")


def _narrowed(
    searcher: tantivy.Searcher, request: SearchRequest, plan: QueryPlan
) -> tuple[tantivy.Query, Places | None]:
    """The query, within the distance asked for, and the places of what it finds if one was named."""
    # What has an order of its own needs no score, which is most of the work of a query.
    ordered, _ = compile_.order(request, plan)
    query = compile_.query(request, plan, scored=ordered is None)
    if request.near is None:
        return query, None
    places = _places_by_distance(searcher, query, request.near, request.radius_km)
    if request.radius_km is not None:
        within = compile_.any_of("place", [place for place, _, _ in places])
        query = compile_.all_of([query, within])
    return query, places


def _ordered(
    searcher: tantivy.Searcher,
    query: tantivy.Query,
    request: SearchRequest,
    plan: QueryPlan,
    limit: int,
    offset: int = 0,
) -> tantivy.SearchResult:
    field, order = compile_.order(request, plan)
    weight = None if field else compile_.RANK
    return searcher.search(
        query, limit, offset=offset, order_by_field=field, order=order, weight_by_field=weight
    )


def _key(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
    key: str = searcher.doc(address).get_first("key")
    return key


def _counts(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[str, list[tuple[str, int]]]:
    counts: dict[str, list[tuple[str, int]]] = {}
    answer = searcher.aggregate(query, compile_.FACET_COUNTS)
    for bucket in answer["values"]["buckets"]:
        facet, _, value = bucket["key"].partition(":")
        counts.setdefault(facet, []).append((value, int(bucket["doc_count"])))
    return counts


def _places_by_distance(
    searcher: tantivy.Searcher, query: tantivy.Query, near: Point, radius_km: float | None
) -> Places:
    """The places of all that matches: place, kilometres and number of entries, nearest first."""
    answer = searcher.aggregate(
        query, {"places": {"terms": {"field": "place", "size": MAX_PLACES}}}
    )
    found = [
        (bucket["key"], _kilometres(bucket["key"], near), int(bucket["doc_count"]))
        for bucket in answer["places"]["buckets"]
    ]
    if radius_km is not None:
        found = [place for place in found if place[1] <= radius_km]
    return sorted(found, key=lambda place: (place[1], place[0]))


def _distance(stored: tantivy.Document, near: Point | None) -> float | None:
    place = stored.get_first("place") if near is not None else None
    return _kilometres(place, near) if place and near else None


def _kilometres(place: str, near: Point) -> float:
    lat, lon = place.split(",")
    return kilometres(Point(float(lat), float(lon)), near)
