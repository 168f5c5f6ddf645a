"""The API's composition: which rooms it shows, under which limits."""

from __future__ import annotations

from django.conf import settings

from config.public_api import PublicAPI, RateLimit
from network.facilities.api import router as facilities_router
from network.organisations.api import router as organisations_router
from network.parks.api import router as parks_router
from search.api import router as search_router
from search.problems import install

api = PublicAPI(
    title="Parknett",
    version="1",
    description="Public data of Parknett, read-only. Errors are problem documents (RFC 9457).",
    docs_url="/docs",
    openapi_url="/v1/openapi.json",
    urls_namespace="api",
    throttle=[RateLimit(settings.API_RATE)],
)
install(api)
for router in (search_router, facilities_router, organisations_router, parks_router):
    api.add_router("/v1", router)
