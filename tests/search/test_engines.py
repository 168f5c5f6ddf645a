"""Every engine finds, counts, orders and hides alike; real servers, real indexes."""

from datetime import date, timedelta

import pytest

from search.engines.base import EngineError
from search.indexing import document_of
from search.knowledge import plan_of
from search.query import Point, SearchRequest, Sort
from search.rebuild import rebuild
from tests.factories.search import SearchEntryFactory

pytestmark = pytest.mark.django_db

OSLO, BERGEN, MO = (59.91, 10.75), (60.39, 5.32), (66.31, 14.17)


def ask(engine, text="", **wishes):
    return engine.answer(SearchRequest(text=text, **wishes), plan_of(text))


def keys(answer):
    return [hit.key for hit in answer.hits]


@pytest.fixture
def three(any_engine):
    common = {"facets": {"type": ["facility"], "scale": ["lab"]}}
    SearchEntryFactory(
        key="facility:1", title_nb="Strekkprøving av aluminium", lat=OSLO[0], lon=OSLO[1],
        facets={"type": ["facility"], "park": ["mo"], "scale": ["lab"]},
    )  # fmt: skip
    SearchEntryFactory(
        key="facility:2", title_nb="Klimakammer", text_nb="Strekkprøving tilbys også.",
        lat=BERGEN[0], lon=BERGEN[1],
        facets={"type": ["facility"], "park": ["raufoss"], "scale": ["pilot"]},
    )  # fmt: skip
    SearchEntryFactory(
        key="organisation:3", type="organisation", title_nb="Bedrift for strekkprøving",
        lat=MO[0], lon=MO[1], facets={"type": ["organisation"], "park": ["mo"], **common["facets"]},
    )  # fmt: skip
    rebuild()
    return any_engine


def test_a_word_in_the_title_goes_before_one_in_the_text(three):
    assert keys(ask(three, "strekkprøving", types=("facility",))) == ["facility:1", "facility:2"]


def test_nothing_asked_finds_everything_visible(three):
    assert ask(three).total == 3


def test_an_unknown_word_finds_nothing(three):
    assert ask(three, "hundekurs").total == 0


@pytest.mark.parametrize("asked", ["prøving", "test", "testing", "utstyr for prøving"])
def test_generic_words_find_what_holds_them_when_nothing_else_is_asked(three, asked):
    assert ask(three, asked).total == 3


@pytest.mark.parametrize("asked", ["testfasilitet", "test fasilitet", "testfasilitetene"])
def test_a_compound_of_generic_words_is_found_written_together_or_apart(any_engine, asked):
    SearchEntryFactory(key="page:1", type="page", title_nb="Slik finner du en testfasilitet")
    SearchEntryFactory(key="page:2", type="page", title_nb="Om nettverket")
    rebuild()
    assert keys(ask(any_engine, asked)) == ["page:1"]


def test_a_facet_is_counted_as_if_nothing_were_chosen_in_it(three):
    answer = ask(three, filters={"park": ("mo",)}, facets=("park", "scale"))
    counted = {bucket.value: (bucket.count, bucket.selected) for bucket in answer.facets["park"]}
    assert counted == {"mo": (2, True), "raufoss": (1, False)}
    assert {bucket.value: bucket.count for bucket in answer.facets["scale"]} == {"lab": 2}
    assert answer.total == 2


def test_a_chosen_value_without_entries_stays_with_count_zero(three):
    answer = ask(three, filters={"park": ("skogmo",)}, facets=("park",))
    assert answer.total == 0
    assert ("skogmo", 0, True) in [(b.value, b.count, b.selected) for b in answer.facets["park"]]


def test_choices_within_a_facet_add_and_across_facets_narrow(three):
    both = ask(three, filters={"park": ("mo", "raufoss")})
    narrowed = ask(three, filters={"park": ("mo", "raufoss"), "scale": ("pilot",)})
    assert (both.total, keys(narrowed)) == (3, ["facility:2"])


