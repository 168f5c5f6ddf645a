"""How long a search may wait for its engine, however many questions it takes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_deadline: ContextVar[float | None] = ContextVar("search_deadline", default=None)


@contextmanager
def spending(seconds: float) -> Iterator[None]:
    """All questions asked inside have ``seconds`` together; a wider budget around it still holds."""
    outer = _deadline.get()
    end = time.monotonic() + seconds
    token = _deadline.set(end if outer is None else min(outer, end))
    try:
        yield
    finally:
        _deadline.reset(token)


def left(most: float) -> float:
    """Seconds that the next question may take, ``most`` at most; 0 or less when all is spent."""
    deadline = _deadline.get()
    return most if deadline is None else min(most, deadline - time.monotonic())
