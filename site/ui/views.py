"""The component gallery."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ui.gallery import specimens
from ui.icons import icon_names


@require_safe
def component_gallery(request: HttpRequest) -> HttpResponse:
    """Every component in its states, for those who build pages. Staff only, else 404."""
    user = request.user
    if not (user.is_authenticated and user.has_perm("wagtailadmin.access_admin")):
        raise Http404
    groups = [
        (name, list(shown))
        for name, shown in groupby(specimens(request), key=lambda specimen: specimen.template)
    ]
    context = {
        "groups": groups,
        "icons": sorted(icon_names()),
        "colours": ["accent", "copper", "neutral", "info", "success", "warning", "danger"],
    }
    return render(request, "ui/gallery.html", context)
