"""Going through a page by keyboard."""

MOST_TABS = 60


def focused(page):
    """What has the focus: its role-like name, and whether that can be seen."""
    return page.evaluate(
        """() => {
          const element = document.activeElement;
          const style = getComputedStyle(element);
          const parent = element.parentElement ? getComputedStyle(element.parentElement) : style;
          // The skip link shows itself only while it has the focus, which is mark enough.
          const skips = element.matches(".ds-skip-link");
          // The browser itself marks the part of a date or time that is typed into.
          const parts = /^(date|time)/.test(element.type ?? "");
          const after = getComputedStyle(element, "::after");
          const ring = (s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0;
          const box = element.getBoundingClientRect();
          return {
            text: (element.innerText || element.value || element.name || "").trim(),
            label: element.labels?.[0]?.innerText ?? "",
            seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
            ring: skips || parts || ring(style) || ring(after) || style.boxShadow !== "none" || ring(parent),
            top: box.top + scrollY,
            left: box.left,
            inMain: !!element.closest("main"),
            inMap: !!element.closest(".pn-map"),
          };
        }"""
    )


def tab_to(page, wanted):
    """Press Tab until what has the focus is ``wanted``; every stop on the way must be visible."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        now = focused(page)
        assert now["seen"], f"the focus is out of sight: {now}"
        assert now["ring"], f"the focus cannot be seen: {now}"
        if wanted(now):
            return now
    raise AssertionError(f"not reached by {MOST_TABS} tabs")
