"""Policy matters: the public list and page, and what staff do with them."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import roles_of
from network.forum.kinds.matter_forms import STEP_FORMS, DocumentForm, PositionForm, StandForm
from network.forum.kinds.policy_page import WAYS, MatterPage
from network.forum.kinds.reaching import attempt, matter_for, person
from network.forum.kinds.services import matters
from network.forum.models import ParkStand, PolicyDocument, PolicyMatter
from network.transitions import NotPossibleError

PAGE: Final = 25
DIGITS: Final = 9


@require_safe
def matter_list(request: HttpRequest) -> HttpResponse:
    """What the parks have submitted; for those who read along also what is under way."""
    found = PolicyMatter.objects.visible_to(request.user).select_related("thread")
    ordered = found.order_by("-thread__last_post_at", "-pk")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page", "1")[:9])
    return render(request, "forum/kinds/matter_list.html", {"page": page})


@require_safe
def matter(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """A matter: how far it has come, what the parks say, where each stands, what was sent."""
    found = matter_for(request, pk)
    if slug != (found.thread.slug or "-"):
        return redirect(found.get_absolute_url(), permanent=True)
    return render(request, "forum/kinds/matter.html", {"page": MatterPage(found, request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take a matter a step further, or back to the table."""
    found, form_class = _steered(request, pk), STEP_FORMS.get(name)
    if form_class is None:
        raise Http404
    label = next((label for each, label, _on in WAYS[found.stage] if each == name), None)
    if label is None:
        messages.error(
            request, _("This has changed in the meantime. What you see now is how it stands.")
        )
        return redirect(found)
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_valid():
        values = {key: value for key, value in form.values.items() if value is not None}
        by = person(request)
        try:
            matters.take_further(found, name, by=by, **values)
        except NotPossibleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Done. Those who follow the matter are told."))
            return redirect(found)
    return _form(request, found, form, str(label))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def position(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the parks say."""
    found = _steered(request, pk)
    form = PositionForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        by, seen = person(request), form.cleaned_data["seen"]
        try:
            saved = matters.write_position(found, form.values, by=by, seen=seen)
        except NotPossibleError as error:
            standing = matter_for(request, pk)
            form.show_against(standing)
            form.add_error(None, str(error))
            return _form(request, standing, form, _("Position"), standing=standing)
        messages.success(request, _("The position is saved."))
        return redirect(saved)
    return _form(request, matter_for(request, pk), form, _("Position"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def stand(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where a park stands; ``?park=`` opens what it has said before."""
    found, parks = _steered(request, pk), roles_of(request.user).parks
    if not parks:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    known = _said_before(found, parks, (posted or request.GET).get("park", ""))
    form = StandForm(parks, posted, instance=known or ParkStand(matter=found))
    if form.is_valid():
        values, by = form.cleaned_data, person(request)
        done = _("It is noted where the park stands.")
        if attempt(
            request,
            lambda: matters.take_stand(
                found, values["park"], values["stance"], values["comment"], by=by
            ),
            done,
        ):
            return redirect(found)
    return _form(request, found, form, _("Where the park stands"))


def _said_before(found: PolicyMatter, parks: frozenset[int], chosen: str) -> ParkStand | None:
    """What the chosen park, or the only one, has said already."""
    said = ParkStand.objects.filter(matter=found, park__in=parks)
    if len(parks) == 1:
        return said.first()
    is_number = chosen.isdecimal() and len(chosen) <= DIGITS
    return said.filter(park=int(chosen)).first() if is_number else None


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def add_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a letter, an answer, a report."""
    found = _steered(request, pk)
    is_posted = request.method == "POST"
    form = DocumentForm(request.POST, request.FILES) if is_posted else DocumentForm()
    if form.is_valid():
        values, by = form.cleaned_data, person(request)
        done = _("The document is added.")
        if attempt(
            request,
            lambda: matters.add_document(found, values["file"], values["name"], by=by),
            done,
        ):
            return redirect(found)
    return _form(request, found, form, _("Add a document"))


@require_POST
@login_required
def remove_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a document away."""
    document = _document(request, pk)
    by = person(request)
    attempt(
        request,
        lambda: matters.remove_document(document, by=by),
        _("The document is taken away."),
    )
    return redirect(document.matter)


@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """A document, for whoever may see the matter; always as a download."""
    document = _document(request, pk)
    try:
        content = document.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    stored, shown = PurePosixPath(document.file.name or ""), document.name
    suffix = stored.suffix.lower()
    response = FileResponse(
        content,
        as_attachment=True,
        filename=shown if shown.lower().endswith(suffix) else f"{shown}{suffix}",
        content_type=mimetypes.types_map.get(suffix, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    # What is not public may become hidden again; nobody between keeps it.
    response["Cache-Control"] = "private, no-store"
    return response


def _document(request: HttpRequest, pk: int) -> PolicyDocument:
    visible = PolicyMatter.objects.visible_to(request.user).values("pk")
    with_matter = PolicyDocument.objects.select_related("matter__thread__category")
    found: PolicyDocument = get_object_or_404(with_matter, pk=pk, matter__in=visible)
    return found


def _steered(request: HttpRequest, pk: int) -> PolicyMatter:
    """A matter that the reader takes further, or 404."""
    found = matter_for(request, pk)
    if not MatterPage(found, request.user).may_steer:
        raise Http404
    return found


def _form(
    request: HttpRequest, found: PolicyMatter, form: Any, label: str, **more: Any
) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"matter": found, "form": form, "label": label, **more}
    return render(request, "forum/kinds/matter_form.html", context, status=status)
