"""Every change of how a facility stands with being confirmed, each told and logged once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from network.facilities.documents import TYPE
from network.facilities.freshness import telling
from network.facilities.freshness.links import ConfirmLink, link_of
from network.facilities.freshness.querysets import to_confirm
from network.facilities.freshness.steps import Thresholds, age_of, step_on
from network.facilities.models import Facility, FreshnessStep
from network.facilities.services import confirm_facility
from search.projection import recording, touch

STEPPED: Final = "facilities.freshness"
# Steps that change what the search shows, or to whom.
SEARCHED: Final = frozenset({FreshnessStep.LOWERED, FreshnessStep.REMINDED, FreshnessStep.HIDDEN})


def take_step(facility: Facility, today: date, days: Thresholds) -> bool:
    """Bring the facility to the step of ``today`` and tell its owners; False when it is there.

    The update is conditional: what somebody confirms in the same moment stays confirmed, and of two
    workers one takes the step.
    """
    before, step = facility.freshness, step_on(age_of(facility), today, days)
    if step == before:
        return False
    asked_on = None if step == FreshnessStep.FRESH else facility.asked_on or today
    with recording():
        taken = Facility.objects.filter(
            pk=facility.pk,
            freshness=before,
            confirmed_on=facility.confirmed_on,
            asked_on=facility.asked_on,
            published=True,
        ).update(freshness=step, freshness_on=today, asked_on=asked_on)
        if not taken:
            return False
        facility.freshness, facility.freshness_on, facility.asked_on = step, today, asked_on
        if SEARCHED & {before, step}:
            touch(TYPE, [facility.pk])
        log(facility, STEPPED, data={"step": str(step)})
        if _is_further(step, before):
            telling.tell(facility)
    return True


def confirm_by_link(token: str) -> ConfirmLink | None:
    """Confirm what a mailed link stands for; again changes nothing. None when it does not hold."""
    with recording():
        link = link_of(token, lock=True)
        if link is None or link.is_done:
            return link
        confirm_facility(link.facility, user=link.user)
    return link


def confirm_many(pks: Iterable[int], *, user: User) -> int:
    """Confirm those of the facilities that wait for ``user``; gives how many."""
    with recording():
        waiting = list(to_confirm(user).filter(pk__in=list(pks)))
        for facility in waiting:
            confirm_facility(facility, user=user, on=timezone.localdate())
    return len(waiting)


def _is_further(step: str, before: str) -> bool:
    order = list(FreshnessStep)
    return order.index(FreshnessStep(step)) > order.index(FreshnessStep(before))
