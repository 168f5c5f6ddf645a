"""Finding: from a request to entries that may be shown, whatever engine answers.

An engine is asked within its budget; when it fails, the database stands in and the result says so.
Every hit is loaded from the projection and passes its type's own predicate before it is shown, so an
index that is behind can show nothing it should not.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from accounts.roles import AnyUser
from search.breaker import Breaker
from search.budget import spending
from search.documents import documents
from search.engines import database, engine
from search.engines.base import LIKENESS, Answer, EngineError, Likeness, reach
from search.facets import offered
from search.fruitless import note_fruitless
from search.knowledge import plan_of
from search.language.analyse import index_terms
from search.language.highlight import highlight
from search.language.plan import QueryPlan
from search.models import SearchEntry
from search.query import Bucket, Hit, SearchRequest, Sort

SNIPPET_LENGTH: Final = 240
# What of an entry decides whether somebody may see it, and which state of it they see.
STANDING: Final = ("key", "type", "audience", "version")
MAX_LIKENESS_WORDS: Final = 8
# With fewer entries than make a page of the API, what comes near is welcome as well.
ENOUGH: Final = 10
# What is similar is an extra on somebody else's page, which must not wait for it.
SECONDS_FOR_SIMILAR: Final = 0.5

logger = logging.getLogger(__name__)
_breaker = Breaker()


@dataclass(frozen=True)
class Found:
    """A hit with its entry, in the reader's language. ``snippet`` and ``marked_title`` are HTML."""

    entry: SearchEntry
    hit: Hit
    plan: QueryPlan
    language: str

    @property
    def english(self) -> bool:
        """Whether the English texts are shown."""
        return self.language.startswith("en")

    @property
    def title(self) -> str:
        """The title in the reader's language, else in Norwegian."""
        return (self.entry.title_en if self.english else "") or self.entry.title_nb

    @property
    def summary(self) -> str:
        """The summary in the reader's language, else in the other one."""
        first, second = self.entry.summary_nb, self.entry.summary_en
        return (second or first) if self.english else (first or second)

    @property
    def url(self) -> str:
        """Where the object is, in the reader's language."""
        return self.entry.url_en if self.english else self.entry.url_nb

    @property
    def share(self) -> float:
        """From 0 to 1: the score as a share of what the query could reach; 0 where nothing ranks."""
        most = reach(self.plan)
        return round(min(self.hit.score / most, 1.0), 4) if most else 0.0

    @property
    def distance_km(self) -> float | None:
        """Kilometres from where the reader asked, when they did."""
        return self.hit.distance_km

    @property
    def sample(self) -> bool:
        """Whether this is sample content."""
        return bool(self.entry.meta.get("sample"))

    @cached_property
    def marked_title(self) -> SafeString:
        """The title with what was asked for marked."""
        if self.plan.empty:
            return escape(self.title)
        marked = highlight(self.title, self.plan, length=len(self.title) + 1)
        return mark_safe(marked)  # noqa: S308 - highlight escapes all text

    @cached_property
    def snippet(self) -> SafeString:
        """The passage that shows best why this was found."""
        if self.plan.empty and len(self.summary) <= SNIPPET_LENGTH:
            return escape(self.summary)
        entry = self.entry
        body = entry.text_en or entry.text_nb if self.english else entry.text_nb or entry.text_en
        text = f"{self.summary} {body}" if not self.plan.empty else self.summary
        marked = highlight(text, self.plan, length=SNIPPET_LENGTH)
        return mark_safe(marked)  # noqa: S308 - highlight escapes all text


class Seen(NamedTuple):
    """A hit that its reader may see, and in which version."""

    hit: Hit
    version: int


@dataclass(frozen=True)
class Findings:
    """What a request found. ``correction`` is the query respelled, empty when there is no need.

    ``seen`` tells what the page holds before anything of it is loaded; ``entries`` are filled when
    they are.
    """

    request: SearchRequest
    plan: QueryPlan
    seen: Sequence[Seen]
    total: int
    facets: Mapping[str, tuple[Bucket, ...]]
    correction: str
    took_ms: float
    engine: str
    degraded: bool
    entries: dict[str, SearchEntry] = field(default_factory=dict)

    @cached_property
    def items(self) -> Sequence[Found]:
        """The hits of the page with their entries; one that changed meanwhile must still be theirs."""
        entries = self.entries or _entries(hit for hit, _ in self.seen)
        return [
            Found(entry, hit, self.plan, self.request.language)
            for hit, _ in self.seen
            if (entry := entries.get(hit.key))
            and self.request.audience.intersection(entry.audience)
        ]


def find(
    request: SearchRequest, user: AnyUser, *, note: bool = False, load: bool = True
) -> Findings:
    """Carry out ``request`` for ``user``; ``note`` counts it for editors if it finds nothing.

    Without ``load``, entries are read only when they are asked for: for who may have them written.
    """
    started = time.perf_counter()
    plan = plan_of(request.text)
    with spending(settings.SEARCH_TIMEOUT_SECONDS):
        answer, degraded = _ask_widely(request, plan)
        if request.prefix and not answer.total:
            plan = plan_of(request.text, prefix=True)
            answer, degraded = _ask(request, plan)
    entries = _entries(answer.hits) if load else {}
    standing = SearchEntry.objects.filter(pk__in=[hit.key for hit in answer.hits]).order_by()
    rows = entries.values() if load else standing.values_list(*STANDING, named=True)
    findings = Findings(
        request=request,
        plan=plan,
        seen=_visible(answer.hits, rows, request, user),
        total=answer.total,
        facets=_offered(answer.facets),
        correction=plan.correction,
        took_ms=round((time.perf_counter() - started) * 1000, 2),
        engine="database" if degraded else engine().name,
        degraded=degraded,
        entries=entries,
    )
    if note and not findings.total and not degraded and not request.filters:
        note_fruitless(request.text, request.language)
    return findings