def test_what_a_reader_may_not_see_is_in_no_hit_no_total_and_no_count(any_engine):
    SearchEntryFactory(key="facility:1", title_nb="Åpen kalorimetri", facets={"park": ["mo"]})
    SearchEntryFactory(
        key="facility:2",
        title_nb="Lukket kalorimetri",
        audience=["org:7"],
        facets={"park": ["hidden"]},
    )
    rebuild()
    visitor = ask(any_engine, "kalorimetri", facets=("park",))
    own = ask(any_engine, "kalorimetri", facets=("park",), audience=frozenset({"public", "org:7"}))
    assert (keys(visitor), visitor.total) == (["facility:1"], 1)
    assert [bucket.value for bucket in visitor.facets["park"]] == ["mo"]
    assert own.total == 2
    request = SearchRequest(size=5)
    assert list(any_engine.complete(request, "lukk")) == []
    assert list(any_engine.complete(request, "ap")) == ["facility:1"]


def test_distance_narrows_and_orders_and_is_told(three):
    near = Point(*OSLO)
    all_of_them = ask(three, near=near, sort=Sort.DISTANCE)
    assert keys(all_of_them) == ["facility:1", "facility:2", "organisation:3"]
    distances = [hit.distance_km for hit in all_of_them.hits]
    assert distances[0] == pytest.approx(0, abs=0.5)
    assert distances[1] == pytest.approx(305, rel=0.02)
    assert distances[2] == pytest.approx(733, rel=0.02)
    within = ask(three, near=near, radius_km=400.0, facets=("park",))
    assert within.total == 2
    assert {bucket.value: bucket.count for bucket in within.facets["park"]} == {
        "mo": 1,
        "raufoss": 1,
    }


