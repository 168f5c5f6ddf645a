"""Pages on which those who look after a facility write what it is, a part at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from network.facilities import editing
from network.facilities.editing_forms import (
    AboutForm,
    CapabilitiesForm,
    ContactForm,
    NewFacilityForm,
    PracticalForm,
    rows_of,
)
from network.facilities.editing_parts import parts_of, title_of
from network.facilities.editing_row_forms import (
    MORE_ROWS,
    EquipmentRows,
    PriceNoteRows,
    raw_rows,
    rows_with_room,
    written_rows,
)
from network.facilities.models import Facility
from network.facilities.permissions import can_add_facilities, can_edit_facility
from network.merged_forms import MergedForm
from network.merging import ChangedMeanwhile, stamp
from network.organisations.joining_views import person_of
from network.organisations.models import Organisation

FORMS: Final[Mapping[str, type[MergedForm]]] = {
    "about": AboutForm,
    "capabilities": CapabilitiesForm,
    "practical": PracticalForm,
    "contact": ContactForm,
}
ROWS: Final[Mapping[str, Any]] = {"equipment": EquipmentRows, "prices": PriceNoteRows}
UNPROCESSABLE: Final = 422


def edited_facility(request: HttpRequest, slug: str) -> Facility:
    """The facility, or 404 for those who do not look after it."""
    visible = Facility.objects.visible_to(request.user).select_related("park", "host")
    facility: Facility = get_object_or_404(visible, slug=slug)
    if not can_edit_facility(request.user, facility):
        raise Http404
    return facility


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Begin a facility as a draft that only those who look after it see."""
    if not can_add_facilities(request.user):
        raise Http404
    host = Organisation.objects.edited_by(request.user).filter(slug=request.GET.get("host", ""))
    initial: dict[str, Any] = {}
    if chosen := host.first():
        parks = list(chosen.parks.all()[:2])
        initial = {"host": chosen.pk, "park": parks[0].pk if len(parks) == 1 else None}
    data = request.POST if request.method == "POST" else None
    form = NewFacilityForm(data, instance=Facility(), initial=initial, user=request.user)
    if data is not None and form.is_valid():
        try:
            facility = editing.begin_facility(form.values(), by=person_of(request))
        except ValidationError as error:
            form.show_refusal(error.error_dict)
        else:
            messages.success(request, _("The draft is made. Only those who look after it see it."))
            return redirect("facilities:edit", slug=facility.slug)
    context = {"form": form, "groups": rows_of(form, NewFacilityForm.groups)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "facilities/editing_new.html", context, status=status)


@require_safe
@login_required
@never_cache
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The parts of a facility's entry, what each lacks, and publishing it."""
    facility = edited_facility(request, slug)
    parts = parts_of(facility)
    context = {
        "facility": facility,
        "parts": parts,
        "missing": [part for part in parts if not part.is_done],
    }
    return render(request, "facilities/editing_overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def part(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """One part of the entry."""
    facility = edited_facility(request, slug)
    if part in FORMS:
        return _form_part(request, facility, part)
    if part in ROWS:
        return _rows_part(request, facility, part)
    raise Http404


def _form_part(request: HttpRequest, facility: Facility, part: str) -> HttpResponse:
    kind = FORMS[part]
    data = request.POST if request.method == "POST" else None
    more = {"user": request.user} if part == "about" else {}
    form = kind(data, instance=facility, **more)
    if data is not None and form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            written = editing.change_facility(
                facility, form.values(), seen=seen, by=person_of(request)
            )
        except ChangedMeanwhile as changed:
            form.show_theirs(changed.theirs)
        except ValidationError as error:
            form.show_refusal(error.error_dict)
        else:
            return _saved(request, facility, is_new=bool(written))
    groups: Any = kind.groups  # type: ignore[attr-defined]  # each of them has
    context = {"form": form, "groups": rows_of(form, groups)}
    return _shown(request, facility, part, context, failed=bool(form.errors))


def _rows_part(request: HttpRequest, facility: Facility, part: str) -> HttpResponse:
    kind = ROWS[part]
    if request.method != "POST":
        rows = editing.stored_rows(facility, part)
        context = {"formset": rows_with_room(rows, kind), "seen": stamp(rows)}
        return _shown(request, facility, part, context)
    seen = request.POST.get("seen", "")[:100]
    if request.POST.get("action") == "more":
        longer = rows_with_room(raw_rows(request.POST, kind), kind, MORE_ROWS)
        return _shown(request, facility, part, {"formset": longer, "seen": seen})
    formset: Any = written_rows(request.POST, kind)
    context = {"formset": formset, "seen": seen}
    if formset.is_valid():
        try:
            is_new = editing.change_rows(
                facility, part, formset.values(), seen=seen, by=person_of(request)
            )
        except ChangedMeanwhile as changed:
            theirs = changed.theirs[part]
            context |= {"theirs": theirs, "seen": stamp(theirs)}
        except ValidationError as error:
            context["refusals"] = error.messages
        else:
            return _saved(request, facility, is_new=is_new)
    return _shown(request, facility, part, context, failed=True)


def _saved(request: HttpRequest, facility: Facility, *, is_new: bool) -> HttpResponse:
    messages.success(request, _("Saved.") if is_new else _("There was nothing new to save."))
    return redirect("facilities:edit", slug=facility.slug)


def _shown(
    request: HttpRequest,
    facility: Facility,
    part: str,
    context: Mapping[str, Any],
    *,
    failed: bool = False,
) -> HttpResponse:
    template = "facilities/editing_rows.html" if part in ROWS else "facilities/editing_part.html"
    more = {"facility": facility, "part": part, "title": title_of(part)}
    more["parts"] = parts_of(facility)
    status = UNPROCESSABLE if failed else 200
    return render(request, template, {**more, **context}, status=status)
