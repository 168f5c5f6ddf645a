"""The pages of test facilities."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from activity.services import read
from network.facilities import services
from network.facilities.catalogue import Catalogue
from network.facilities.comparison import MOST, Comparison
from network.facilities.exports import found_rows
from network.facilities.following import thing_of
from network.facilities.kept import catalogue_content, current_facility, facility_page
from network.facilities.models import Facility, FacilityDocument
from network.facilities.permissions import can_edit_facility, can_place_facility
from network.facilities.rows import COLUMNS
from network.facilities.similar import similar_facilities
from network.facilities.spreadsheets import CONTENT_TYPES, table_pieces


def _visible(request: HttpRequest, slug: str) -> Facility:
    """The facility, or 404 also when it exists but is not for this reader."""
    facilities = Facility.objects.visible_to(request.user).select_related("park", "host")
    facility: Facility = get_object_or_404(facilities, slug=slug)
    return facility


@require_safe
@vary_on_headers("HX-Request")
def facility_list(request: HttpRequest) -> HttpResponse:
    """The catalogue in the state its address tells; only results and facets for htmx."""
    catalogue = Catalogue(request)
    if catalogue.last_page_url:
        return redirect(catalogue.last_page_url)
    htmx = request.htmx  # type: ignore[attr-defined]  # set by django-htmx
    partial = bool(htmx) and not htmx.history_restore_request
    content = catalogue_content(catalogue, request, partial=partial)
    if partial:
        return HttpResponse(content, headers={"HX-Push-Url": catalogue.address})
    context = {"catalogue": catalogue, "content": content}
    return render(request, "facilities/list.html", context)


@require_safe
def facility_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A facility's page."""
    current = current_facility(slug, request.user)
    if current is None:
        raise Http404
    thing = thing_of(current.pk)
    read(request.user, thing)
    page = facility_page(current, request)
    similar = similar_facilities(current.pk, current.edition, request.user)
    context = {
        "page": page,
        "facility": current,
        "slug": slug,
        "thing": thing,
        "similar": similar,
        "compared": [slug, *(other.slug for other in similar)][:MOST],
        "can_edit": can_place_facility(
            request.user, park_id=current.park_id, host_id=current.host_id
        ),
        "og_image": page.picture,
    }
    return render(request, "facilities/detail.html", context)


@require_safe
def facility_compare(request: HttpRequest) -> HttpResponse:
    """Up to four facilities side by side; more than that is an error that shows the way out."""
    comparison = Comparison(request)
    status = 400 if comparison.too_many else 200
    return render(request, "facilities/compare.html", {"comparison": comparison}, status=status)


@require_safe
def facility_file(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """A document of a facility, for those who may see the facility; always as a download."""
    facility = _visible(request, slug)
    document = get_object_or_404(FacilityDocument, pk=pk, facility=facility)
    try:
        content = document.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    suffix = PurePosixPath(document.file.name or "").suffix.lower()
    response = FileResponse(
        content,
        as_attachment=True,
        filename=f"{get_valid_filename(document.title)}{suffix}",
        content_type=mimetypes.types_map.get(suffix, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def facility_export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """All facilities of a state of the catalogue as a table that the import takes in again."""
    wanted = Catalogue.read_parameters(request).request
    pieces = table_pieces(kind, COLUMNS, found_rows(wanted, request.user))
    stem = _("test-facilities")
    name = f"{stem}-{timezone.localdate():%Y-%m-%d}.{kind}"
    response = StreamingHttpResponse(pieces, content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _editable(request: HttpRequest, slug: str) -> Facility:
    facility = _visible(request, slug)
    if not can_edit_facility(request.user, facility):
        raise Http404
    return facility


@require_POST
@login_required
def facility_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Those who look after a facility say that everything about it is right."""
    facility = services.confirm_facility(_editable(request, slug), user=request.user)
    messages.success(request, _("Thank you. The entry is marked as confirmed today."))
    return redirect(facility)


@require_POST
@login_required
def facility_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a facility off the site."""
    facility = services.withdraw_facility(_editable(request, slug), user=request.user)
    messages.success(request, _("The facility is no longer shown to others."))
    return redirect(facility)


@require_POST
@login_required
def facility_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a facility to everybody."""
    facility = services.publish_facility(_editable(request, slug), user=request.user)
    messages.success(request, _("The facility is now shown to everybody."))
    return redirect(facility)