def find_keys(request: SearchRequest) -> list[str]:
    """The key of everything that ``request`` finds on all its pages, best first.

    Nothing is loaded: whoever shows what the keys stand for asks the type's own predicate first.
    """
    request = replace(request, facets=())
    plan = _wide_enough(request, plan_of(request.text))
    try:
        return _guarded(lambda: list(engine().keys(request, plan)))  # type: ignore[no-any-return]  # what was asked
    except EngineError:
        return list(database.keys(request, plan))


def find_similar(key: str, request: SearchRequest) -> Sequence[str]:
    """Keys of entries like the one called ``key``, of the types that ``request`` names.

    Whoever shows them asks who may see what they stand for. None when the engine is away.
    """
    entry = SearchEntry.objects.filter(key=key).only("title_nb", "title_en", "facets").first()
    if entry is None:
        return []
    likeness = _likeness(entry)
    try:
        with spending(SECONDS_FOR_SIMILAR):
            answer = _guarded(lambda: engine().similar(request, likeness), tries=False)
    except EngineError:
        return []
    return [hit.key for hit in answer.hits]


def complete(prefix: str, user: AnyUser, request: SearchRequest) -> Sequence[Found]:
    """Entries of which a title word starts with ``prefix``; none when the engine is away."""
    try:
        keys = _guarded(lambda: engine().complete(request, prefix))
    except EngineError:
        return []
    return _loaded([Hit(key, 0.0) for key in keys], QueryPlan(""), request, user)


def _ask_widely(request: SearchRequest, plan: QueryPlan) -> tuple[Answer, bool]:
    """What the engine says; where few entries meet the query, also what meets a part of it."""
    return _ask(request, _wide_enough(request, plan))


def _wide_enough(request: SearchRequest, plan: QueryPlan) -> QueryPlan:
    """The plan, or the wider one where few entries meet it.

    Whether there are few is asked of the words alone: were the filters to decide, choosing one
    would show other entries than its count promised.
    """
    if plan.wider is None or request.sort is not Sort.RELEVANCE:
        return plan
    words_only = SearchRequest(text=request.text, audience=request.audience, size=1)
    answer, degraded = _ask(words_only, plan)
    least = 0 if plan.spoken else 1
    few = least <= answer.total < ENOUGH and not degraded
    return plan.wider if few else plan


def _ask(request: SearchRequest, plan: QueryPlan) -> tuple[Answer, bool]:
    """What the engine says, or what the database does and True."""
    try:
        return _guarded(lambda: engine().answer(request, plan)), False
    except EngineError:
        return database.answer(request, plan), True


def _guarded(question: Callable[[], Any], *, tries: bool = True) -> Any:
    """The engine's answer. Only who ``tries`` asks an engine that failed whether it is back."""
    if not (_breaker.allows() if tries else _breaker.closed()):
        raise EngineError("the engine failed a moment ago")
    try:
        answer = question()
    except EngineError as error:
        logger.warning("the search engine did not answer: %s", error)
        _breaker.failed()
        raise
    _breaker.answered()
    return answer


def _visible(
    hits: Sequence[Hit], rows: Iterable[Any], request: SearchRequest, user: AnyUser
) -> list[Seen]:
    """Those of ``hits`` that ``user`` may see now, by the projection and by their types.

    ``rows`` are their entries, or have of them what :data:`STANDING` names.
    """
    versions: dict[str, int] = {}
    asked: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if request.audience.intersection(row.audience):
            versions[row.key] = row.version
            asked[row.type].append(_pk(row.key))
    visible = {
        document.key(pk)
        for document_type, pks in asked.items()
        if (document := documents().get(document_type))
        for pk in document.visible(user, pks)
    }
    return [Seen(hit, versions[hit.key]) for hit in hits if hit.key in visible]


def _entries(hits: Iterable[Hit]) -> dict[str, SearchEntry]:
    return SearchEntry.objects.in_bulk([hit.key for hit in hits])


def _loaded(
    hits: Sequence[Hit], plan: QueryPlan, request: SearchRequest, user: AnyUser
) -> list[Found]:
    entries = _entries(hits)
    seen = _visible(hits, entries.values(), request, user)
    return [Found(entries[hit.key], hit, plan, request.language) for hit, _ in seen]


def _offered(counted: Mapping[str, tuple[Bucket, ...]]) -> dict[str, tuple[Bucket, ...]]:
    return {facet: offered(facet, buckets) for facet, buckets in counted.items()}


def _pk(key: str) -> int:
    return int(key.rpartition(":")[2])


def _likeness(entry: SearchEntry) -> Likeness:
    tokens = tuple(
        (f"{facet}:{slug}", boost)
        for facet, boost in LIKENESS.items()
        for slug in entry.facets.get(facet, ())
    )
    title = index_terms(f"{entry.title_nb} . {entry.title_en}").words
    return Likeness(entry.key, tokens, tuple(dict.fromkeys(title))[:MAX_LIKENESS_WORDS])
