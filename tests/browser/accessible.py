"""What is wrong with a page for those who use it otherwise, or on a small screen."""

import json

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.conftest import DESKTOP, PHONE

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALL_RULES = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
# What can differ between light and dark is colour alone.
COLOUR_RULES = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}


def violations(page, options):
    """What axe finds, one line for each element."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(f"axe.run(document, {json.dumps(options)})")["violations"]
    return [
        f"{violation['id']}: {node['target']} {node['html'][:160]} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def wider_than_the_screen(page):
    """The elements that make the page scroll sideways."""
    return page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          const scrolls = (e) => e && (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX)
            || scrolls(e.parentElement));
          return [`${document.documentElement.scrollWidth} > ${width}`,
            ...[...document.body.querySelectorAll("*")]
              .filter((e) => e.getBoundingClientRect().right > width && !scrolls(e.parentElement))
              .map((e) => e.outerHTML.slice(0, 120))];
        }"""
    )


def troubles_of(page):
    """What is wrong with the page in both sizes and colour schemes, by where; empty if nothing."""
    size_before = page.viewport_size
    found = {}
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        for scheme, rules in (("light", ALL_RULES), ("dark", COLOUR_RULES)):
            page.emulate_media(color_scheme=scheme)
            found[f"{size['width']} {scheme}"] = violations(page, rules)
        found[f"{size['width']} overflow"] = wider_than_the_screen(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(size_before)
    return {where: what for where, what in found.items() if what}
