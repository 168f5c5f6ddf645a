from __future__ import annotations

import time
from itertools import chain

import pytest

from search.language.analyse import word
from search.language.interpret import interpret
from search.language.lexicon import Lexicon, shipped
from search.language.plan import QueryPlan
from search.language.spelling import WordList

VOCABULARY = WordList(
    {
        "strekkprøving": 4, "slagprøving": 3, "overflatebehandling": 2, "stål": 9, "plast": 8,
        "korrosjon": 5, "kulde": 3, "laks": 2, "prøving": 20, "herøya": 6, "klimakammer": 3,
        "testfasilitet": 2, "vibrasjon": 4,
    },
    entries=90,
)  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return shipped()


def plan_of(text: str, lexicon: Lexicon, **options: bool) -> QueryPlan:
    return interpret(text, lexicon=lexicon, vocabulary=VOCABULARY, **options)


def decisive(plan: QueryPlan) -> set[tuple[str, ...]]:
    groups = (group for group in plan.groups if group.required)
    return {a.terms for a in chain.from_iterable(g.alternatives for g in groups) if a.decisive}


def required(plan: QueryPlan) -> list[str]:
    return [group.surface for group in plan.groups if group.required]


def test_polite_and_generic_words_decide_nothing(lexicon: Lexicon) -> None:
    plan = plan_of("hei, vi trenger hjelp til å teste om plasten tåler kulde", lexicon)
    assert ("plast",) in decisive(plan)
    assert ("kulde",) in decisive(plan)
    assert ("test",) not in decisive(plan)


def test_a_query_of_generic_words_alone_still_searches(lexicon: Lexicon) -> None:
    plan = plan_of("utstyr for testing", lexicon)
    assert required(plan) == []
    assert plan.gates == ((0,), (1,))
    assert all(any(each.decisive for each in group.alternatives) for group in plan.groups)


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_typed_matches_everything(text: str, lexicon: Lexicon) -> None:
    plan = plan_of(text, lexicon)
    assert plan.empty
    assert not plan.nonsense


@pytest.mark.parametrize(
    "text", ["og i på det", "!?#%&/()=", "🔥🔥🔥", "\x00\x07\x1b", "vi trenger hjelp", "." * 200]
)
def test_what_says_nothing_is_nonsense(text: str, lexicon: Lexicon) -> None:
    assert plan_of(text, lexicon).nonsense


@pytest.mark.parametrize(
    "text",
    ["x" * 5_000, "a-" * 100, "'; DROP TABLE --", "<script>alert(1)</script>", "ISO " * 50,
     '"' * 99, "«»" * 50, "strekk " * 60, "\u202eprøving", "Ⅻ ① ﬃ"],
)  # fmt: skip
def test_hostile_queries_are_read_and_bounded(text: str, lexicon: Lexicon) -> None:
    plan = plan_of(text, lexicon)
    assert len(plan.groups) <= 10
    assert all(len(group.alternatives) <= 32 for group in plan.groups)
    assert len(plan.gates) <= 12
    assert len(plan.text) <= 200


def test_an_unknown_word_is_an_idea_that_nothing_meets(lexicon: Lexicon) -> None:
    plan = plan_of("xqzwv", lexicon)
    assert required(plan) == ["xqzwv"]
    assert plan.gates == ((0,),)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("slag prøving", ("slagtest",)),
        ("slagprøving", ("slagtest",)),
        ("overflate behandling", ("overflatebehandling",)),
        ("tensile test", ("strekktest",)),
        ("strekkprøving", ("tension", "test")),
        ("salt spray", ("salttåke",)),
        ("hardhetsmaling", ("hardhetmåling",)),
    ],
)
def test_joined_split_and_foreign_forms_lead_to_each_other(
    typed: str, meant: tuple[str, ...], lexicon: Lexicon
) -> None:
    forms = {
        tuple(term.removesuffix("e") for term in terms)
        for terms in decisive(plan_of(typed, lexicon))
    }
    assert tuple(term.removesuffix("e") for term in meant) in forms


def test_a_compound_is_not_met_by_one_of_its_parts(lexicon: Lexicon) -> None:
    plan = plan_of("vindtunnel", lexicon)
    assert ("vind",) not in decisive(plan)
    assert ("tunnel",) not in decisive(plan)


@pytest.mark.parametrize(
    "typed", ["korosjon", "korrosjno", "korrossjon", "vibrsjon", "strekprøving"]
)
def test_typing_errors_are_corrected(typed: str, lexicon: Lexicon) -> None:
    assert plan_of(typed, lexicon).correction in {"korrosjon", "vibrasjon", "strekkprøving"}


