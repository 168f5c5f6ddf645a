"""Elasticsearch 8 and 9, and OpenSearch, behind an alias.

Versions are the projection's own (``external_gte``), so late and repeated writes change nothing. A
rebuild fills an index of its own and moves the alias in one step.
"""

from __future__ import annotations

import contextlib
import json
import re
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from itertools import chain, islice
from typing import Any, Final
from urllib.parse import quote

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError
from elasticsearch.dsl import Search

from search.budget import left
from search.engines import cluster_query as compile_
from search.engines.base import (
    Answer,
    EngineError,
    Likeness,
    RefusedError,
    generation_prefix,
)
from search.engines.cluster_answer import KEYS_ALONE, READ, counts_of, hit_of, hits_of, key_of
from search.engines.cluster_query import MAPPINGS, SCHEMA_VERSION, SETTINGS
from search.engines.opensearch_node import OpenSearchNode
from search.engines.remembered import Remembered
from search.indexing import IndexDocument
from search.language.plan import QueryPlan
from search.query import SearchRequest

BULK: Final = 500
# The server itself shows what was written only every second.
SECONDS_KEPT: Final = 1.0
SENDERS: Final = 2
BULK_TIMEOUT_SECONDS: Final = 60.0
CONFLICT: Final = 409
BAD_REQUEST: Final = 400
PAGE: Final = 5_000
# Nobody reads an index that is being built, and one that is lost on the way is built anew.
WHILE_BUILT: Final[dict[str, Any]] = {
    "refresh_interval": "-1",
    "index.translog.durability": "async",
}
# Of what was written without a fault nothing needs to be told.
TOLD: Final = ("errors", "items.*._id", "items.*.status", "items.*.error")
# The server keeps what it answers, too, until it has something new to show.
ASKED: Final[dict[str, Any]] = {
    "allow_partial_search_results": False,
    "request_cache": True,
    "filter_path": ",".join(READ),
}
JSON: Final = {"accept": "application/json", "content-type": "application/json"}
# What follows the alias in the name of an index: shape, analysis, time, and a part by chance.
GENERATION: Final = r"[^-]+-[0-9a-f]{8}-\d+-[0-9a-f]{8}"


