"""Middleware for running the site: maintenance mode, content policies, what is not found."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from typing import Final

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.defaults import page_not_found

from search.problems import problem

ADMIN_PREFIX: Final = "/admin/"
API_PREFIX: Final = "/api/"
RETRY_AFTER_SECONDS: Final = 600
OPEN_PREFIXES: Final = (ADMIN_PREFIX, "/health/", "/static/", "/media/")
# What leads into the admin, its second step and its asking once more included.
WAYS_IN: Final = (
    "accounts:admin_entrance",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
)


@cache
def ways_in() -> frozenset[str]:
    """The paths of :data:`WAYS_IN` in all languages."""
    paths: set[str] = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            paths.update(map(reverse, WAYS_IN))
    return frozenset(paths)


class MaintenanceMiddleware:
    """Answers 503 to everything but the health check, the admin, the way into it and its files.

    On when the setting says so or the file ``maintenance`` lies in the data directory.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.flag = settings.DATA_DIR / "maintenance"

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve the request, or the maintenance page."""
        if not self._closed() or _stays_open(request.path):
            return self.get_response(request)
        response: HttpResponse
        if request.path.startswith(API_PREFIX):
            response = problem(HTTPStatus.SERVICE_UNAVAILABLE, "Closed for maintenance.", request)
        else:
            response = render(request, "503.html", status=503)
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response

    def _closed(self) -> bool:
        return settings.MAINTENANCE_MODE or self.flag.exists()


def _stays_open(path: str) -> bool:
    return path.startswith(OPEN_PREFIXES) or path in ways_in()


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere but in Wagtail's admin, whose editor has inline scripts."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add the policy's header."""
        if request.path.startswith(ADMIN_PREFIX) and isinstance(response, HttpResponse):
            response._csp_update = {  # type: ignore[attr-defined]  # noqa: SLF001 - django-csp's hook
                "script-src": ["'unsafe-inline'"],
                "style-src": ["'unsafe-inline'"],
                "img-src": ["blob:"],
            }
        return super().process_response(request, response)


class OwnNotFoundMiddleware:
    """Answers with the site's own page also where Django would show developers all its addresses.

    What `bin/run` serves so looks as it does in production; errors still show where they came from.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for what is not found; other errors are not ours."""
        return page_not_found(request, exception) if isinstance(exception, Http404) else None
