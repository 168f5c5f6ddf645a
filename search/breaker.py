"""A circuit breaker: after an engine failed, nobody waits for it for a while."""

from __future__ import annotations

import threading
import time
from typing import Final

OPEN_SECONDS: Final = 10.0


class Breaker:
    """Open after a failure, for ``OPEN_SECONDS``; then one caller at a time may try again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._retry_at: float | None = None

    def allows(self) -> bool:
        """Whether the engine may be asked now."""
        with self._lock:
            if self._retry_at is None:
                return True
            now = time.monotonic()
            if now < self._retry_at:
                return False
            self._retry_at = now + OPEN_SECONDS
            return True

    def closed(self) -> bool:
        """Whether the engine answered when it was last asked."""
        with self._lock:
            return self._retry_at is None

    def failed(self) -> None:
        """The engine did not answer."""
        with self._lock:
            self._retry_at = time.monotonic() + OPEN_SECONDS

    def answered(self) -> None:
        """The engine answered."""
        with self._lock:
            self._retry_at = None
