"""Every type of page is accessible, quiet, and fits the screen; in both languages."""

import pytest

from tests.browser.accessible import ALL_RULES, troubles_of, violations, wider_than_the_screen
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.page_types import PAGE_TYPES


def test_the_checks_see_what_is_wrong(open_browser):
    page = open_browser(size=PHONE)
    page.goto("/om-parknett/")
    page.evaluate(
        """() => {
          const main = document.querySelector("main");
          main.append(document.createElement("button"));
          const wide = main.appendChild(document.createElement("p"));
          wide.textContent = "wide";
          wide.style.width = "600px";
          main.append(Object.assign(document.createElement("img"), { src: "data:," }));
        }"""
    )
    assert {line.partition(":")[0] for line in violations(page, ALL_RULES)} >= {
        "button-name",
        "image-alt",
    }
    assert wider_than_the_screen(page)


@pytest.mark.parametrize(
    ("path", "opened"),
    [("/", "Meny"), ("/sok/?q=stål", "Filtre"), ("/testfasiliteter/", "Filtre"),
     ("/organisasjoner/", "Filtre")],
)  # fmt: skip
def test_what_pops_up_on_a_phone_is_accessible_too(open_browser, path, opened):
    page = open_browser(size=PHONE)
    page.goto(path)
    page.get_by_role("button", name=opened, exact=True).click()
    # So that all of it shows at once: what stays at the foot of the panel covers nothing then.
    page.set_viewport_size({**PHONE, "height": 6000})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page, ALL_RULES) == []


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("kind", PAGE_TYPES, ids=lambda kind: kind.name)
def test_a_page_is_accessible_in_both_sizes_and_colour_schemes(open_browser, kind, language):
    page = open_browser(size=DESKTOP, as_=kind.as_)
    answer = page.goto(kind.address(language))
    assert answer.status == kind.status
    assert page.locator("html").get_attribute("lang") == language
    # The gallery shows headers of pages, too.
    assert page.locator("h1").count() == 1 or kind.name == "component gallery"
    assert troubles_of(page) == {}
