"""The record of an enquiry: what happened, when and through whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from network.facilities.models import Enquiry, FacilityRequest, Step

WORKING_DAYS: Final = 10
SATURDAY: Final = 5


def record(
    enquiry: Enquiry, what: str, by: User | None, request: FacilityRequest | None = None
) -> Step:
    """Write one step; ``by`` is None for guests and for what the system does itself."""
    return Step.objects.create(
        enquiry=enquiry, request=request, what=what, by=by, at=timezone.now()
    )


def record_all(requests: Iterable[FacilityRequest], what: str, by: User | None) -> list[Step]:
    """Write the same step for several requests, in one statement."""
    now = timezone.now()
    return Step.objects.bulk_create(
        Step(enquiry_id=each.enquiry_id, request=each, what=what, by=by, at=now)
        for each in requests
    )


def not_recorded(what: str, request: str = "pk", *, since: str = "") -> Q:
    """That a step has not been written for the request that the column ``request`` names.

    ``since`` names a column with the time from which on it counts.
    """
    steps = Step.objects.filter(request=OuterRef(request), what=what)
    if since:
        steps = steps.filter(at__gte=OuterRef(since))
    return Q(~Exists(steps))


def after_working_days(day: date, count: int = WORKING_DAYS) -> date:
    """The day ``count`` working days (Monday to Friday) after ``day``."""
    while count:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            count -= 1
    return day