def test_pages_by_distance_follow_each_other_without_gap_or_repeat(any_engine):
    for number in range(12):
        SearchEntryFactory(key=f"facility:{number}", lat=60 + number // 2, lon=10)
    rebuild()
    near = Point(60, 10)
    pages = [
        keys(ask(any_engine, near=near, sort=Sort.DISTANCE, page=page, size=5))
        for page in (1, 2, 3)
    ]
    assert [len(page) for page in pages] == [5, 5, 2]
    assert len({key for page in pages for key in page}) == 12


@pytest.mark.parametrize("sort", Sort)
def test_everything_that_is_found_can_be_had_at_once_in_order(any_engine, sort, monkeypatch):
    monkeypatch.setattr("search.engines.cluster.PAGE", 4)
    monkeypatch.setattr("search.engines.embedded.MAX_RESULTS", 10)
    for number in range(11):
        placed = {"lat": 60 + number // 2, "lon": 10} if number < 9 else {}
        SearchEntryFactory(
            key=f"facility:{number}", title_nb=f"Kalorimetri {number % 3}",
            facets={"type": ["facility"], "scale": ["lab"]}, **placed,
        )  # fmt: skip
    SearchEntryFactory(key="facility:99", title_nb="Kalorimetri", audience=["org:7"])
    rebuild()
    request = SearchRequest("kalorimetri", sort=sort, near=Point(60, 10), size=10)
    plan = plan_of("kalorimetri")
    found = list(any_engine.keys(request, plan))
    assert len(found) == len(set(found)) == 11
    assert found[:10] == keys(any_engine.answer(request, plan))
    within = SearchRequest("kalorimetri", near=Point(60, 10), radius_km=50)
    assert set(any_engine.keys(within, plan)) == {"facility:0", "facility:1"}


def test_what_has_no_place_comes_last_by_distance(any_engine):
    SearchEntryFactory(key="facility:1")
    SearchEntryFactory(key="facility:2", lat=MO[0], lon=MO[1])
    rebuild()
    answer = ask(any_engine, near=Point(*OSLO), sort=Sort.DISTANCE)
    assert keys(answer) == ["facility:2", "facility:1"]
    assert answer.hits[1].distance_km is None


def test_titles_are_ordered_as_in_a_norwegian_register(any_engine):
    titles = ["Ørsta", "Zeta", "Ålesund", "alfa", "Ærlig", "3D-print", "beta"]
    for number, title in enumerate(titles):
        SearchEntryFactory(key=f"facility:{number}", title_nb=title)
    rebuild()
    found = keys(ask(any_engine, sort=Sort.TITLE))
    expected = ["3D-print", "alfa", "beta", "Zeta", "Ærlig", "Ørsta", "Ålesund"]
    assert [titles[int(key.split(":")[1])] for key in found] == expected


def test_readers_of_english_get_the_order_of_the_english_titles(any_engine):
    for number, titles in enumerate([("Alfa", "Zulu"), ("Beta", ""), ("Gamma", "Able")]):
        SearchEntryFactory(key=f"facility:{number}", title_nb=titles[0], title_en=titles[1])
    rebuild()
    norwegian, english = (
        keys(ask(any_engine, sort=Sort.TITLE, language=language)) for language in ("nb", "en")
    )
    assert norwegian == ["facility:0", "facility:1", "facility:2"]
    assert english == ["facility:2", "facility:1", "facility:0"]


def test_among_equals_the_recently_confirmed_goes_first(any_engine):
    today = date.today()  # noqa: DTZ011 - a day of the calendar
    for number, days in enumerate((900, 30, 300)):
        SearchEntryFactory(
            key=f"facility:{number}",
            title_nb="Samme kalorimetri",
            confirmed_on=today - timedelta(days),
        )
    rebuild()
    assert keys(ask(any_engine, "kalorimetri")) == ["facility:1", "facility:2", "facility:0"]


def test_a_late_write_changes_nothing_that_is_newer(any_engine):
    entry = SearchEntryFactory(key="facility:1", title_nb="Ny tekst", version=10)
    rebuild()
    writer = any_engine.writer()
    writer.write([document_of(entry)])
    writer.commit()
    assert dict(any_engine.stamps())["facility:1"].startswith("10-")
    writer.close()


def test_an_abandoned_index_leaves_the_one_in_use_alone(three):
    before = three.current()
    fresh = three.fresh()
    three.abandon(fresh)
    assert three.current() == before
    assert ask(three).total == 3


def test_an_empty_query_of_symbols_finds_nothing_rather_than_everything(three):
    assert ask(three, "!!! ???").total == 0


def test_without_an_index_an_engine_says_so(any_engine):
    with pytest.raises(EngineError):
        ask(any_engine, "lab")


def test_two_hundred_characters_of_query_are_answered(three):
    ask(three, "strekkprøving slagprøving hardhet korrosjon utmatting sveising kjemi " * 3)


def test_the_wider_plan_of_a_long_query_is_answered(three):
    text = (
        "bolten sprekker i kulde, lakken slipper i sjøvann, plasten blir sprø, tanken lekker gass"
    )
    plan = plan_of(f"{text}, pumpa rister og vifta bråker, loddingen ryker av vibrasjon og varme")
    assert plan.wider
    three.answer(SearchRequest(), plan.wider)


def test_what_meets_the_query_goes_before_what_meets_a_part_of_it(any_engine):
    SearchEntryFactory(key="facility:1", title_nb="Kalorimetri", text_nb="Betong også.")
    for number in range(2, 6):
        SearchEntryFactory(key=f"facility:{number}", title_nb=f"Kalorimetri kalorimetri {number}")
    rebuild()
    plan = plan_of("kalorimetri betong")
    assert keys(any_engine.answer(SearchRequest(), plan)) == ["facility:1"]
    wider = keys(any_engine.answer(SearchRequest(), plan.wider))
    assert (wider[0], len(wider)) == ("facility:1", 5)
