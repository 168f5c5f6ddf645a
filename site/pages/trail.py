"""The way from the front page down to a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Page

from pages.addresses import address_of, roots
from pages.locales import language_of

HOME_DEPTH: Final = 2
STEP_FIELDS: Final = ("pk", "url_path", "title", "translation_key", "locale_id", "depth")


@dataclass(frozen=True, slots=True)
class Step:
    """A page on the way."""

    pk: int
    url_path: str
    title: str
    translation_key: UUID
    locale_id: int
    depth: int


@dataclass(frozen=True, slots=True)
class Trail:
    """The pages from the front page to the page itself.

    ``is_open`` is true when it is known that none of them is restricted. ``translations`` are the
    live ones of all the steps, in every language, unless they are yet to be read.
    """

    steps: tuple[Step, ...]
    is_open: bool = False
    translations: Sequence[Step] | None = None


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step as the reader sees it."""

    label: str
    url: str


def trail_of(page: Any) -> Trail:
    """The trail that serving left on the page, else read now (in a preview, for instance)."""
    known: Trail | None = getattr(page, "trail", None)
    if known is not None:
        return known
    if page.pk is None:
        return Trail((_step_of(page),))
    rows = (
        Page.objects.ancestor_of(page)
        .filter(depth__gte=HOME_DEPTH)
        .order_by("depth")
        .values_list(*STEP_FIELDS)
    )
    return Trail((*(Step(*row) for row in rows), _step_of(page)))


def _step_of(page: Any) -> Step:
    return Step(*(getattr(page, name) for name in STEP_FIELDS))


def crumbs(trail: Trail) -> list[Crumb]:
    """The pages above the last one, the front page first."""
    known = roots()
    return [
        Crumb(
            _("Front page") if step.depth == HOME_DEPTH else step.title,
            address_of(step.url_path, language_of(step.locale_id), known) or "/",
        )
        for step in trail.steps[:-1]
    ]
