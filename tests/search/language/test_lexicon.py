from __future__ import annotations

import pytest

from search.language import dictionary, fillers
from search.language.expansion import MAX_ALTERNATIVES, expand
from search.language.lexicon import build, shipped


def test_every_link_points_to_a_concept() -> None:
    assert shipped().missing_links() == []


def test_every_concept_can_be_named() -> None:
    assert [key for key, concept in shipped().concepts.items() if not concept.forms] == []


def test_expansions_are_bounded_and_sorted() -> None:
    lexicon = shipped()
    for key in lexicon.concepts:
        weights = [alternative.weight for alternative in expand((key,), lexicon)]
        assert len(weights) <= MAX_ALTERNATIVES
        assert weights == sorted(weights, reverse=True)


def test_links_that_lead_nowhere_do_no_harm() -> None:
    lexicon = build({"a": {"kind": "problem", "nb": ["snurring"], "related": ["nowhere"]}})
    assert lexicon.missing_links() == [("a", "nowhere")]
    assert expand(("a",), lexicon)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        build({"a": {"kind": "thing", "nb": ["ting"]}})


def test_the_dictionary_is_of_the_promised_size() -> None:
    assert len(dictionary.shipped().compounding) >= 1_500


def test_word_lists_are_folded() -> None:
    known = fillers.fillers()
    for words in (known.stop, known.filler, known.generic, known.ordinary):
        assert all(word == word.lower() for word in words)
