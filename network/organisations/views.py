"""The pages of the organisations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from activity.services import read
from network.organisations.directory import Directory
from network.organisations.models import Organisation
from network.organisations.profile import OrganisationProfile


@require_safe
@vary_on_headers("HX-Request")
def directory(request: HttpRequest) -> HttpResponse:
    """The directory in the state its address tells; for htmx only results and facets."""
    listing = Directory(request)
    if listing.last_page_url:
        return redirect(listing.last_page_url)
    partial = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]  # set by django-htmx
    template = "organisations/results.html" if partial else "organisations/directory.html"
    response = render(request, template, {"listing": listing, "partial": partial})
    if partial:
        response["HX-Push-Url"] = listing.address
    return response


@require_safe
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation's profile; 404 also when it exists but is not for this reader."""
    organisations = Organisation.objects.visible_to(request.user).select_related("likely_park")
    organisation = get_object_or_404(organisations, slug=slug)
    thing = f"organisation:{organisation.pk}"
    read(request.user, thing)
    context = {
        "organisation": organisation,
        "thing": thing,
        "profile": OrganisationProfile(organisation, request),
    }
    return render(request, "organisations/profile.html", context)
