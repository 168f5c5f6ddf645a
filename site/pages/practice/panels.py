"""Best practice beside parks and organisations: what they wrote of, and what they do after others."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import BooleanField, Case, CharField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from pages.practice.documents import COUNTED, FACET, TYPE
from pages.practice.models import Adoption, PracticeOrganisation, PracticePage
from search.facets import value_name
from search.models import SearchEntry
from search.query import PUBLIC
from ui.beside import Panel

MOST: Final = 8
FIELDS: Final = (
    "key", "title_nb", "title_en", "summary_nb", "summary_en", "url_nb", "url_en", "meta",
)  # fmt: skip


def _keys(found: QuerySet[Any], column: str) -> QuerySet[Any]:
    key = Concat(Value(f"{TYPE}:"), Cast(column, CharField()))
    keys: QuerySet[Any] = found.order_by().annotate(search_key=key).values("search_key")
    return keys


def _entries(kind: str, pk: int) -> list[SearchEntry]:
    """Entries of what it wrote of and of what it does, in one query; only what everybody may read."""
    adopted = Adoption.objects.filter(**{kind: pk}, status__in=COUNTED)
    if kind == "park":
        links: QuerySet[Any] = PracticePage.parks.through.objects.filter(park_id=pk)
        own = _keys(links, "practicepage_id")
    else:
        own = _keys(PracticeOrganisation.objects.filter(organisation_id=pk), "page_id")
    does = _keys(adopted, "article__page_id")
    entries = SearchEntry.objects.filter(
        Q(key__in=own) | Q(key__in=does), type=TYPE, audience=[PUBLIC]
    ).annotate(
        is_own=Case(When(key__in=own, then=True), default=False, output_field=BooleanField())
    )
    return list(entries.only(*FIELDS).order_by("-is_own", "-published_at", "key")[: MOST + 1])


def beside(request: HttpRequest, key: str) -> SafeString:
    """The panel for ``park:3`` or ``organisation:12``; empty for others and where there is none."""
    kind, _, number = key.partition(":")
    if kind not in {"park", "organisation"} or not number.isdecimal():
        return mark_safe("")
    entries = _entries(kind, int(number))
    if not entries:
        return mark_safe("")
    language = get_language() or "nb"
    english = language.startswith("en")
    rows = [
        {
            "title": (entry.title_en if english else "") or entry.title_nb,
            "language": "nb" if english and not entry.title_en else "",
            "url": entry.url_en if english else entry.url_nb,
            "summary": (entry.summary_en if english else "") or entry.summary_nb,
            "kind": value_name(FACET, entry.meta.get("kind", ""), language),
            "adopted": not entry.is_own,  # type: ignore[attr-defined]  # annotated
        }
        for entry in entries[:MOST]
    ]
    context = {"rows": rows, "more": len(entries) > MOST, "of": kind}
    return mark_safe(render_to_string("pages/practice/beside.html", context))  # noqa: S308 - a template escapes


PANEL: Final = Panel("practice", beside, position=50)
