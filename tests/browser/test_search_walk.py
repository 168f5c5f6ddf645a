"""Somebody with a problem finds the facility that can solve it: the whole way, in every setting."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE


@dataclass(frozen=True)
class Words:
    """What the pages are called and where they are in one language."""

    home: str
    search_page: str
    catalogue: str
    problem: str
    right_facility: str
    search: str
    filters: str
    show: str
    menu: str
    facilities: str
    facility_type: str
    laboratory: str
    by_name: str
    name: str
    map: str
    list: str
    compare: str
    write: str
    other_language: str
    misspelt: str
    meant: str
    did_you_mean: str


NORWEGIAN = Words(
    home="/", search_page="/sok/", catalogue="/testfasiliteter/",
    problem="plasten tåler kulde", right_facility="Klima- og vibrasjonslaboratoriet",
    search="Søk", filters="Filtre", show="Vis treff", menu="Meny", facilities="Testfasiliteter",
    facility_type="Testfasiliteter", laboratory="Laboratorium", by_name="Navn", name="title",
    map="Kart", list="Liste", compare="Sammenlign", write="Be om dette",
    other_language="English", misspelt="vibrasjonstesst", meant="vibrasjonstest",
    did_you_mean="Mente du",
)  # fmt: skip
ENGLISH = Words(
    home="/en/", search_page="/en/search/", catalogue="/en/facilities/",
    problem="will the plastic survive cold", right_facility="Climate and Vibration Laboratory",
    search="Search", filters="Filters", show="Show results", menu="Menu",
    facilities="Test facilities", facility_type="Test facilities", laboratory="Laboratory",
    by_name="Name", name="title", map="Map", list="List", compare="Compare",
    write="Ask for this", other_language="Norsk", misspelt="vibratoin", meant="vibration",
    did_you_mean="Did you mean",
)  # fmt: skip


class Visitor:
    """Somebody at a browser: what they do, in the words of their language."""

    def __init__(self, page, words, *, phone, scripts):
        self.page, self.words, self.phone, self.scripts = page, words, phone, scripts
        self.main = page.locator("main")
        self.field = self.main.locator("input[type=search]")

    def titles(self):
        """The titles of the results, in their order."""
        return self.main.locator(".pn-card__title").all_inner_texts()

    def total(self):
        """How many results the page says there are."""
        return int(re.sub(r"\D", "", self.main.locator("[data-status]").inner_text()))

    def choose(self, facet, label):
        """Tick a value of a facet, and wait until the list says what it said beside it."""
        if self.phone:
            self.page.get_by_role("button", name=self.words.filters, exact=True).click()
        choice = self.page.locator(f"#facet-{facet} label", has_text=label)
        expected = int(choice.locator(".pn-choice__count").inner_text())
        choice.get_by_role("checkbox").check()
        if self.phone or not self.scripts:
            self.page.get_by_role("button", name=self.words.show, exact=True).click()
        expect(self.main.locator(".pn-active")).to_contain_text(label)
        expect(self.main.locator("[data-status]")).to_have_text(re.compile(rf"^{expected}\b"))
        return expected

    def ask(self, problem):
        """Type into the page's own search field and press Enter."""
        self.field.fill(problem)
        self.field.press("Enter")

    def open_catalogue(self):
        """By the main menu."""
        if self.phone:
            self.page.get_by_role("button", name=self.words.menu, exact=True).click()
        menu = self.page.locator("header nav")
        menu.get_by_role("link", name=self.words.facilities, exact=True).click()

    def switch_language(self):
        """To the other language, where this page is in it."""
        if self.phone:
            self.page.get_by_role("button", name=self.words.menu, exact=True).click()
        self.page.locator("header").get_by_role("link", name=self.words.other_language).click()

    def map_is_drawn(self):
        """The map shows the places of the list; live with scripts, as a drawing without."""
        if self.scripts:
            expect(self.main.locator(".leaflet-container")).to_be_visible()
            expect(self.main.locator(".leaflet-marker-icon")).to_have_count(self.total())
        else:
            expect(self.main.locator(".pn-map svg")).to_be_visible()


