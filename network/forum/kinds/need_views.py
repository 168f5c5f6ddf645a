"""Open needs, what fits one, and how it ends."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from network.forum.kinds.forms import NeedForm
from network.forum.kinds.matching import matches_of
from network.forum.kinds.needs_list import NeedsList
from network.forum.kinds.permissions import can_settle
from network.forum.kinds.reaching import attempt, person, thread_for
from network.forum.kinds.services import needs
from network.forum.models import ThreadKind


@require_safe
@vary_on_headers("HX-Request")
def need_list(request: HttpRequest) -> HttpResponse:
    """Open needs and offers, narrowed as the address says; only the list for htmx."""
    context = {"needs": NeedsList(request.user, request.GET)}
    htmx = request.htmx  # type: ignore[attr-defined]  # set by django-htmx
    is_part = htmx and not htmx.history_restore_request
    template = "forum/kinds/needs_found.html" if is_part else "forum/kinds/needs.html"
    return render(request, template, context)


@require_safe
@never_cache
@vary_on_headers("HX-Request")
def matches(request: HttpRequest, pk: int) -> HttpResponse:
    """What fits a need, with the reasons; only that for htmx, which asks from the thread."""
    thread = thread_for(request, pk, ThreadKind.NEED)
    context = {"thread": thread, "groups": matches_of(thread.need, request.user)}
    htmx = request.htmx  # type: ignore[attr-defined]  # set by django-htmx
    is_part = htmx and not htmx.history_restore_request
    template = "forum/kinds/matches_found.html" if is_part else "forum/kinds/matches.html"
    return render(request, template, context)


@require_POST
@login_required
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is met or given up, or open it again."""
    thread, by = thread_for(request, pk, ThreadKind.NEED), person(request)
    name = request.POST.get("step", "")
    if name not in needs.STEPS:
        raise Http404
    done = {
        needs.MEET: _("Good. It is marked as met."),
        needs.GIVE_UP: _("It is marked as no longer wanted."),
        needs.REOPEN: _("It is open again."),
    }
    attempt(request, lambda: needs.settle(thread.need, name, by=by), done[name])
    return redirect(thread.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change direction, place and deadline."""
    thread, by = thread_for(request, pk, ThreadKind.NEED), person(request)
    if not can_settle(by, thread):
        raise Http404
    form = NeedForm(request.POST if request.method == "POST" else None, instance=thread.need)
    if form.is_valid():
        attempt(request, lambda: needs.change(thread.need, form.values, by=by), _("Saved."))
        return redirect(thread.get_absolute_url())
    status = 422 if form.errors else 200
    context = {"thread": thread, "form": form}
    return render(request, "forum/kinds/need_edit.html", context, status=status)
