"""Staff in the admin: what they change is found, and they reach what is theirs."""

import re
import time
import uuid

import pytest
from playwright.sync_api import expect

# The feed takes two seconds at most; a synonym is known to a web process after fifteen.
FOUND_WITHIN_SECONDS = 40
FACILITIES = "/admin/snippets/facilities/facility/"


@pytest.fixture
def admin(open_browser):
    """Opens the admin as one of the sample people."""
    return lambda name: open_browser(as_=name)


def finds(page, query, title):
    """Ask until ``title`` is among the results, as long as anybody can be expected to wait."""
    deadline = time.monotonic() + FOUND_WITHIN_SECONDS
    while time.monotonic() < deadline:
        page.goto(f"/sok/?q={query}")
        if title in page.locator(".pn-card__title").all_inner_texts():
            return True
    return False


def test_who_comes_to_the_admin_logs_in_on_the_site_s_own_page(open_browser):
    page = open_browser()
    page.goto("/admin/")
    assert "/konto/" in page.url
    page.get_by_label("E-post").fill("nettverk@example.org")
    page.get_by_label("Passord", exact=True).fill("prov-parknett-2026")
    page.locator("main").get_by_role("button", name="Logg inn", exact=True).click()
    page.wait_for_url("**/admin/")
    expect(page.get_by_role("button", name="Testfasiliteter")).to_be_visible()


def test_a_member_is_told_that_the_admin_is_not_for_them(open_browser):
    page = open_browser(as_="medlem")
    page.goto("/admin/")
    expect(page.locator("h1")).to_contain_text("ikke tilgang")


def test_an_edited_facility_is_found_by_its_new_words(admin):
    page = admin("nettverk")
    page.goto(f"{FACILITIES}?q=Storskala")
    page.locator("main table a").filter(has_text=re.compile("stor", re.IGNORECASE)).first.click()
    word = f"kvasar{uuid.uuid4().hex[:6].translate(str.maketrans('0123456789', 'ghijklmnop'))}"
    summary = page.locator("textarea[name=summary_nb]")
    summary.fill(f"{summary.input_value()} Også {word}.")
    name = page.locator("input[name=name_nb]").input_value()
    page.locator("footer button[type=submit], .footer button[type=submit]").first.click()
    expect(page.locator(".messages")).to_contain_text(name)
    assert finds(page, word, name)


def test_a_new_synonym_leads_to_what_the_other_word_finds(admin):
    page = admin("nettverk")
    page.goto("/admin/snippets/search/synonymset/add/")
    page.locator("[name=words]").fill("blobblefangst, korrosjonsprøving")
    page.locator("footer button[type=submit], .footer button[type=submit]").first.click()
    expect(page.locator(".messages")).to_contain_text("blobblefangst")
    assert finds(page, "blobblefangst", "Korrosjons- og overflatelaboratoriet")


def test_a_search_in_vain_reaches_the_editors(open_browser, admin):
    visitor = open_browser()
    visitor.goto("/sok/?q=svalbardrein+på+ski")
    assert visitor.locator(".pn-card__title").count() == 0
    page = admin("nettverk")
    page.goto("/admin/snippets/search/fruitlesssearch/")
    expect(page.locator("main table")).to_contain_text("svalbardrein på ski")


def test_park_staff_see_and_edit_their_own_park_s_facilities_only(admin, open_browser):
    page = admin("park")
    page.goto(FACILITIES)
    rows = page.locator("main table tbody tr")
    parks = {row.locator("td").nth(2).inner_text().strip() for row in rows.all()}
    assert parks == {"Mo Industripark"}
    page.locator("main table tbody tr a").first.click()
    expect(page.locator("input[name=name_nb]")).to_be_visible()
    # Only a network administrator learns what the others are called.
    other = open_browser(as_="nettverk")
    other.goto(f"{FACILITIES}?q=Korrosjon")
    address = other.locator("main table tbody a[href*='/edit/']").first.get_attribute("href")
    answer = page.goto(address)
    assert answer.status in {403, 404} or not page.url.endswith(address)
    assert "Korrosjons- og overflate" not in page.content()
