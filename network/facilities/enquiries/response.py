"""How soon a facility tends to answer, from what it was asked in the last twelve months."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.facilities.models import FacilityRequest, ResponseTime

PERIOD: Final = timedelta(days=365)
FEWEST: Final = 3
HOURS_A_DAY: Final = 24


def reckon_response_times(now: datetime) -> None:
    """Bring the median of every facility in line; fewer than three answers tell nothing."""
    answered = FacilityRequest.objects.filter(
        first_answer_at__gte=now - PERIOD, sent_at__isnull=False, enquiry__sample=False
    )
    hours: dict[int, list[float]] = defaultdict(list)
    rows = answered.order_by().values_list("facility_id", "sent_at", "first_answer_at")
    for facility, sent_at, first in rows.iterator():
        if sent_at is not None and first is not None:
            hours[facility].append((first - sent_at).total_seconds() / 3600)
    enough = {facility: each for facility, each in hours.items() if len(each) >= FEWEST}
    with transaction.atomic():
        ResponseTime.objects.exclude(facility__in=enough).delete()
        ResponseTime.objects.bulk_create(
            (
                ResponseTime(
                    facility_id=facility,
                    answers=len(each),
                    median_hours=max(1, round(median(each))),
                )
                for facility, each in enough.items()
            ),
            update_conflicts=True,
            unique_fields=["facility"],
            update_fields=["answers", "median_hours"],
        )


def answers_within(known: ResponseTime) -> str:
    """The median in words: "Usually answers within 2 days"."""
    return _("Usually answers within %(time)s") % {"time": time_in_words(known.median_hours)}


def time_in_words(hours: int) -> str:
    """Hours as "5 hours", from a day on as "2 days"."""
    if hours < HOURS_A_DAY:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = round(hours / HOURS_A_DAY)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
