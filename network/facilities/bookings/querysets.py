"""Reading bookings: one's own, a facility's, those behind a private address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import roles_of
from network.facilities.bookings.services import feed_digest
from network.facilities.models import Booking, BookingState, CalendarFeed, Facility

KEPT_IN_FEED: Final = timedelta(days=90)
MOST_IN_FEED: Final = 1000
ACTIVE: Final = (BookingState.TENTATIVE, BookingState.CONFIRMED)


def bookings_of(user: User) -> QuerySet[Booking]:
    """Bookings that the person asked for or hosts."""
    hosted = roles_of(user).administers
    found: QuerySet[Booking] = Booking.objects.filter(
        Q(request__enquiry__asker=user.pk) | Q(request__host__in=hosted)
    )
    return found


def bookings_between(facility: Facility, first: datetime, last: datetime) -> QuerySet[Booking]:
    """Bookings of a facility that hold any time from ``first`` up to ``last``; not cancelled ones."""
    found: QuerySet[Booking] = (
        Booking.objects.filter(facility=facility, starts_at__lt=last, ends_at__gt=first)
        .exclude(state=BookingState.CANCELLED)
        .order_by("starts_at")
    )
    return found


def fed_bookings(key: str) -> tuple[CalendarFeed, list[Booking]] | None:
    """What a private address holds; None when it is nobody's (any more).

    What the person may see is asked each time, so the address of somebody who has left a host is
    empty or gone.
    """
    feed = (
        CalendarFeed.objects.filter(digest=feed_digest(key), user__is_active=True)
        .select_related("user", "facility")
        .first()
    )
    if feed is None:
        return None
    hosted = roles_of(feed.user).administers
    if feed.facility is None:
        found = bookings_of(feed.user)
    elif feed.facility.host_id in hosted:
        found = Booking.objects.filter(facility=feed.facility, request__host__in=hosted)
    else:
        return None
    since = timezone.now() - KEPT_IN_FEED
    recent = found.filter(Q(ends_at__gte=since) | Q(changed_at__gte=since))
    shown = recent.select_related("facility__park", "request__enquiry").order_by("-starts_at")
    return feed, list(shown[:MOST_IN_FEED])
