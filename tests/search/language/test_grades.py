"""The language layer graded over the sample facilities, with a reference engine in Python."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from search.language.interpret import interpret
from search.language.lexicon import shipped
from tests.search.language.reference import (
    ReferenceEngine,
    ndcg,
    sample_synonyms,
    sample_texts,
)

QUERIES = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rankings() -> list[tuple[dict, list[str]]]:
    engine = ReferenceEngine(sample_texts())
    lexicon = shipped().with_synonyms(sample_synonyms())
    return [
        (raw, engine.search(interpret(raw["q"], lexicon=lexicon, vocabulary=engine.vocabulary)))
        for raw in QUERIES
    ]


def test_what_is_sought_comes_first(rankings: list[tuple[dict, list[str]]]) -> None:
    scores = [ndcg(found, raw["want"]) for raw, found in rankings if raw["want"]]
    assert sum(scores) / len(scores) >= 0.9


def test_what_is_there_is_found(rankings: list[tuple[dict, list[str]]]) -> None:
    empty = [raw["q"] for raw, found in rankings if raw["want"] and not found]
    assert len(empty) <= 0.03 * len(rankings), empty


def test_what_is_not_there_is_not_found(rankings: list[tuple[dict, list[str]]]) -> None:
    nothing = [(raw["q"], found) for raw, found in rankings if not raw["want"]]
    false = [query for query, found in nothing if found]
    assert len(false) <= 0.25 * len(nothing), false
