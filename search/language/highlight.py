"""Marking in a text what a query asked for.

Words are compared as index terms, so synonyms, inflections and the insides of compounds are marked
alike whatever engine found the entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final, NamedTuple

from search.language import analyse, codes
from search.language.normalise import clean, spans
from search.language.plan import QueryPlan

ELLIPSIS: Final = "…"
_MARKED_WEIGHT: Final = 0.35
_MAX_TEXT: Final = 20_000
_LEAD: Final = 40
_REPEATED: Final = 0.1


class _Hit(NamedTuple):
    start: int
    end: int
    group: int
    weight: float


def highlight(text: str, plan: QueryPlan, *, length: int = 240) -> str:
    """The passage of plain ``text`` that shows best what ``plan`` asked for, as safe HTML.

    At most ``length`` characters of text and an ellipsis at each cut; what was asked for stands in
    ``<mark>``, everything else is escaped.
    """
    text = clean(" ".join(text[:_MAX_TEXT].split()))
    hits = _hits(text, plan)
    start, end = _window(text, hits, length)
    pieces = [ELLIPSIS] if start else []
    position = start
    for hit_start, hit_end in _merged(hits, start, end):
        pieces += [
            escape(text[position:hit_start]),
            f"<mark>{escape(text[hit_start:hit_end])}</mark>",
        ]
        position = hit_end
    pieces.append(escape(text[position:end].rstrip() if end < len(text) else text[position:end]))
    if end < len(text):
        pieces.append(ELLIPSIS)
    return "".join(pieces)


def _hits(text: str, plan: QueryPlan) -> list[_Hit]:
    """What in ``text`` meets the plan, in order. A phrase counts only when all its words occur."""
    asked = _asked(plan)
    found = list(_asked_words(text, asked.terms))
    if asked.has_codes:
        found += [(code.start, code.end, frozenset(code.terms)) for code in codes.find(text)]
    wanted = _wanted(plan, frozenset().union(*(terms for _, _, terms in found)))
    hits = []
    for start, end, terms in found:
        met = [wanted[term] for term in terms if term in wanted]
        if met:
            group, weight = max(met, key=lambda each: each[1])
            hits.append(_Hit(start, end, group, weight))
    if plan.prefix:
        hits += _begun(text, plan.prefix)
    return sorted(hits)


class _Asked(NamedTuple):
    """What a plan could mark: all its terms, and whether there are figures among them."""

    plan: QueryPlan
    terms: frozenset[str]
    has_codes: bool


_latest: _Asked | None = None


def _asked(plan: QueryPlan) -> _Asked:
    """Gathered once for all the texts that one plan marks, one after the other."""
    global _latest  # noqa: PLW0603 - replaced as a whole; at worst it is gathered again
    latest = _latest
    if latest is None or latest.plan is not plan:
        options = (option for group in plan.groups for option in group.alternatives)
        terms = frozenset(term for option in options for term in option.terms)
        has_codes = any(letter.isdigit() for term in terms for letter in term)
        _latest = latest = _Asked(plan, terms, has_codes)
    return latest


def _asked_words(text: str, asked: frozenset[str]) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Words, and neighbours as the compound they might be written as, that hold asked terms."""
    before: tuple[int, int, analyse.Word] | None = None
    for start, end, raw in spans(text):
        word = analyse.word(raw)
        if not word.term:
            continue
        if word.term in asked or (word.parts and not asked.isdisjoint(word.inner)):
            yield start, end, frozenset((word.term, *word.inner))
        if before is not None and start - before[1] <= 1:
            joined = before[2].term + word.term
            if joined in asked:
                yield before[0], end, frozenset((joined,))
        before = (start, end, word)


def _wanted(plan: QueryPlan, present: frozenset[str]) -> dict[str, tuple[int, float]]:
    """Terms to mark with the group they meet and their weight; generic words only on their own."""
    only_generic = not any(group.required for group in plan.groups)
    wanted: dict[str, tuple[int, float]] = {}
    for index, group in enumerate(plan.groups):
        if not (group.required or only_generic):
            continue
        for alternative in group.alternatives:
            if not only_generic and alternative.weight < _MARKED_WEIGHT:
                continue
            if not present.issuperset(alternative.terms):
                continue
            for term in _telling(alternative.terms):
                if term not in wanted or wanted[term][1] < alternative.weight:
                    wanted[term] = (index, alternative.weight)
    return wanted


def _telling(terms: tuple[str, ...]) -> tuple[str, ...]:
    telling = tuple(term for term in terms if term not in analyse.generic_terms())
    return telling or terms


def _begun(text: str, prefix: str) -> list[_Hit]:
    begun = []
    for start, end, raw in spans(text):
        if prefix in analyse.prefixes(raw):
            begun.append(_Hit(start, end, -1, 1.0))
    return begun


def _window(text: str, hits: Sequence[_Hit], length: int) -> tuple[int, int]:
    """Where the passage begins and ends: most different ideas first, at word boundaries."""
    if len(text) <= length:
        return 0, len(text)
    best, best_score = 0, 0.0
    for index, first in enumerate(hits):
        score = _score(hits[index:], first.start + length - _LEAD)
        if score > best_score + 1e-9:
            best, best_score = index, score
    start = 0
    if hits and hits[best].start > length - _LEAD:
        start = _opening(text, hits[best].start)
    end = min(len(text), start + length)
    if end < len(text):
        blank = text.rfind(" ", start, end + 1)
        end = blank if blank > start else end
    return start, end


def _score(hits: Sequence[_Hit], limit: int) -> float:
    seen: dict[int, float] = {}
    repeated = 0
    for hit in hits:
        if hit.end > limit:
            break
        repeated += hit.group in seen
        seen[hit.group] = max(seen.get(hit.group, 0.0), hit.weight)
    return sum(seen.values()) + min(repeated, 5) * _REPEATED


def _opening(text: str, hit: int) -> int:
    """A good place to begin shortly before ``hit``: a sentence, else a word."""
    earliest = max(0, hit - _LEAD)
    sentence = text.rfind(". ", earliest, hit)
    if sentence >= 0:
        return sentence + 2
    blank = text.find(" ", earliest, hit)
    return blank + 1 if blank >= 0 else hit


def _merged(hits: Sequence[_Hit], start: int, end: int) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for hit in hits:
        if hit.start < start or hit.end > end:
            continue
        if merged and hit.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], hit.end))
        else:
            merged.append((hit.start, hit.end))
    return merged
