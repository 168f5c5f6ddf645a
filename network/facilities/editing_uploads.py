"""Pages with a facility's pictures and documents, and with suggestions for the vocabularies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from network.facilities import editing, editing_terms
from network.facilities.editing_parts import parts_of, title_of
from network.facilities.editing_upload_forms import (
    AltForm,
    DecisionForm,
    DocumentForm,
    PictureForm,
    SuggestionForm,
)
from network.facilities.editing_views import UNPROCESSABLE, edited_facility
from network.facilities.models import Facility, FacilityDocument, FacilityImage
from network.facilities.models.suggestion import TermSuggestion
from network.facilities.permissions import can_edit_vocabularies
from network.organisations.joining_views import person_of

SUGGESTIONS_PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def pictures(request: HttpRequest, slug: str) -> HttpResponse:
    """The pictures, and a form for one more."""
    facility = edited_facility(request, slug)
    is_post = request.method == "POST"
    form = PictureForm(request.POST, request.FILES) if is_post else PictureForm()
    if is_post and form.is_valid():
        told = form.cleaned_data
        try:
            editing.add_picture(
                facility,
                told["image"],
                alt_nb=told["alt_nb"],
                alt_en=told["alt_en"],
                by=person_of(request),
            )
        except editing.Full:
            form.add_error(None, _("There is room for %d pictures.") % editing.MOST_PICTURES)
        else:
            messages.success(request, _("The picture is added."))
            return redirect("facilities:edit-pictures", slug=slug)
    context = {**_context(facility, "pictures"), "form": form}
    context["pictures"] = FacilityImage.objects.filter(facility=facility).select_related("image")
    return render(request, "facilities/editing_pictures.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def picture(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What one picture shows; taking it off and putting it first."""
    facility = edited_facility(request, slug)
    found = FacilityImage.objects.select_related("image", "facility")
    shown = get_object_or_404(found, pk=pk, facility=facility)
    by, action = person_of(request), request.POST.get("action", "")
    if action in {"remove", "first"}:
        if action == "remove":
            editing.remove_picture(shown, by=by)
            messages.success(request, _("The picture is taken off."))
        else:
            editing.show_first(shown, by=by)
            messages.success(request, _("The picture is shown first."))
        return redirect("facilities:edit-pictures", slug=slug)
    initial = {"alt_nb": shown.alt_nb, "alt_en": shown.alt_en}
    form = AltForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        editing.describe_picture(shown, by=by, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("facilities:edit-pictures", slug=slug)
    context = {**_context(facility, "pictures"), "form": form, "picture": shown}
    return render(request, "facilities/editing_picture.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def documents(request: HttpRequest, slug: str) -> HttpResponse:
    """The documents, and a form for one more."""
    facility = edited_facility(request, slug)
    action, by = request.POST.get("action", ""), person_of(request)
    if action == "remove":
        found = FacilityDocument.objects.select_related("facility").filter(facility=facility)
        pk = request.POST.get("document", "")
        editing.remove_document(get_object_or_404(found, pk=pk if pk.isdecimal() else 0), by=by)
        messages.success(request, _("The document is taken off."))
        return redirect("facilities:edit-documents", slug=slug)
    is_post = request.method == "POST"
    form = DocumentForm(request.POST, request.FILES) if is_post else DocumentForm()
    if is_post and form.is_valid():
        told = form.cleaned_data
        try:
            editing.add_document(facility, told["file"], title=told["title"], by=by)
        except editing.Full:
            form.add_error(None, _("There is room for %d documents.") % editing.MOST_DOCUMENTS)
        except ValidationError as error:
            form.add_error("file", error.messages)
        else:
            messages.success(request, _("The document is added."))
            return redirect("facilities:edit-documents", slug=slug)
    context = {**_context(facility, "documents"), "form": form}
    context["documents"] = FacilityDocument.objects.filter(facility=facility)
    return render(request, "facilities/editing_documents.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def suggest(request: HttpRequest, slug: str) -> HttpResponse:
    """Suggest a term that is missed."""
    facility = edited_facility(request, slug)
    form = SuggestionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = editing_terms.suggest_term(facility, by=person_of(request), **form.cleaned_data)
        except editing_terms.TooManySuggestions:
            form.add_error(None, _("There are enough open suggestions. Wait for the answers."))
        else:
            text = (
                _("Thank you. The facility gets the term when it is taken in, and you are told.")
                if made
                else _("That term is known, and the facility has it now.")
            )
            messages.success(request, text)
            return redirect("facilities:edit-part", slug=slug, part="capabilities")
    context = {**_context(facility, "capabilities"), "form": form}
    waiting = TermSuggestion.objects.filter(facility=facility, state="suggested")
    context["waiting"] = waiting
    return render(request, "facilities/editing_suggest.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def suggestions(request: HttpRequest) -> HttpResponse:
    """Suggested terms, each with its decision."""
    if not can_edit_vocabularies(request.user):
        raise Http404
    failed: DecisionForm | None = None
    if request.method == "POST":
        pk = request.POST.get("suggestion", "")
        found = get_object_or_404(TermSuggestion, pk=pk if pk.isdecimal() else 0)
        failed = DecisionForm(request.POST, prefix=str(found.pk))
        if failed.is_valid() and _decide(request, found, failed):
            return redirect("facilities:suggestions")
    waiting = TermSuggestion.objects.filter(state="suggested").select_related(
        "facility", "suggested_by"
    )
    page = Paginator(waiting, SUGGESTIONS_PER_PAGE).get_page(request.GET.get("page"))
    forms = [
        (each, failed if failed and failed.prefix == str(each.pk) else _decision(each))
        for each in page
    ]
    context = {"page": page, "forms": forms}
    status = UNPROCESSABLE if failed is not None else 200
    return render(request, "facilities/editing_suggestions.html", context, status=status)


def _decision(suggestion: TermSuggestion) -> DecisionForm:
    initial = {"name_nb": suggestion.name_nb, "name_en": suggestion.name_en}
    return DecisionForm(prefix=str(suggestion.pk), initial=initial)


def _decide(request: HttpRequest, found: TermSuggestion, form: DecisionForm) -> bool:
    """Do what was chosen; false, with the reason in the form, when that cannot be."""
    told, by, action = form.cleaned_data, person_of(request), request.POST.get("action", "")
    try:
        if action == "accept":
            editing_terms.accept_suggestion(
                found, name_nb=told["name_nb"], name_en=told["name_en"], by=by
            )
        elif action == "known":
            editing_terms.recognise_suggestion(found, told["known"], by=by)
        elif action == "refuse" and not told["reason"]:
            form.add_error("reason", _("Say why."))
            return False
        elif action == "refuse":
            editing_terms.refuse_suggestion(found, told["reason"], by=by)
        else:
            raise Http404
    except editing_terms.AlreadyDecided:
        messages.info(request, _("The suggestion has been decided meanwhile."))
    except LookupError:
        form.add_error("known", _("No term is called so."))
        return False
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    else:
        messages.success(request, _("Decided, and told to who suggested it."))
    return True


def _context(facility: Facility, part: str) -> dict[str, Any]:
    return {
        "facility": facility,
        "part": part,
        "title": title_of(part),
        "parts": parts_of(facility),
    }


def _status(form: Any) -> int:
    return UNPROCESSABLE if form.errors else 200
