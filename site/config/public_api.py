"""What holds for every answer of the API: it only reads, errors are problems, copies are checked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from threading import local
from typing import Any, Final, NoReturn

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import re_path
from django.utils.cache import patch_cache_control
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.throttling import AnonRateThrottle

from operations.errors import passes_by_itself, unavailable
from search.problems import PROBLEM_SCHEMA, problem

ALLOWED: Final = "GET, HEAD, OPTIONS"
# Which problems an operation may answer with, beside those that need a parameter in its path.
PROBLEMS: Final = {
    HTTPStatus.UNPROCESSABLE_ENTITY: "Some parameters cannot be used.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests; Retry-After says how long to wait.",
}
MISSING: Final = {HTTPStatus.NOT_FOUND: "There is nothing here."}

View = Callable[..., Any]


class PublicAPI(NinjaAPI):
    """An API that only reads and answers every error below its address with a problem document."""

    @property
    def urls(self) -> tuple[list[Any], str, str]:
        """The addresses, each behind :func:`reading`, and one that catches all others."""
        patterns: Any  # ninja makes patterns alone here, each with a callback
        patterns, app_name, namespace = super().urls
        for pattern in patterns:
            pattern.callback = reading(pattern.callback)
        return [*patterns, re_path("", reading(missing))], app_name, namespace

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The schema, with the problems that every operation may answer with."""
        schema = super().get_openapi_schema(**kwargs)
        schema["components"]["schemas"]["Problem"] = PROBLEM_SCHEMA
        for path, operations in schema["paths"].items():
            problems = PROBLEMS | MISSING if "{" in path else PROBLEMS
            for operation in operations.values():
                operation["responses"].update(
                    {int(status): _described(text) for status, text in problems.items()}
                )
        return schema


class RateLimit(local, AnonRateThrottle):
    """So many requests of one address in a while, "600/m".

    It keeps what it learns of a request on itself, so every thread has its own.
    """


def _described(text: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": text, "content": {"application/problem+json": {"schema": schema}}}


def reading(view: View) -> Callable[..., HttpResponse]:
    """``view`` for GET and HEAD alone, its answers to be kept only as long as they are checked."""
    checked = conditional_page(view)

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse
        if request.method == "OPTIONS":
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": ALLOWED})
        if request.method not in {"GET", "HEAD"}:
            response = problem(HTTPStatus.METHOD_NOT_ALLOWED, "This API only reads.", request)
            response["Allow"] = ALLOWED
            return response
        asked, request.method = request.method, "GET"
        try:
            response = checked(request, *args, **kwargs)
        except Http404:
            response = problem(HTTPStatus.NOT_FOUND, "There is nothing here.", request)
        finally:
            request.method = asked
        patch_cache_control(response, no_cache=True)
        return response

    return answer


def missing(request: HttpRequest) -> NoReturn:
    """Whatever is asked for below the API's address and does not exist."""
    raise Http404


def server_error(request: HttpRequest) -> HttpResponse:
    """What is said of an error of ours: a problem document below /api/, else the page for it.

    Django calls this while it handles the error. One that passes by itself is answered with 503.
    """
    if passes_by_itself(sys.exc_info()[1]):
        return unavailable(request)
    if request.path.startswith("/api/"):
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here.", request)
    return defaults.server_error(request)
