"""The way from the front page to a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import Page

HOME_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way."""

    label: str
    url: str


def trail_to(page: Page) -> list[Crumb]:
    """The pages above ``page``, the front page first; reads nothing on a page that was routed to.

    Routing went down from the front page and left each parent on its child.
    """
    steps: list[Crumb] = []
    above = page.get_parent() if page.depth > HOME_DEPTH else None
    while above is not None and above.depth >= HOME_DEPTH:
        is_home = above.depth == HOME_DEPTH
        steps.append(Crumb(_("Front page") if is_home else above.title, above.url or "/"))
        above = None if is_home else above.get_parent()
    return steps[::-1]