class ClusterEngine:
    """An index behind the alias ``name`` on the server at ``url``."""

    def __init__(self, url: str, name: str, timeout: float) -> None:
        self.name = "elasticsearch"
        self.url = url
        self.alias = name
        self.timeout = timeout
        self._answers = Remembered[Answer]()
        self._bodies = Remembered[bytes]()
        self._written = 0

    def _wrote(self) -> None:
        """What was found before is old, in this process at once."""
        self._written += 1

    @cached_property
    def client(self) -> Elasticsearch:
        """A client that waits no longer than the budget and does not retry by itself."""
        return Elasticsearch(
            self.url,
            node_class=OpenSearchNode,
            request_timeout=self.timeout,
            max_retries=0,
            retry_on_timeout=False,
        )

    # Reading ------------------------------------------------------------------------------------

    def answer(self, request: SearchRequest, plan: QueryPlan) -> Answer:
        """Find, count and order."""
        moment = (self._written, int(time.monotonic() / SECONDS_KEPT))
        return self._answers.get(moment, request, plan, lambda: self._found(request, plan))

    def _found(self, request: SearchRequest, plan: QueryPlan) -> Answer:
        body = self._bodies.get(None, request, plan, lambda: _body(compile_.search(request, plan)))
        with _errors():
            found = self._execute(body)
            counts = counts_of(found.get("aggregations", {}), request) if request.facets else {}
            hits = tuple(hit_of(hit, request) for hit in hits_of(found))
            return Answer(hits, int(found["hits"]["total"]["value"]), counts)

    def keys(self, request: SearchRequest, plan: QueryPlan) -> Iterator[str]:
        """The key of everything that is found, each page asked for behind the one before."""
        after: list[Any] | None = None
        while True:
            found = hits_of(self._execute(_body(compile_.following(request, plan, after, PAGE))))
            for hit in found:
                yield key_of(hit)
            if len(found) < PAGE:
                return
            after = found[-1]["sort"]

    def similar(self, request: SearchRequest, likeness: Likeness) -> Answer:
        """The entries most like one; only the first page."""
        with _errors():
            found = self._execute(_body(compile_.alike(request, likeness)))
            hits = tuple(hit_of(hit) for hit in hits_of(found))
            return Answer(hits, int(found["hits"]["total"]["value"]), {})

    def complete(self, request: SearchRequest, prefix: str) -> Sequence[str]:
        """Keys of visible entries of which a title word starts with ``prefix``."""
        with _errors():
            found = self._execute(_body(compile_.completion(request, prefix)))
            return [key_of(hit) for hit in hits_of(found)]

    def _execute(self, body: bytes) -> dict[str, Any]:
        """What the server says within the budget; the whole of it, or EngineError."""
        seconds = left(self.timeout)
        if seconds <= 0:
            raise EngineError("the time for this search is spent")
        with _errors():
            answer = self.client.options(request_timeout=seconds).perform_request(
                "POST", f"/{quote(self.alias)}/_search", params=ASKED, headers=JSON, body=body
            )
            return dict(answer.body)

    # Writing ------------------------------------------------------------------------------------

    def writer(self) -> ClusterWriter:
        """A writer into the index in use, made when there is none."""
        with _errors():
            index = self.current()
        if index is None:
            fresh = self.fresh()
            self.adopt(fresh)
            return fresh
        return ClusterWriter(self.client, index, self._wrote)

    def fresh(self) -> ClusterWriter:
        """A writer into a new, empty index that nobody reads yet."""
        begin = f"{self.alias}-{generation_prefix(SCHEMA_VERSION)}"
        index = f"{begin}{int(time.time())}-{uuid.uuid4().hex[:8]}"
        with _errors():
            settings = {**SETTINGS, **WHILE_BUILT}
            self._patient.indices.create(index=index, mappings=MAPPINGS, settings=settings)
        return ClusterWriter(self.client, index, self._wrote)

    def adopt(self, writer: ClusterWriter) -> None:
        """Move the alias to a fresh writer's index in one step; all others go."""
        with _errors():
            settings = {name: SETTINGS.get(name) for name in WHILE_BUILT}
            self._patient.indices.put_settings(index=writer.index, settings=settings)
            old = self.current()
            actions: list[dict[str, Any]] = [{"add": {"index": writer.index, "alias": self.alias}}]
            if old is not None and old != writer.index:
                actions.append({"remove_index": {"index": old}})
            self._patient.indices.update_aliases(actions=actions)
        self._wrote()
        writer.close()
        # The swap is done; what builds that were killed have left can wait for the next one.
        with contextlib.suppress(EngineError):
            self._sweep()

    def _sweep(self) -> None:
        """Delete indexes of ours that no alias leads to."""
        ours = re.compile(rf"{re.escape(self.alias)}-{GENERATION}")
        with _errors():
            known = self._patient.indices.get_alias(index=f"{self.alias}-*")
            for index, told in known.items():
                if ours.fullmatch(index) and not told["aliases"]:
                    self._patient.indices.delete(index=index, ignore_unavailable=True)

    def abandon(self, writer: ClusterWriter) -> None:
        """Throw away an index that is not in use, whole or half-built."""
        # What is sent to an index that is gone would make it anew.
        writer.close()
        with _errors():
            self._patient.indices.delete(index=writer.index, ignore_unavailable=True)

    @cached_property
    def _patient(self) -> Elasticsearch:
        return self.client.options(request_timeout=BULK_TIMEOUT_SECONDS)

    # About the index ----------------------------------------------------------------------------

    def current(self) -> str | None:
        """The name of the index behind the alias."""
        with _errors():
            try:
                return next(iter(self.client.indices.get_alias(name=self.alias)), None)
            except NotFoundError:
                return None

    def stamps(self) -> Iterator[tuple[str, str]]:
        """Key and stamp of everything in the index, in the order of keys."""
        after: list[Any] | None = None
        with _errors():
            self._patient.indices.refresh(index=self.alias)
        while True:
            with _errors():
                page = self._patient.search(
                    index=self.alias,
                    size=PAGE,
                    sort=["key"],
                    search_after=after,
                    stored_fields=["stamp"],
                )["hits"]["hits"]
            for hit in page:
                yield str(hit["_id"]), str(hit["fields"]["stamp"][0])
            if len(page) < PAGE:
                return
            after = page[-1]["sort"]

    def ready(self) -> bool:
        """Whether there is an index of the present shape."""
        index = self.current()
        begin = f"{self.alias}-{generation_prefix(SCHEMA_VERSION)}"
        return index is not None and index.startswith(begin)

    def describe(self) -> dict[str, object]:
        """Where the index is, how many entries it has and its size in bytes."""
        with _errors():
            stats = self.client.indices.stats(index=self.alias)["_all"]["primaries"]
        return {
            "address": self.url,
            "index": self.current(),
            "entries": stats["docs"]["count"],
            "bytes": stats["store"]["size_in_bytes"],
        }


