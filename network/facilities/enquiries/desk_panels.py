"""What enquiries and bookings put on a person's own page and among the queues."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import roles_of
from accounts.sections import Section
from activity.desk import Panel, PanelRow
from activity.queues import Queue, QueueCount
from network.facilities.bookings.due import CONFIRMED_WITHIN, tentative
from network.facilities.bookings.querysets import ACTIVE, bookings_of
from network.facilities.enquiries.overview import overdue
from network.facilities.enquiries.permissions import oversees
from network.facilities.enquiries.queue import BOOKINGS
from network.facilities.models import (
    Booking,
    BookingState,
    Enquiry,
    EnquiryState,
    FacilityRequest,
    Outcome,
    RequestState,
)
from network.facilities.models.request import WAITS_FOR_ASKER, WAITS_FOR_HOST

# After that, nobody remembers well enough.
ASKED_FOR: Final = timedelta(days=60)
UNSENT: Final = (EnquiryState.DRAFT, EnquiryState.UNVERIFIED)


def waiting(user: User, count: int) -> Sequence[PanelRow]:
    """Offers and questions that the person is to answer."""
    found = (
        FacilityRequest.objects.filter(enquiry__asker=user.pk, state__in=WAITS_FOR_ASKER)
        .select_related("enquiry", "facility")
        .order_by("-changed_at")[:count]
    )
    rows = []
    for each in found:
        offered = each.state == RequestState.OFFERED
        note = _("Offer from %(facility)s") if offered else _("Question from %(facility)s")
        url = (
            reverse("enquiries:detail", args=[each.enquiry_id])
            if offered
            else reverse("enquiries:conversation", args=[each.enquiry_id, each.pk])
        )
        rows.append(
            PanelRow(
                title=each.enquiry.title,
                url=url,
                note=note % {"facility": each.facility.name},
                when=each.changed_at,
                tone="success" if offered else "warning",
            )
        )
    return rows


def to_answer(user: User, count: int) -> Sequence[PanelRow]:
    """Requests that the person's organisations are to answer, the most urgent first."""
    hosts = roles_of(user).administers
    if not hosts:
        return []
    today = timezone.localdate()
    found = (
        FacilityRequest.objects.filter(host__in=hosts, state__in=WAITS_FOR_HOST)
        .select_related("enquiry", "facility")
        .order_by("respond_by", "pk")[:count]
    )
    rows = []
    for each in found:
        day = each.respond_by or today
        note = _("%(facility)s, answer by %(day)s") % {
            "facility": each.facility.name,
            "day": date_format(day, "SHORT_DATE_FORMAT"),
        }
        url = reverse("enquiries:host-request", args=[each.pk])
        tone = "danger" if day < today else ""
        rows.append(PanelRow(title=each.enquiry.title, url=url, note=note, tone=tone))
    return rows


def to_confirm(user: User, count: int) -> Sequence[PanelRow]:
    """Bookings that the person's organisations are to confirm, the soonest first."""
    hosts = roles_of(user).administers
    if not hosts:
        return []
    found = (
        Booking.objects.filter(request__host__in=hosts, state=BookingState.TENTATIVE)
        .select_related("facility", "request__enquiry")
        .order_by("starts_at", "pk")[:count]
    )
    return [
        PanelRow(
            title=each.request.enquiry.title,
            url=reverse("bookings:detail", args=[each.pk]),
            note=each.facility.name,
            when=each.starts_at,
            tone="warning",
        )
        for each in found
    ]


def to_tell(user: User, count: int) -> Sequence[PanelRow]:
    """Bookings that are over, and of which the person's side has not said how they went."""
    now = timezone.now()
    told = Outcome.objects.filter(booking=OuterRef("pk"))
    hosted = Q(request__host__in=roles_of(user).administers)
    found = (
        Booking.objects.filter(
            hosted & ~Exists(told.filter(by_host=True))
            | ~hosted & Q(request__enquiry__asker=user.pk) & ~Exists(told.filter(by_host=False)),
            state__in=(BookingState.CONFIRMED, BookingState.DONE),
            ends_at__lte=now,
            ends_at__gt=now - ASKED_FOR,
        )
        .select_related("facility", "request__enquiry")
        .order_by("-ends_at")[:count]
    )
    return [
        PanelRow(
            title=each.request.enquiry.title,
            url=reverse("bookings:outcome", args=[each.pk]),
            note=each.facility.name,
            when=each.ends_at,
        )
        for each in found
    ]


