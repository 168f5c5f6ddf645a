"""Grading the search: queries whose answers were judged beforehand, asked through the API.

By hand, against the data directory that ``PARKNETT_DATA_DIR`` names::

    python -m tests.search.grading tests/search/development/queries.yaml
"""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
DEPTH = 10

Ask = Callable[[str, str], Sequence[str]]


@dataclass(frozen=True)
class Judged:
    """A query with the slugs that serve it, graded 1 to 3; none for a query without an answer."""

    key: str
    text: str
    kind: str
    type: str
    relevant: Mapping[str, int]


@dataclass(frozen=True)
class Outcome:
    """What a judged query found, best first."""

    query: Judged
    found: Sequence[str]

    @property
    def ndcg(self) -> float:
        """Gain of the first ten by rank, as a share of the best possible."""
        ideal = _gain(sorted(self.query.relevant.values(), reverse=True)[:DEPTH])
        return _gain([self.query.relevant.get(slug, 0) for slug in self.found[:DEPTH]]) / ideal

    @property
    def recall(self) -> float:
        """Share of what serves the query that is among the first ten."""
        found = set(self.found[:DEPTH]) & set(self.query.relevant)
        return len(found) / min(DEPTH, len(self.query.relevant))

    def __str__(self) -> str:
        score = f"{self.ndcg:.2f}" if self.query.relevant else "none"
        wanted = dict(self.query.relevant)
        return f"{score} {self.query.key}: {self.query.text} | {wanted} | {list(self.found[:6])}"


@dataclass(frozen=True)
class Grades:
    """How a search did on a set of queries."""

    outcomes: Sequence[Outcome]

    @property
    def answerable(self) -> list[Outcome]:
        """Those for which there is something to find."""
        return [outcome for outcome in self.outcomes if outcome.query.relevant]

    @property
    def ndcg(self) -> float:
        """Mean nDCG@10."""
        return fmean(outcome.ndcg for outcome in self.answerable)

    @property
    def recall(self) -> float:
        """Mean recall@10."""
        return fmean(outcome.recall for outcome in self.answerable)

    @property
    def missed(self) -> list[Outcome]:
        """Those that found nothing though something is there."""
        return [outcome for outcome in self.answerable if not outcome.found]

    @property
    def false(self) -> list[Outcome]:
        """Those that found something though nothing is there."""
        return [o for o in self.outcomes if o.found and not o.query.relevant]

    @property
    def miss_rate(self) -> float:
        """Share of the answerable queries that found nothing."""
        return len(self.missed) / len(self.answerable)

    @property
    def false_rate(self) -> float:
        """Share of the unanswerable queries that found something; 0 where there are none."""
        unanswerable = len(self.outcomes) - len(self.answerable)
        return len(self.false) / unanswerable if unanswerable else 0.0

    def by_kind(self) -> dict[str, float]:
        """Mean nDCG@10 of each kind of query."""
        kinds: dict[str, list[float]] = defaultdict(list)
        for outcome in self.answerable:
            kinds[outcome.query.kind].append(outcome.ndcg)
        return {kind: round(fmean(scores), 2) for kind, scores in sorted(kinds.items())}

    def report(self, worst: int = 15) -> str:
        """The figures, then the queries that did worst."""
        lines = [
            f"nDCG@10 {self.ndcg:.3f}, recall@10 {self.recall:.3f}",
            f"missed {self.miss_rate:.1%}, found falsely {self.false_rate:.1%}",
            ", ".join(f"{kind} {score}" for kind, score in self.by_kind().items()),
            *map(str, sorted(self.answerable, key=lambda outcome: outcome.ndcg)[:worst]),
            *map(str, self.false),
        ]
        return "\n".join(lines)


def read(path: Path) -> list[Judged]:
    """The judged queries of a file."""
    return [
        Judged(
            raw["id"], raw["query"], raw["kind"], raw.get("type", "facility"), raw["relevant"] or {}
        )
        for raw in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def grade(queries: Iterable[Judged], ask: Ask) -> Grades:
    """Ask each query; ``ask`` takes a text and a type and gives slugs, best first."""
    return Grades([Outcome(query, ask(query.text, query.type)) for query in queries])


def through_api(client: Any) -> Ask:
    """Ask as a program does, with a test client of Django's."""

    def ask(text: str, type_: str) -> Sequence[str]:
        response = client.get("/api/v1/search", {"q": text, "type": type_, "size": DEPTH})
        assert response.status_code == 200, response.content
        answer = response.json()
        assert not answer["degraded"], "the engine did not answer"
        return [hit["slug"] for hit in answer["hits"]]

    return ask


def _gain(grades: Iterable[int]) -> float:
    return sum(grade / math.log2(rank + 2) for rank, grade in enumerate(grades))


def main() -> None:
    """Grade the site of a data directory and print how it did."""
    parser = argparse.ArgumentParser(description="Grade the search of a data directory.")
    parser.add_argument("queries", type=Path, nargs="?", default=HERE / "judgements.yaml")
    parser.add_argument("--worst", type=int, default=15, help="how many of the worst to show")
    chosen = parser.parse_args()
    sys.path.insert(0, str(HERE.parents[1] / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.environ.setdefault("PARKNETT_API_RATE", "100000/m")
    import django
    from django.test import Client

    django.setup()
    grades = grade(read(chosen.queries), through_api(Client()))
    sys.stdout.write(f"{grades.report(chosen.worst)}\n")


if __name__ == "__main__":
    main()
