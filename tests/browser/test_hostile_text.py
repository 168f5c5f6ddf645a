"""Hostile text as posts of a thread, in a real browser: it is shown, and does nothing.

Whatever the browser complains of or asks another host for fails the test; see ``watching``.
"""

import pytest

from tests.browser.accessible import wider_than_the_screen
from tests.browser.conftest import DESKTOP, PHONE
from tests.ui.hostile_text import BOXES, EVERYTHING, LINKS, PICTURES, SCRIPTS

AUTHOR = "nettverk"
GROUPS = {"skript": SCRIPTS, "lenker": LINKS, "bilder": PICTURES, "rammer": BOXES}
# Each calls it in its own way; a page that runs any of them has the mark.
TRAP = "window.hacked = () => { window.wasHacked = true; };"
OUT_OF_ITS_BOX = """() => {
  const scrolls = (e, end) => e !== end
    && (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX)
    || scrolls(e.parentElement, end));
  const found = [];
  for (const text of document.querySelectorAll(".pn-post__text")) {
    const box = text.getBoundingClientRect();
    for (const part of text.querySelectorAll("*")) {
      const { left, right } = part.getBoundingClientRect();
      const { position, zIndex } = getComputedStyle(part);
      const outside = (left < box.left - 1 || right > box.right + 1)
        && !scrolls(part.parentElement, text);
      if (outside || position !== "static" || zIndex !== "auto" || part.getAttribute("style")
        || part.id) found.push(part.outerHTML.slice(0, 120));
    }
  }
  return found;
}"""


def fill(page, text):
    # Typing is not what is tested, and control characters cannot be typed.
    page.get_by_label("Tekst", exact=True).evaluate("(area, text) => { area.value = text; }", text)


@pytest.fixture(scope="module")
def addresses(chromium, site, cookies_of):
    """A thread with all of it, posted through the forms: one post for each kind."""
    context = chromium.new_context(base_url=site.url, storage_state=cookies_of(AUTHOR))
    page = context.new_page()
    page.goto("/forum/nytt/?kind=discussion")
    page.get_by_label("Hvor", exact=True).select_option(index=1)
    page.get_by_label("Tittel", exact=True).fill('"><img src=x onerror=hacked()> & <b>fet</b>')
    fill(page, "\n\n".join(SCRIPTS))
    page.get_by_role("button", name="Start tråden").click()
    page.wait_for_url(lambda url: "/forum/t/" in url)
    thread = page.url
    for vectors in (LINKS, PICTURES, BOXES):
        page.goto(thread)
        fill(page, "\n\n".join(vectors))
        page.get_by_role("button", name="Publiser svaret").click()
        page.wait_for_url(lambda url: "#post-" in url)
    page.get_by_role("link", name="Rediger #4").click()
    fill(page, "\n\n".join([*BOXES, *PICTURES]))
    page.get_by_label("Hva endret du?").fill("<script>hacked()</script>")
    page.get_by_role("button", name="Lagre endringen").click()
    page.wait_for_url(lambda url: "#post-" in url)
    page.get_by_role("link", name="endret").first.click()
    history = page.url
    context.close()
    return {"thread": thread, "history": history}


def calm(page):
    """Whether nothing ran, also not when everything is hovered, focused and opened."""
    page.evaluate(
        """() => {
          for (const part of document.querySelectorAll(".pn-post__text *, .pn-difference *")) {
            for (const name of ["mouseover", "mouseenter", "focus", "toggle"]) {
              part.dispatchEvent(new Event(name, { bubbles: true }));
            }
          }
        }"""
    )
    page.wait_for_load_state("networkidle")
    return page.evaluate("window.wasHacked === undefined")


def test_there_are_more_than_sixty_of_them():
    assert len(set(EVERYTHING)) == len(EVERYTHING) > 60


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_thread_of_hostile_posts_does_nothing(open_browser, addresses, size):
    page = open_browser(size=size)
    page.add_init_script(TRAP)
    page.goto(addresses["thread"])
    assert page.locator(".pn-post__text").count() == len(GROUPS)
    assert calm(page)
    assert page.evaluate(OUT_OF_ITS_BOX) == []
    assert wider_than_the_screen(page) == []


def test_links_that_look_harmless_are(open_browser, addresses):
    page = open_browser()
    page.add_init_script(TRAP)
    page.goto(addresses["thread"])
    found = page.locator(".pn-post__text a").evaluate_all("all => all.map((a) => a.protocol)")
    # The last is a link that leads nowhere: its address was taken out.
    assert set(found) <= {"http:", "https:", "mailto:", ":"}


def test_its_history_and_the_form_to_edit_it_show_it_as_text(open_browser, addresses):
    page = open_browser(as_=AUTHOR)
    page.add_init_script(TRAP)
    page.goto(addresses["history"])
    assert calm(page)
    page.goto(addresses["history"].replace("historikk", "rediger"))
    assert calm(page)
    assert "onerror=hacked()" in page.get_by_label("Tekst", exact=True).input_value()


def test_its_preview_does_nothing(open_browser, addresses):
    page = open_browser(as_=AUTHOR)
    page.add_init_script(TRAP)
    page.goto(addresses["thread"])
    fill(page, "\n\n".join(EVERYTHING[:60]))
    page.get_by_role("button", name="Forhåndsvis").click()
    page.get_by_role("heading", name="Slik ser det ut").wait_for()
    assert calm(page)
    assert page.evaluate(OUT_OF_ITS_BOX) == []


def test_lists_and_the_search_show_its_title_as_text(open_browser, addresses):
    page = open_browser()
    page.add_init_script(TRAP)
    for address in ("/forum/", "/forum/alle/", "/sok/?q=hacked"):
        page.goto(address)
        assert calm(page)
        assert page.locator("img[src=x]").count() == 0
