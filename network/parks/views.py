"""The pages of the parks."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from activity.services import read
from network.parks import edition
from network.parks.following import theme_thing, thing_of
from network.parks.matrix import read_matrix
from network.parks.models import Theme
from network.parks.overview import Overview, read_themes
from network.parks.profile import ParkProfile, public_parts
from network.parks.theme_page import ThemePage


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All parks: a map and a list."""
    return render(request, "parks/overview.html", {"overview": Overview()})


@require_safe
def focus_areas(request: HttpRequest) -> HttpResponse:
    """All parks by all focus areas."""
    matrix = edition.kept(edition.current(), "matrix", read_matrix)
    return render(request, "parks/focus_areas.html", {"matrix": matrix})


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    """The themes, why they matter, and the figures given for them."""
    found = edition.kept(edition.current(), "themes", read_themes)
    return render(request, "parks/themes.html", {"themes": found})


@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything on one theme."""
    found = get_object_or_404(Theme, slug=slug)
    thing = theme_thing(found.pk)
    read(request.user, thing)
    context = {"theme": found, "thing": thing, "page": ThemePage(found, request)}
    return render(request, "parks/theme.html", context)


@require_safe
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """A park's profile."""
    parts = public_parts(slug)
    if parts is None:
        raise Http404
    thing = thing_of(parts.park.pk)
    read(request.user, thing)
    context = {"park": parts.park, "thing": thing, "profile": ParkProfile(parts, request)}
    return render(request, "parks/profile.html", context)