@pytest.mark.parametrize("typed", ["hund", "katt", "vaksine", "cars", "strekkprøving", "tannlege"])
def test_words_that_are_words_are_not_corrected(typed: str, lexicon: Lexicon) -> None:
    assert plan_of(typed, lexicon).correction == ""


def test_a_code_is_met_by_its_base_but_less(lexicon: Lexicon) -> None:
    alternatives = {
        a.terms[0]: a.weight for a in plan_of("ISO 6892-2", lexicon).groups[0].alternatives
    }
    assert alternatives["iso6892-2"] == 1
    assert alternatives["iso6892"] < 0.6
    assert "iso6892-1" not in alternatives


def test_a_bare_number_may_be_a_standard(lexicon: Lexicon) -> None:
    plan = plan_of("6892", lexicon)
    assert plan.groups[0].alternatives[0].terms == ("6892",)
    assert plan.groups[0].required


def test_a_method_finds_even_when_the_product_is_unknown(lexicon: Lexicon) -> None:
    plan = plan_of("strekkprøving av dubbeditt", lexicon)
    assert (0,) in plan.gates


def test_a_material_alone_does_not_answer_an_unknown_method(lexicon: Lexicon) -> None:
    plan = plan_of("zyxografi av stål", lexicon)
    assert plan.gates == ((0, 1),)


def test_a_question_is_understood_by_what_people_ask(lexicon: Lexicon) -> None:
    plan = plan_of("hvor lenge holder maten seg", lexicon)
    assert any("holdbarhet" in term for terms in decisive(plan) for term in terms)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("det legger seg is på antennene", "ising"),
        ("skal stå i Finnmark, tåler den minus førti", "kuldetest"),
        ("folk får vondt i ryggen av å løfte", "ergonomi"),
        ("gassalarmen går av for ingenting", "gassdetekt"),
        ("can flour dust blow up", "støveksplosjon"),
        ("kvifor rustar skruane så fort", "salttåke"),
    ],
)
def test_what_people_see_and_fear_leads_to_the_method(
    said: str, meant: str, lexicon: Lexicon
) -> None:
    terms = {term for terms in decisive(plan_of(said, lexicon)) for term in terms}
    assert any(term.startswith(meant) for term in terms), terms


def test_an_everyday_word_in_the_name_of_a_problem_keeps_the_problem(lexicon: Lexicon) -> None:
    plan = plan_of("ukjent stoff i flaska", lexicon)
    assert (0,) in plan.gates
    assert ("stoff",) not in decisive(plan)


def test_a_quoted_phrase_must_stand_together(lexicon: Lexicon) -> None:
    plan = plan_of('"salttåke i kammer"', lexicon)
    assert any(a.near for group in plan.groups for a in group.alternatives)
    assert plan.phrases


def test_the_unfinished_word_is_a_beginning(lexicon: Lexicon) -> None:
    plan = plan_of("strekkprøving av stå", lexicon, prefix=True)
    assert plan.prefix == "sta"
    assert required(plan) == ["strekkprøving"]


def test_a_capital_query_is_read_like_any_other(lexicon: Lexicon) -> None:
    assert ("stål",) in decisive(plan_of("HVOR KAN VI TESTE STÅL", lexicon))


def test_editors_synonyms_are_followed_both_ways(lexicon: Lexicon) -> None:
    wider = lexicon.with_synonyms([["rykkedings", "strekkprøving"], ["alene"]])
    assert ("strekktest",) in decisive(plan_of("rykkedings", wider))
    assert (word("rykkedings").term,) in decisive(plan_of("strekkprøving", wider))
    assert wider.concepts_of(("alen",)) == ()


def test_plans_are_made_fast(lexicon: Lexicon) -> None:
    queries = ["strekkprøving av stål", "vi må finne ut om plasten tåler kulde", "ISO 6892-1"]
    for query in queries:
        plan_of(query, lexicon)
    started = time.process_time()
    for _ in range(50):
        for query in queries:
            plan_of(query, lexicon)
    assert (time.process_time() - started) / 150 < 0.005


@pytest.mark.parametrize(
    "text", ["plast ned til minus 40 grader", "trykk 1000 bar", "strekk 600kN"]
)
def test_figures_help_but_do_not_decide(text: str, lexicon: Lexicon) -> None:
    assert not any(surface[0].isdigit() for surface in required(plan_of(text, lexicon)))


def test_what_somebody_makes_is_not_what_is_sought(lexicon: Lexicon) -> None:
    assert required(plan_of("vi lager propeller", lexicon)) == ["propeller"]
    assert required(plan_of("lager", lexicon)) == ["lager"]


@pytest.mark.parametrize("text", ["u-verdi", "x-ray"])
def test_a_letter_with_a_hyphen_belongs_to_its_word(text: str, lexicon: Lexicon) -> None:
    assert required(plan_of(text, lexicon)) == [text.replace("-", "")]
