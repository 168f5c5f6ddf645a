"""What the worker does for this room, a bit at a time."""

from __future__ import annotations

import time
from typing import Final

from django.utils import timezone

from activity import schedule
from activity.composing import compose
from activity.sending import Sender
from activity.telling import tell_followers

BATCHES_AT_ONCE: Final = 5
SECONDS_BETWEEN_SCHEDULES: Final = 15.0


class Runner:
    """Tells followers, writes letters, sends them, and does what is scheduled."""

    def __init__(self) -> None:
        self._sender = Sender()
        self._scheduled_at = float("-inf")

    def run(self) -> int:
        """Do what is due, up to a bound; gives how much that was, 0 when there is nothing to do."""
        done = tell_followers(BATCHES_AT_ONCE)
        done += compose(timezone.now())
        done += self._sender.run()
        if time.monotonic() - self._scheduled_at >= SECONDS_BETWEEN_SCHEDULES:
            self._scheduled_at = time.monotonic()
            done += len(schedule.run_due())
        return done
