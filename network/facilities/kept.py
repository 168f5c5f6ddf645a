"""Parts of pages that are kept under the state of everything they show.

Nothing is kept by address alone: who may see a facility, and which version of it is current, is
read each time, and what is kept under another version is never asked for again.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from accounts.roles import AnyUser
from network.facilities.catalogue import Catalogue
from network.facilities.detail import FacilityPage
from network.facilities.documents import TYPE
from network.facilities.models import Facility
from network.parks.models import Park
from search.listing import SHOWN_VALUES
from search.models import SearchEntry

PAGE_KEPT_SECONDS: Final = 24 * 3600
# Names of terms are kept in the process for a minute, and may then be in a list for so long.
LIST_KEPT_SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class Current:
    """Which facility an address means, and the state it is in."""

    pk: int
    park_id: int
    host_id: int
    published: bool
    sample: bool
    host_published: bool
    edition: str


@dataclass(frozen=True, slots=True)
class KeptPage:
    """What is kept of a facility's page; ``head`` and ``body`` are HTML."""

    title: str
    summary: str
    head: SafeString
    picture: str
    has_map: bool
    body: SafeString


def current_facility(slug: str, user: AnyUser) -> Current | None:
    """The facility called ``slug`` if ``user`` may see it. Two queries.

    Its edition changes with itself, its search entry (which follows its terms and parts), its park
    and its host, with how soon it answers and whether its calendar is shown.
    """
    row = (
        Facility.objects.visible_to(user)
        .filter(slug=slug)
        .order_by()
        .values_list(
            *("pk", "park_id", "host_id", "published", "sample", "host__published"),
            *("updated_at", "park__updated_at", "host__updated_at"),
            *("response_time__answers", "response_time__median_hours"),
            "calendar_settings__shows_free_busy",
        )
        .first()
    )
    if row is None:
        return None
    entry = SearchEntry.objects.filter(key=f"{TYPE}:{row[0]}")
    version = entry.values_list("version", flat=True).first()
    stamps = (str(int(stamp.timestamp() * 1_000_000)) for stamp in row[6:9])
    edition = ".".join((str(row[0]), str(version), *stamps, *map(str, row[9:])))
    pk, park_id, host_id, published, sample, host_published = row[:6]
    return Current(pk, park_id, host_id, published, sample, host_published, edition)


def facility_page(current: Current, request: HttpRequest) -> KeptPage:
    """The page of a facility, rendered when it is first asked for in its present edition."""
    origin = f"{request.scheme}://{request.get_host()}"
    day = timezone.localdate().toordinal()
    name = _name("page", current.edition, get_language(), origin, day)
    packed: tuple[Any, ...] | None = cache.get(name)
    if packed is not None:
        *plain, body = packed
        title, summary, head, picture, has_map = plain
        return KeptPage(title, summary, head, picture, has_map, _unpacked(body))
    page = _render_page(current, request)
    plain = [page.title, page.summary, page.head, page.picture, page.has_map]
    cache.set(name, (*plain, _packed(page.body)), PAGE_KEPT_SECONDS)
    return page


def catalogue_content(catalogue: Catalogue, request: HttpRequest, *, partial: bool) -> SafeString:
    """The catalogue's content, rendered when this list of versions is first shown in this state."""
    name = _name("list", partial, _state(catalogue))
    # An empty list shows what comes near instead, which its state does not tell.
    packed: bytes | None = cache.get(name) if catalogue.findings.items else None
    if packed is not None:
        return _unpacked(packed)
    template = "facilities/partial.html" if partial else "facilities/catalogue.html"
    context: dict[str, Any] = {"catalogue": catalogue, "request": request}
    if not partial:
        context["parks"] = Park.objects.visible_to(request.user)
    content = render_to_string(template, context)
    if catalogue.findings.items:
        cache.set(name, _packed(content), LIST_KEPT_SECONDS)
    return content


def _render_page(current: Current, request: HttpRequest) -> KeptPage:
    facility = Facility.objects.select_related(
        "park", "host", "response_time", "calendar_settings"
    ).get(pk=current.pk)
    page = FacilityPage(facility, request)
    body = render_to_string("facilities/detail_body.html", {"facility": facility, "view": page})
    return KeptPage(
        title=facility.name,
        summary=facility.summary,
        head=page.structured_data,
        body=body,
        picture=page.shared_picture,
        has_map=bool(page.points),
    )


def _state(catalogue: Catalogue) -> str:
    """Everything the content is made of, in short."""
    findings = catalogue.findings
    parts = [
        catalogue.request.language,
        catalogue.address,
        str(timezone.localdate()),
        settings.MAP_TILE_URL,
        str(findings.total),
        str(findings.degraded),
        findings.correction,
    ]
    parts += [f"{f.entry.key}:{f.entry.version}:{f.distance_km}" for f in findings.items]
    for facet in catalogue.shown_facets:
        buckets = findings.facets.get(facet, ())
        parts.append(f"{facet}:{len(buckets)}")
        parts += [f"{b.value}:{b.count}:{b.selected}" for b in buckets[:SHOWN_VALUES]]
        parts += [f"{b.value}:{b.count}" for b in buckets[SHOWN_VALUES:] if b.selected]
    return "\n".join(parts)


def _packed(html: str) -> bytes:
    return zlib.compress(html.encode(), level=1)


def _unpacked(packed: bytes) -> SafeString:
    return mark_safe(zlib.decompress(packed).decode())  # noqa: S308 - rendered by our own templates


def _name(kind: str, *parts: object) -> str:
    digest = blake2b("\n".join(map(str, parts)).encode(), digest_size=16).hexdigest()
    return f"facilities.{kind}.{digest}"
