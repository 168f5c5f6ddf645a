"""Errors of the API as problem documents (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from math import ceil
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

PROBLEM_SCHEMA: Final[Mapping[str, Any]] = {
    "title": "Problem",
    "description": "What went wrong (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "description": "Path that was asked for."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "detail"],
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}


class Invalid(Exception):  # noqa: N818 - named for what it says, like Http404
    """Parameters that cannot be used, with what is wrong by parameter."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("invalid parameters")
        self.errors = errors


def problem(status: HTTPStatus, detail: str, request: HttpRequest, **members: Any) -> JsonResponse:
    """A problem document; ``members`` are its extensions."""
    body = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": detail,
        "instance": request.path,
        **members,
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")


def install(api: NinjaAPI) -> None:
    """Let ``api`` answer every error with a problem document."""

    @api.exception_handler(Invalid)
    def invalid(request: HttpRequest, error: Invalid) -> HttpResponse:
        listed = [{"parameter": name, "detail": text} for name, text in error.errors.items()]
        return problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "Some parameters cannot be used.",
            request,
            errors=listed,
        )

    @api.exception_handler(ValidationError)
    def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
        listed = [
            {"parameter": str(item["loc"][-1]), "detail": item["msg"]} for item in error.errors
        ]
        return problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "Some parameters cannot be used.",
            request,
            errors=listed,
        )

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(HTTPStatus.NOT_FOUND, "There is nothing here.", request)

    @api.exception_handler(Throttled)
    def throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
        response = problem(
            HTTPStatus.TOO_MANY_REQUESTS, "Too many requests; wait a little.", request
        )
        response["Retry-After"] = str(max(1, ceil(error.wait or 1)))
        return response

    @api.exception_handler(HttpError)
    def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(HTTPStatus(error.status_code), str(error), request)
