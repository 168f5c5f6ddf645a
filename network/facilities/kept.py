"""Parts of pages that are kept under the state of everything they show.

Nothing is kept by address alone: who may see a facility, and which version of it is current, is
read each time, and what is kept under another version is never asked for again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.roles import AnyUser
from network.facilities.catalogue import Catalogue
from network.facilities.detail import FacilityPage
from network.facilities.documents import TYPE
from network.facilities.models import Facility, FreshnessStep
from network.parks.models import Park
from search.models import SearchEntry
from ui.fragments import fragments, kept

# All of a facility, and of its park and host what its page names.
SHOWN: Final = (
    *(field.name for field in Facility._meta.concrete_fields),
    *(f"park__{name}" for name in ("slug", "name_nb", "name_en", "municipality", "lat", "lon")),
    *(f"host__{name}" for name in ("slug", "name", "name_en", "published")),
    *("response_time__answers", "response_time__median_hours"),
    "calendar_settings__shows_free_busy",
)


@dataclass(frozen=True, slots=True)
class Current:
    """Which facility an address means, and the state it is in."""

    pk: int
    park_id: int
    host_id: int
    published: bool
    hidden: bool
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
    its host, how soon it answers, whether its calendar is shown and how fresh it is.
    """
    row = (
        Facility.objects.visible_to(user)
        .filter(slug=slug)
        .order_by()
        .values_list(
            *("pk", "park_id", "host_id", "published", "sample", "host__published"),
            *("updated_at", "park__updated_at", "host__updated_at"),
            *("response_time__answers", "response_time__median_hours"),
            *("calendar_settings__shows_free_busy", "freshness"),
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
    hidden = row[-1] == FreshnessStep.HIDDEN
    return Current(pk, park_id, host_id, published, hidden, sample, host_published, edition)


def facility_page(current: Current, request: HttpRequest) -> KeptPage:
    """The page of a facility, rendered when it is first asked for in its present edition."""
    origin = f"{request.scheme}://{request.get_host()}"
    day = timezone.localdate().toordinal()
    name = ("facility", current.edition, get_language(), origin, day)
    page: KeptPage | None = fragments.get(name)
    if page is None:
        page = _render_page(current, request)
        fragments.keep(name, page, len(page.body) + len(page.head))
    return page


def catalogue_content(catalogue: Catalogue, request: HttpRequest, *, partial: bool) -> SafeString:
    """The catalogue's content, rendered when this list of versions is first shown in this state."""
    # An empty list shows what comes near instead, which its state does not tell.
    state = (partial, settings.MAP_TILE_URL, catalogue.state) if catalogue.findings.seen else None
    return kept("catalogue", state, lambda: _render_catalogue(catalogue, request, partial))


def _render_catalogue(
    catalogue: Catalogue,
    request: HttpRequest,
    partial: bool,  # noqa: FBT001 - as the caller was asked
) -> SafeString:
    context: dict[str, Any] = {"catalogue": catalogue, "request": request}
    if partial:
        return render_to_string("facilities/partial.html", context)
    context["parks"] = Park.objects.visible_to(request.user)
    return render_to_string("facilities/catalogue.html", context)


def _render_page(current: Current, request: HttpRequest) -> KeptPage:
    joined = Facility.objects.select_related("park", "host", "response_time", "calendar_settings")
    facility = joined.only(*SHOWN).get(pk=current.pk)
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
