"""What happens by itself as days pass: entries are asked for, marked, ranked lower and hidden."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from activity.schedule import Job
from network.facilities.freshness.querysets import followed_up, to_look_at
from network.facilities.freshness.services import take_step
from network.facilities.freshness.steps import age_of, step_on, thresholds
from network.facilities.models import Facility, FreshnessStep

logger = logging.getLogger(__name__)

# Steps in one run; the next run goes on.
AT_ONCE: Final = 500
# Whoever answers for a thousand old entries is asked about these many a day.
ASKED_A_DAY: Final = 20
READ_AT_ONCE: Final = 2000
_FIELDS: Final = ("pk", "freshness", "freshness_on", "asked_on", "confirmed_on", "created_at")


def follow_up(now: datetime) -> None:
    """Take the steps that are due, at most ``AT_ONCE``; nothing when done again."""
    today, days = timezone.localdate(now), thresholds()
    asked = Counter(followed_up().filter(asked_on=today).values_list("host_id", flat=True))
    due = []
    rows = to_look_at(today, days).only(*_FIELDS, "host").order_by("pk")
    for facility in rows.iterator(chunk_size=READ_AT_ONCE):
        step = step_on(age_of(facility), today, days)
        if step == facility.freshness:
            continue
        if step == FreshnessStep.ASKED and facility.asked_on is None:
            if asked[facility.host_id] >= ASKED_A_DAY:
                continue
            asked[facility.host_id] += 1
        due.append(facility.pk)
        if len(due) == AT_ONCE:
            break
    for facility in Facility.objects.select_related("park", "host").filter(pk__in=due):
        try:
            take_step(facility, today, days)
        except Exception:
            # One that cannot be told must not keep the others from it.
            logger.exception("no step could be taken for the facility %s", facility.pk)


JOBS: Final = (Job("facilities.freshness", follow_up, timedelta(hours=1)),)
