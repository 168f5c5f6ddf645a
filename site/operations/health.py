"""Is the site well? For monitors and for `bin/run`."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from operations.heartbeat import alive
from search.engines import engine
from search.engines.base import EngineError
from search.feed import waiting

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """State of database, engine and worker; 503 when the database does not answer.

    An engine or a worker that is away leaves the site usable, so it is told, but with 200.
    """
    database = _database()
    report: dict[str, dict[str, object]] = {
        "database": {"state": "ok" if database else "down", "vendor": connection.vendor},
        "engine": _engine(),
        "worker": {"state": "unknown"},
    }
    if database:
        report["worker"] = {"state": "ok" if alive() else "down"}
        report["engine"]["waiting"] = waiting()
    well = all(part["state"] == "ok" for part in report.values())
    status = "ok" if well else "degraded" if database else "down"
    return JsonResponse({"status": status, **report}, status=200 if database else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        logger.exception("the database does not answer")
        return False


def _engine() -> dict[str, object]:
    try:
        return {"state": "ok" if engine().ready() else "no index", "name": engine().name}
    except EngineError as error:
        logger.warning("the search engine does not answer: %s", error)
        return {"state": "down", "name": engine().name}
