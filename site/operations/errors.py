"""What is shown when a request is refused before it reaches a view."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was too old, or that came from elsewhere."""
    return render(request, "403_csrf.html", status=403)
