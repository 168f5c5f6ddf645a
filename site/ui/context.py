"""What every template gets."""

from __future__ import annotations

from django.http import HttpRequest

from ui.chrome import Chrome


def site_chrome(request: HttpRequest) -> dict[str, Chrome]:
    """``chrome``: the frame around the page. Nothing is read until a template asks for it."""
    return {"chrome": Chrome(request)}
