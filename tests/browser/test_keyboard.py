"""The search by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.keyboard import MOST_TABS, focused, tab_to


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_first_stop_jumps_over_the_header_to_the_content(open_browser, size):
    page = open_browser(size=size)
    page.goto("/sok/")
    first = tab_to(page, lambda now: True)
    assert first["text"] == "Gå til innholdet"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innhold"
    inside = tab_to(page, lambda now: True)
    assert inside["inMain"]


def test_the_search_goes_from_the_home_page_to_a_facility_by_keyboard_alone(open_browser):
    page = open_browser()
    page.goto("/")
    tab_to(page, lambda now: now["inMain"])
    page.keyboard.type("plasten tåler kulde")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok/?q=*")
    field = page.locator("main input[type=search]")
    expect(field).to_have_value("plasten tåler kulde")
    tab_to(page, lambda now: now["label"].startswith("Testfasiliteter"))
    page.keyboard.press("Space")
    page.wait_for_url("**type=facility**")
    expect(page.locator(".pn-active")).to_contain_text("Testfasiliteter")
    # The focus stays on what was ticked although that part of the page is new.
    assert focused(page)["label"].startswith("Testfasiliteter")
    title = page.locator(".pn-card__title").first.inner_text()
    tab_to(page, lambda now: now["text"] == title)
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text(title)
    mail = tab_to(page, lambda now: now["text"] == "Be om dette")
    assert mail["inMain"]


def test_the_filters_of_a_phone_open_close_and_keep_the_place_by_keyboard(open_browser):
    page = open_browser(size=PHONE)
    page.goto("/testfasiliteter/?q=plasten+tåler+kulde")
    tab_to(page, lambda now: now["text"] == "Filtre")
    page.keyboard.press("Enter")
    panel = page.locator("#filtre")
    expect(panel).to_be_visible()
    tab_to(page, lambda now: now["text"] == "Lukk")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert focused(page)["text"] == "Filtre"
    page.keyboard.press("Enter")
    tab_to(page, lambda now: now["label"].startswith("Laboratorium"))
    page.keyboard.press("Space")
    page.wait_for_url("**scale=lab**")
    expect(panel).to_be_visible()
    assert focused(page)["label"].startswith("Laboratorium")
    tab_to(page, lambda now: now["text"] == "Vis treff")
    page.keyboard.press("Enter")
    expect(panel).to_be_hidden()
    expect(page.locator(".pn-active")).to_contain_text("Laboratorium")


def test_what_a_search_found_is_read_aloud(open_browser):
    page = open_browser()
    page.goto("/sok/?q=plasten+tåler+kulde")
    page.locator("main input[type=search]").fill("strekkprøving")
    spoken = page.locator("[data-announcer]")
    expect(spoken).to_have_text(re.compile(r"^\d+ treff$"))
    expect(spoken).to_have_text(page.locator("[data-status]").inner_text())


def test_the_tab_order_follows_the_page_from_top_to_bottom(open_browser):
    page = open_browser()
    page.goto("/testfasiliteter/verdal-korrosjonslab/")
    tab_to(page, lambda now: now["inMain"])
    before = focused(page)
    for _ in range(MOST_TABS):
        now = tab_to(page, lambda now: True)
        if not now["inMain"]:
            return
        is_below, is_beside = now["top"] >= before["top"] - 10, now["left"] > before["left"]
        assert is_below or is_beside or now["inMap"], f"the focus jumps back to {now['text']}"
        before = now
