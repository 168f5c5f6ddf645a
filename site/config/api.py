"""The API's composition: which rooms it shows, under which limits."""

from __future__ import annotations

from typing import Final

from ninja import NinjaAPI
from ninja.throttling import AnonRateThrottle

from search.api import router as search_router
from search.problems import install

RATE: Final = "600/m"

api = NinjaAPI(
    title="Parknett",
    version="1",
    description="Public data of Parknett, read-only. Errors are problem documents (RFC 9457).",
    docs_url="/docs",
    openapi_url="/v1/openapi.json",
    urls_namespace="api",
    throttle=[AnonRateThrottle(RATE)],
)
install(api)
api.add_router("/v1", search_router)
