"""What is shown when a request is refused, or cannot be carried out just now."""

from __future__ import annotations

import errno
from http import HTTPStatus
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string

from search.problems import problem

RETRY_AFTER_SECONDS: Final = 30
DISK_IS_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
MOST_CHARACTERS_KEPT: Final = 1_000_000


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was too old, or that came from elsewhere."""
    return render(request, "403_csrf.html", status=403)


def passes_by_itself(error: BaseException | None) -> bool:
    """Whether the same request may well succeed a little later.

    So it is when the database is held by somebody else, away or restarting, and when a disk is full.
    SQLite tells of a missing table in the same way, which does not pass.
    """
    if isinstance(error, OperationalError | InterfaceError):
        return not str(error).startswith("no such ")
    return isinstance(error, OSError) and error.errno in DISK_IS_FULL


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 that keeps what was typed; made without the database."""
    response: HttpResponse
    if request.path.startswith("/api/"):
        response = problem(HTTPStatus.SERVICE_UNAVAILABLE, "Busy; try again.", request)
    else:
        kept = _typed(request)
        context = {
            "wrote": request.method == "POST",
            "kept": kept,
            "address": request.get_full_path(),
        }
        response = HttpResponse(render_to_string("unavailable.html", context), status=503)
        response["Cache-Control"] = "no-store"
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form that was sent, to be sent again; none where that would not be all.

    Files cannot be sent again by the page, and a password is not to be written into one. The browser
    still has both: one step back shows the form as it was filled in.
    """
    try:
        if request.method != "POST" or request.FILES:
            return []
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
    except (OSError, MultiPartParserError):
        return []
    too_much = sum(len(value) for _, value in fields) > MOST_CHARACTERS_KEPT
    secret = any("password" in name or "code" in name for name, _ in fields)
    return [] if too_much or secret else fields