class ClusterWriter:
    """Writes into one index in bulk, and says so when it has."""

    def __init__(self, client: Elasticsearch, index: str, wrote: Callable[[], None]) -> None:
        self._client = client.options(request_timeout=BULK_TIMEOUT_SECONDS)
        self.index = index
        self._wrote = wrote
        self._senders: ThreadPoolExecutor | None = None
        self._sent: deque[Future[dict[str, str]]] = deque()
        self._refused: dict[str, str] = {}

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """Add documents while the caller goes on; what fails is raised by a later call."""
        if self._senders is None:
            self._senders = ThreadPoolExecutor(SENDERS, "search-bulk")
        for batch in _batches(_operations(documents, self.index)):
            self._await(SENDERS)
            self._sent.append(self._senders.submit(self._send, batch))

    def write(self, documents: Iterable[IndexDocument]) -> None:
        """Add documents unless the index has newer ones."""
        refused = self._bulk(_operations(documents, self.index))
        if refused:
            raise RefusedError(refused)

    def delete(self, deletions: Iterable[tuple[str, int]]) -> None:
        """Remove by key unless the index has something newer."""
        refused = self._bulk(
            [{"delete": {"_index": self.index, "_id": key, **_versioned(version)}}]
            for key, version in deletions
        )
        if refused:
            raise EngineError(f"not deleted: {refused}")

    def commit(self) -> None:
        """Make everything written so far findable; then tells what of the added was refused."""
        self._await(0)
        with _errors():
            self._client.indices.refresh(index=self.index)
        self._wrote()
        refused, self._refused = self._refused, {}
        if refused:
            raise RefusedError(refused)

    def close(self) -> None:
        """End what sends; what it has not sent is lost."""
        if self._senders is not None:
            self._senders.shutdown(wait=True, cancel_futures=True)
            self._senders = None
            self._sent.clear()

    def _await(self, fewer: int) -> None:
        """Wait until no more than ``fewer`` bulks are on their way."""
        while len(self._sent) > fewer:
            self._refused |= self._sent.popleft().result()

    def _bulk(self, operations: Iterable[list[dict[str, Any]]]) -> dict[str, str]:
        """Send them; gives by key what will never be taken as it is, with the reason."""
        refused: dict[str, str] = {}
        for batch in _batches(operations):
            refused |= self._send(batch)
        return refused

    def _send(self, batch: list[dict[str, Any]]) -> dict[str, str]:
        with _errors():
            answer = self._client.bulk(operations=batch, filter_path=TOLD)
            if not answer["errors"]:
                return {}
            results = [next(iter(item.values())) for item in answer["items"]]
        refused = {}
        for result in results:
            error = result.get("error")
            # Without an error it is done, also where there was nothing to delete; a conflict means
            # that the index knows better.
            if not error or result["status"] == CONFLICT:
                continue
            if result["status"] != BAD_REQUEST:
                raise EngineError(f"{result['_id']}: {error}")
            refused[str(result["_id"])] = str(error)
        return refused


def _body(search: Search) -> bytes:
    return json.dumps({**search.to_dict(), **KEYS_ALONE}, separators=(",", ":")).encode()


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except (ApiError, TransportError) as error:
        raise EngineError(f"{type(error).__name__}: {error}") from error
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        # Something else answers at its address: a gateway's page, an empty object.
        raise EngineError(f"not an answer of a search engine: {error!r}") from error


def _batches(operations: Iterable[list[dict[str, Any]]]) -> Iterator[list[dict[str, Any]]]:
    remaining = iter(operations)
    while batch := list(chain.from_iterable(islice(remaining, BULK))):
        yield batch


def _versioned(version: int) -> dict[str, Any]:
    return {"version": version, "version_type": "external_gte"}


def _operations(documents: Iterable[IndexDocument], index: str) -> Iterator[list[dict[str, Any]]]:
    for document in documents:
        source = {
            "key": document.key,
            "type": document.type,
            "stamp": document.stamp,
            "audience": document.audience,
            "facet": document.facets,
            "counted": document.counted,
            "title": document.title,
            "keywords": document.keywords,
            "text": document.text,
            "prefix": document.prefixes,
            "title_order": document.title_order,
            "title_order_en": document.title_order_en,
            "published": document.published,
            "confirmed": document.confirmed,
            "rank": document.rank,
        }
        if document.lat is not None and document.lon is not None:
            source["place"] = {"lat": document.lat, "lon": document.lon}
        yield [
            {"index": {"_index": index, "_id": document.key, **_versioned(document.version)}},
            source,
        ]
