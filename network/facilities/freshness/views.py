"""Confirming by the link of a letter, and the list of what waits to be confirmed."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from network.facilities.freshness.links import link_of
from network.facilities.freshness.queue import ToConfirm, oldest_first
from network.facilities.freshness.services import confirm_by_link, confirm_many
from network.facilities.permissions import can_add_facilities
from network.organisations.joining_views import person_of

PER_PAGE: Final = 50
MOST_DIGITS: Final = 18


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What is to be confirmed, and a button. Opening it confirms nothing: mail filters open links."""
    if request.method == "POST":
        if confirm_by_link(token) is None:
            return _no_longer(request)
        return redirect(request.path)
    link = link_of(token)
    if link is None:
        return _no_longer(request)
    row = ToConfirm(link.facility)
    context = {"link": link, "facility": link.facility, "row": row}
    return render(request, "facilities/freshness/confirm.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def to_confirm(request: HttpRequest) -> HttpResponse:
    """What waits for those who look after facilities, with confirming many at once."""
    if not can_add_facilities(request.user):
        raise Http404
    person = person_of(request)
    if request.method == "POST":
        name = "shown" if request.POST.get("action") == "all" else "facility"
        chosen = request.POST.getlist(name)[:PER_PAGE]
        pks = [
            int(pk) for pk in chosen if pk.isascii() and pk.isdecimal() and len(pk) < MOST_DIGITS
        ]
        count = confirm_many(pks, user=person)
        if count:
            text = ngettext(
                "%(count)d facility is confirmed.", "%(count)d facilities are confirmed.", count
            )
            messages.success(request, text % {"count": count})
        else:
            messages.info(request, _("Nothing was chosen, or it has been confirmed meanwhile."))
        return redirect("facilities:to-confirm")
    page = Paginator(oldest_first(person), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [ToConfirm(facility) for facility in page]}
    return render(request, "facilities/freshness/to_confirm.html", context)


def _no_longer(request: HttpRequest) -> HttpResponse:
    return render(request, "facilities/freshness/no_longer.html", status=404)
