"""What waits to be confirmed: the queue on "My page", and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.sections import Section
from activity.queues import Queue, QueueCount
from network.facilities.freshness.querysets import to_confirm
from network.facilities.freshness.steps import age_of, hides_on, thresholds
from network.facilities.models import Facility, FreshnessStep
from network.facilities.permissions import can_add_facilities

TONES: Final = {
    FreshnessStep.ASKED: "info",
    FreshnessStep.REMINDED: "danger",
    FreshnessStep.HIDDEN: "danger",
}
# Readers see that these were not answered in time.
OVERDUE: Final = tuple(set(FreshnessStep) - {FreshnessStep.FRESH, FreshnessStep.ASKED})


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """A facility that waits to be confirmed. ``tone`` colours its step."""

    facility: Facility

    @property
    def tone(self) -> str:
        """A colour of the theme."""
        return TONES.get(FreshnessStep(self.facility.freshness), "warning")

    @property
    def is_hidden(self) -> bool:
        """Whether visitors no longer see it."""
        return self.facility.freshness == FreshnessStep.HIDDEN

    @property
    def hides_on(self) -> date | None:
        """The first day on which it can be hidden."""
        return None if self.is_hidden else hides_on(age_of(self.facility), thresholds())


def oldest_first(user: User) -> QuerySet[Facility]:
    """What waits for the person, with all that a row shows."""
    return to_confirm(user).select_related("park", "host")


def _count(user: User) -> QueueCount:
    if not can_add_facilities(user):
        return QueueCount()
    rows = to_confirm(user).order_by()
    counted = rows.aggregate(waiting=Count("pk"), late=Count("pk", filter=Q(freshness__in=OVERDUE)))
    return QueueCount(counted["waiting"], counted["late"])


QUEUE: Final = Queue(
    "facilities.to_confirm",
    _("Facilities to confirm"),
    lambda: reverse("facilities:to-confirm"),
    _count,
)
SECTION: Final = Section(
    _("Facilities to confirm"), "facilities:to-confirm", icon="check", is_for=can_add_facilities
)
