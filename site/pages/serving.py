"""Finding the page that is asked for, in two queries however deep it lies.

Wagtail walks down from the front page, with two queries a level and four before the first. Here one
query brings the page and all above it, by their paths, and tells whether any of them is restricted;
a second one brings the page itself. Where the tree is not that simple (several sites), Wagtail's own
way is taken.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail import views
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from pages.addresses import roots
from pages.trail import STEP_FIELDS, Step, Trail


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at ``path``; 404 when there is none. Restrictions are Wagtail's business."""
    root = roots().get(get_language() or "")
    if root is not None and request.method in {"GET", "HEAD"}:
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
    rows = list(
        Page.objects.filter(url_path__in=paths, slug__in=[_slug(path) for path in paths])
        .order_by("depth")
        .annotate(restricted=Exists(_RESTRICTIONS))
        .values_list(*STEP_FIELDS, "content_type_id", "live", "alias_of_id", "restricted")
    )
    if [row[1] for row in rows] != paths:
        return None
    *_step, content_type_id, live, _alias, _restricted = rows[-1]
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    if not live or model is None:
        return None
    page: Any = model._default_manager.filter(pk=rows[-1][0]).first()
    if page is not None:
        page.trail = Trail(
            tuple(Step(*row[: len(STEP_FIELDS)]) for row in rows),
            is_open=not any(alias or restricted for *_, alias, restricted in rows),
        )
    found: Page | None = page
    return found


def _slug(path: str) -> str:
    """The last part of a path; of the two, only the slug has an index."""
    return path.rstrip("/").rpartition("/")[2]


_RESTRICTIONS = PageViewRestriction.objects.filter(page_id=OuterRef("pk"))