def drafts(user: User, count: int) -> Sequence[PanelRow]:
    """Enquiries that are not sent."""
    found = Enquiry.objects.filter(asker=user, state__in=UNSENT).order_by("-changed_at")
    return [
        PanelRow(
            title=title or _("Enquiry without a title"),
            url=reverse("enquiries:edit", args=[pk]),
            when=changed,
        )
        for pk, title, changed in found.values_list("pk", "title", "changed_at")[:count]
    ]


def upcoming(user: User, count: int) -> Sequence[PanelRow]:
    """Bookings to come, asked for and hosted."""
    midnight = datetime.combine(
        timezone.localdate(), time(), tzinfo=timezone.get_default_timezone()
    )
    found = (
        bookings_of(user)
        .filter(state__in=ACTIVE, ends_at__gte=midnight)
        .select_related("facility", "request__enquiry")
        .order_by("starts_at")[:count]
    )
    return [
        PanelRow(
            title=each.request.enquiry.title,
            url=reverse("bookings:detail", args=[each.pk]),
            note=f"{each.facility.name} · {each.get_state_display()}",
            when=each.starts_at,
            tone="success" if each.state == "confirmed" else "warning",
        )
        for each in found
    ]


def count_hosted(user: User) -> QueueCount:
    """What the person's organisations are to answer."""
    hosts = roles_of(user).administers
    if not hosts:
        return QueueCount()
    rows = FacilityRequest.objects.filter(host__in=hosts, state__in=WAITS_FOR_HOST).order_by()
    late = rows.filter(respond_by__lt=timezone.localdate()).count()
    return QueueCount(waiting=rows.count(), overdue=late)


def count_to_confirm(user: User) -> QueueCount:
    """Bookings that the person's organisations are to confirm, and those that have waited long."""
    hosts = roles_of(user).administers
    if not hosts:
        return QueueCount()
    rows = tentative().filter(request__host__in=hosts)
    late = Q(created_at__lte=timezone.now() - CONFIRMED_WITHIN)
    counted = rows.aggregate(waiting=Count("pk"), late=Count("pk", filter=late))
    return QueueCount(counted["waiting"], counted["late"])


def count_overdue(user: User) -> QueueCount:
    """What the hosts in the person's parks should have answered."""
    roles = roles_of(user)
    if not (roles.parks or roles.network_administrator):
        return QueueCount()
    late = overdue(user).count()
    return QueueCount(waiting=late, overdue=late)


PANELS: Final = (
    Panel("facilities.waiting", gettext_lazy("Answers to your enquiries"), "waiting", waiting),
    Panel("facilities.to_answer", gettext_lazy("Enquiries to answer"), "waiting", to_answer),
    Panel("facilities.to_confirm", gettext_lazy("Bookings to confirm"), "waiting", to_confirm),
    Panel("facilities.to_tell", gettext_lazy("Say how it went"), "waiting", to_tell),
    Panel("facilities.drafts", gettext_lazy("Enquiries"), "drafts", drafts),
    Panel("facilities.upcoming", gettext_lazy("Bookings"), "upcoming", upcoming),
)
QUEUES: Final = (
    Queue(
        "facilities.to_answer",
        gettext_lazy("Enquiries to answer"),
        lambda: reverse("enquiries:host-queue"),
        count_hosted,
    ),
    Queue(
        "facilities.bookings",
        gettext_lazy("Bookings to confirm"),
        lambda: f"{reverse('enquiries:host-queue')}?vis={BOOKINGS}",
        count_to_confirm,
    ),
    Queue(
        "facilities.overdue",
        gettext_lazy("Enquiries without an answer"),
        lambda: reverse("enquiries:overview"),
        count_overdue,
    ),
)


def _hosts(user: User) -> bool:
    return bool(roles_of(user).administers)


SECTIONS: Final = (
    Section(gettext_lazy("Your enquiries"), "enquiries:list", icon="chat", is_shortcut=True),
    Section(
        gettext_lazy("The host's desk"),
        "enquiries:host-queue",
        icon="facility",
        is_for=_hosts,
        is_shortcut=True,
    ),
    Section(
        gettext_lazy("Enquiries in the park"),
        "enquiries:overview",
        icon="park",
        is_for=oversees,
        is_shortcut=True,
    ),
    Section(gettext_lazy("Bookings in your own calendar"), "bookings:feeds", icon="calendar"),
)
