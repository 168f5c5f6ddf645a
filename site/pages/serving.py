"""Finding the page that is asked for, in one or two queries however deep it lies.

Wagtail walks down from the front page, with two queries a level and four before the first. Here one
query brings the page and all above it, by their paths, with their translations, and tells whether
any of them is restricted; a second one brings the page itself unless it is at hand. Where the tree
is not that simple (several sites), Wagtail's own way is taken.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail import views
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from pages.addresses import roots
from pages.kept import page_in
from pages.trail import STEP_FIELDS, Step, Trail

_STATE_FIELDS: Final = (
    "content_type_id", "live", "alias_of_id", "latest_revision_id", "last_published_at",
)  # fmt: skip
_STEP: Final = len(STEP_FIELDS)


class _State(NamedTuple):
    """What a page's row tells beside its place in the tree."""

    content_type_id: int
    live: bool
    alias_of_id: int | None
    latest_revision_id: int | None
    last_published_at: datetime | None
    restricted: bool


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at ``path``; 404 when there is none. Restrictions are Wagtail's business."""
    root = roots().get(get_language() or "")
    if root is not None:
        page = _find(root, path)
        request._wagtail_route_for_request = (  # type: ignore[attr-defined]  # noqa: SLF001 - where Wagtail keeps it
            RouteResult(page) if page is not None else None
        )
    response: HttpResponse = views.serve(request, path)
    return response


def _find(root: str, path: str) -> Page | None:
    slugs = [part for part in path.split("/") if part]
    paths = [
        root + "".join(f"{slug}/" for slug in slugs[:depth]) for depth in range(len(slugs) + 1)
    ]
    above = Page.objects.filter(url_path__in=paths, slug__in=[_slug(path) for path in paths])
    rows = list(
        Page.objects.filter(translation_key__in=above.values("translation_key"))
        .order_by("depth")
        .annotate(restricted=Exists(_RESTRICTIONS))
        .values_list(*STEP_FIELDS, *_STATE_FIELDS, "restricted")
    )
    steps = [(Step(*row[:_STEP]), _State(*row[_STEP:])) for row in rows if row[1] in paths]
    if [step.url_path for step, _ in steps] != paths:
        return None
    step, state = steps[-1]
    version = (step, state.latest_revision_id, state.last_published_at)
    page = page_in(version, step.pk, state.content_type_id) if state.live else None
    if page is None:
        return None
    page.trail = Trail(
        tuple(step for step, _ in steps),
        is_open=not any(state.alias_of_id or state.restricted for _, state in steps),
        translations=[Step(*row[:_STEP]) for row in rows if _State(*row[_STEP:]).live],
    )
    found: Page = page
    return found


def _slug(path: str) -> str:
    """The last part of a path; of the two, only the slug has an index."""
    return path.rstrip("/").rpartition("/")[2]


_RESTRICTIONS = PageViewRestriction.objects.filter(page_id=OuterRef("pk"))
