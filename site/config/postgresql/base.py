"""A database backend that does not ask a connection for each request whether it still lives.

Django's own check is a round trip for each request. A connection that has just answered is as good
as one that has just been checked, so only one that has rested is asked.
"""

from __future__ import annotations

import time
from typing import Any, Final

from django.db.backends.postgresql import base

SECONDS_OF_REST: Final = 5.0


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL backend; ``CONN_HEALTH_CHECKS`` holds for connections that have rested."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._used_at = 0.0

    def close_if_health_check_failed(self) -> None:
        """Ask only a connection that was not used for some seconds; close it if it is dead."""
        now = time.monotonic()
        if now - self._used_at > SECONDS_OF_REST:
            super().close_if_health_check_failed()
        self._used_at = now