@pytest.fixture(params=[NORWEGIAN, ENGLISH], ids=["nb", "en"])
def words(request):
    return request.param


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def size(request):
    return request.param


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def visitor(request, open_browser, words, size):
    page = open_browser(size=size, scripts=request.param)
    return Visitor(page, words, phone=size is PHONE, scripts=request.param)


def test_from_a_problem_in_plain_words_to_those_who_can_solve_it(visitor, words):
    page = visitor.page
    page.goto(words.home)
    visitor.ask(words.problem)
    page.wait_for_url(f"**{words.search_page}?q=**")
    assert words.right_facility in visitor.titles()[:3]
    everything = visitor.total()

    narrowed = visitor.choose("type", words.facility_type)
    assert narrowed < everything
    visitor.main.locator(".pn-chip", has_text=words.facility_type).click()
    expect(visitor.main.locator("[data-status]")).to_have_text(re.compile(rf"^{everything}\b"))
    expect(visitor.field).to_have_value(words.problem)

    visitor.main.get_by_role("combobox").last.select_option(words.name)
    if not visitor.scripts:
        visitor.main.get_by_role("button", name=words.search, exact=True).click()
    page.wait_for_url("**sort=title**")
    first_letters = [title[0].casefold() for title in visitor.titles()]
    assert first_letters == sorted(first_letters)


def test_from_the_catalogue_over_map_and_comparison_to_the_contact(visitor, words, open_browser):
    page, main = visitor.page, visitor.main
    page.goto(words.home)
    visitor.open_catalogue()
    visitor.ask(words.problem)
    page.wait_for_url("**q=**")
    visitor.choose("scale", words.laboratory)
    main.get_by_role("link", name=words.map, exact=True).click()
    page.wait_for_url("**vis=kart**")
    visitor.map_is_drawn()
    main.get_by_role("link", name=words.list, exact=True).click()
    expect(main.locator(".pn-map")).to_have_count(0)
    main.get_by_role("link", name=words.by_name, exact=True).click()
    page.wait_for_url("**sort=title**")
    state, titles = page.url, visitor.titles()
    assert titles == sorted(titles)
    assert words.right_facility in titles

    for box in main.locator(".pn-card input[type=checkbox]").all()[:2]:
        box.check()
    main.locator("#compare").get_by_role("button", name=words.compare).click()
    columns = main.locator("thead th[scope=col]")
    expect(columns).to_have_count(2)
    columns.first.get_by_role("link").first.click()
    expect(main.locator("h1")).to_have_text(titles[0])
    contact = main.get_by_role("link", name=words.write)
    slug = page.url.rstrip("/").rpartition("/")[2]
    assert contact.get_attribute("href").endswith(f"/?f={slug}")

    visitor.switch_language()
    other = ENGLISH if words is NORWEGIAN else NORWEGIAN
    expect(main.get_by_role("link", name=other.write)).to_be_visible()
    assert page.url.endswith(f"{other.catalogue}{slug}/")

    page.go_back()
    page.go_back()
    page.go_back()
    expect(page).to_have_url(state)
    assert visitor.titles() == titles
    expect(visitor.field).to_have_value(words.problem)

    elsewhere = open_browser()
    elsewhere.goto(state)
    assert elsewhere.locator("main .pn-card__title").all_inner_texts() == titles


def test_a_typing_error_is_found_out_and_an_empty_result_shows_ways_out(visitor, words):
    page, main = visitor.page, visitor.main
    page.goto(f"{words.search_page}?q={words.misspelt}")
    expect(main.get_by_text(words.did_you_mean)).to_be_visible()
    main.locator(".pn-correction").get_by_role("link", name=words.meant).click()
    expect(visitor.field).to_have_value(words.meant)
    assert visitor.total() > 0

    page.goto(f"{words.search_page}?q=xyzzyplugh&park=treklyngen")
    assert visitor.total() == 0
    ways_out = main.locator(".pn-empty").get_by_role("link")
    expect(ways_out).not_to_have_count(0)
    ways_out.first.click()
    expect(main.locator(".pn-active li")).to_have_count(1 + 1)
