"""People for the measurements of what one does when logged in: askers, a busy host, their sessions.

Used by `inside.py`, in the environment of the measured site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from activity.models import Notification
from network.facilities.bookings.hours import take_hours
from network.facilities.enquiries.record import after_working_days
from network.facilities.models import (
    Blackout,
    Booking,
    BookingState,
    Enquiry,
    EnquiryState,
    Facility,
    FacilityRequest,
    Offer,
    OfferState,
    OpeningPeriod,
    RequestState,
)
from network.organisations.models import Membership, Organisation
from operations.seeding import PREFIX

ASKERS: Final = 1_000
HOSTS: Final = 50
ADMINISTRATORS: Final = 2
ASKED_AT_ONCE: Final = 5
QUEUE: Final = 5_000
FACILITIES_OF_HOST: Final = 20
JOBS_A_DAY: Final = 3
WORKING_WEEK: Final = 5
BATCH: Final = 1_000
TITLE: Final = "Prøvebedriftens brakett sprekker"
PROBLEM: Final = "Den sveiste braketten under pumpa sprekker etter noen uker i drift. " * 6
TOKEN: Final = "t" * 32
STATES: Final = (
    *(RequestState.SENT, RequestState.SENT, RequestState.ANSWERED, RequestState.QUESTION),
    *(RequestState.OFFERED, RequestState.ACCEPTED, RequestState.REFUSED, RequestState.DECLINED),
)


def people(name: str, count: int) -> list[User]:
    """New people, who log in by their session alone."""
    users = [
        User(
            email=f"{PREFIX}{name}-{number}@example.org", first_name="Prøve", last_name=f"{number}"
        )
        for number in range(count)
    ]
    for user in users:
        user.set_unusable_password()
    return User.objects.bulk_create(users, batch_size=BATCH)


def cookies(users: Iterable[User]) -> list[str]:
    """The cookie headers of browsers in which they are logged in."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    rows, headers = [], []
    for user in users:
        session = store()
        key = session._get_new_session_key()  # noqa: SLF001 - saving a thousand one by one is slow
        content = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        expires = timezone.now() + timedelta(days=2)
        rows.append(Session(pk=key, session_data=session.encode(content), expire_date=expires))
        pairs = (settings.SESSION_COOKIE_NAME, key), (settings.CSRF_COOKIE_NAME, TOKEN)
        headers.append("; ".join(f"{name}={value}" for name, value in pairs))
    Session.objects.bulk_create(rows, batch_size=BATCH)
    return headers


def asking() -> list[list[dict[str, Any]]]:
    """Scripts of people who each write an enquiry to five facilities and send it."""
    askers, hosts = people("asker", ASKERS), _attended(HOSTS)
    of_hosts = Facility.objects.public().filter(host__in=hosts)
    slugs = list(dict(of_hosts.values_list("host_id", "slug")).values())
    write, number = reverse("enquiries:new"), 999_999_999
    send = reverse("enquiries:send", args=[number]).replace(str(number), "{number}")
    scripts = []
    for place, cookie in enumerate(cookies(askers)):
        chosen = [slugs[(place + each * 7) % len(slugs)] for each in range(ASKED_AT_ONCE)]
        fields = [("title", TITLE), ("problem", PROBLEM), ("wanted", "Om sveisen holder.")]
        fields += [("material", "12 braketter i S355"), ("csrfmiddlewaretoken", TOKEN)]
        fields += [("f", slug) for slug in chosen]
        headers = {"Cookie": cookie}
        scripts.append(
            [
                {"path": write, "headers": headers, "form": urlencode(fields), "status": 302},
                {
                    "path": send,
                    "headers": headers,
                    "form": urlencode({"csrfmiddlewaretoken": TOKEN}),
                    "status": 302,
                },
            ]
        )
    return scripts


def asked() -> dict[str, int]:
    """What became of the scripts of :func:`asking`."""
    written = Enquiry.objects.filter(title=TITLE, asker__email__startswith=f"{PREFIX}asker")
    sent = written.filter(state=EnquiryState.SENT)
    return {
        "written": written.count(),
        "sent": sent.count(),
        "requests": FacilityRequest.objects.filter(
            enquiry__in=sent, state=RequestState.SENT
        ).count(),
        "notifications": Notification.objects.filter(
            kind="facilities.enquiry_received", user__email__startswith=f"{PREFIX}host"
        ).count(),
    }


def hosting() -> dict[str, Any]:
    """A host with five thousand requests and full calendars: cookie, addresses, and their queries."""
    (host,) = _attended(1, name="busy")
    facilities = list(
        Facility.objects.public().filter(slug__startswith=PREFIX)[:FACILITIES_OF_HOST]
    )
    Facility.objects.filter(pk__in=[each.pk for each in facilities]).update(host=host)
    _queue(host, facilities)
    month = _calendar(facilities[0])
    administrator = host.memberships.get(user__email__startswith=f"{PREFIX}busy-0").user
    paths = {
        "queue": reverse("enquiries:host-queue"),
        "calendar": f"{reverse('bookings:calendar', args=[facilities[0].slug])}?m={month}",
    }
    client = Client()
    client.force_login(administrator)
    return {
        "cookie": cookies([administrator])[0],
        "paths": paths,
        "queries": {name: queries_of(client, path) for name, path in paths.items()},
    }


def queries_of(client: Client, path: str) -> int:
    """How many queries a page takes once caches are warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    if response.status_code != 200:  # noqa: PLR2004 - OK
        raise SystemExit(f"{path} answers {response.status_code}")
    return len(captured)


def _attended(count: int, name: str = "host") -> list[Organisation]:
    """Organisations that have facilities, each with two administrators of its own."""
    having = Facility.objects.public().filter(slug__startswith=PREFIX).values("host")
    hosts = list(Organisation.objects.filter(pk__in=having).order_by("pk")[:count])
    users = iter(people(name, count * ADMINISTRATORS))
    Membership.objects.bulk_create(
        Membership(organisation=host, user=next(users), administrator=True)
        for host in hosts
        for _ in range(ADMINISTRATORS)
    )
    return hosts


def _queue(host: Organisation, facilities: Sequence[Facility]) -> None:
    today = timezone.localdate()
    respond_by = [after_working_days(today - timedelta(days=each)) for each in range(30)]
    sent = timezone.now() - timedelta(days=3)
    enquiries = Enquiry.objects.bulk_create(
        (
            Enquiry(
                title=f"Brakett nummer {number} sprekker",
                problem=PROBLEM,
                guest_company=f"Prøvebedrift {number}",
                guest_email="sample@example.org",
                respond_by=respond_by[number % len(respond_by)],
                state=EnquiryState.SENT,
                sent_at=sent,
            )
            for number in range(QUEUE)
        ),
        batch_size=BATCH,
    )
    FacilityRequest.objects.bulk_create(
        (
            FacilityRequest(
                enquiry=enquiry,
                facility=facilities[number % len(facilities)],
                host=host,
                state=STATES[number % len(STATES)],
                respond_by=enquiry.respond_by,
                sent_at=sent,
            )
            for number, enquiry in enumerate(enquiries)
        ),
        batch_size=BATCH,
    )


def _calendar(facility: Facility) -> str:
    """Fill next month's working days with bookings and close one day; gives the month."""
    first = (timezone.localdate().replace(day=1) + timedelta(days=32)).replace(day=1)
    accepted = facility.requests.filter(state=RequestState.ACCEPTED).iterator()
    for begin in _times(first):
        request = next(accepted, None) or next(_more_accepted(facility))
        offer = Offer.objects.create(
            request=request, price=Decimal(9_000), starts_at=begin, conditions="Etter avtale.",
            ends_at=begin + timedelta(hours=2), valid_until=first, state=OfferState.ACCEPTED,
        )  # fmt: skip
        booking = Booking.objects.create(
            request=request, offer=offer, facility=facility, starts_at=begin,
            ends_at=offer.ends_at, state=BookingState.CONFIRMED,
        )  # fmt: skip
        take_hours(facility.pk, begin, offer.ends_at, booking=booking)
    for weekday in range(WORKING_WEEK):
        OpeningPeriod.objects.create(
            facility=facility, weekday=weekday, opens=time(7), closes=time(17)
        )
    night = datetime(first.year, first.month, 10, 20, tzinfo=UTC)
    Blackout.objects.create(
        facility=facility, starts_at=night, ends_at=night + timedelta(hours=6), reason="Service"
    )
    return f"{first:%Y-%m}"


def _times(first: Any) -> Iterator[datetime]:
    day = first
    while day.month == first.month:
        if day.weekday() < WORKING_WEEK:
            for place in range(JOBS_A_DAY):
                yield datetime(day.year, day.month, day.day, 6 + 3 * place, tzinfo=UTC)
        day += timedelta(days=1)


def _more_accepted(facility: Facility) -> Iterator[FacilityRequest]:
    while True:
        enquiry = Enquiry.objects.create(
            title="Enda en brakett", problem=PROBLEM, guest_email="sample@example.org",
            respond_by=timezone.localdate(), state=EnquiryState.DECIDED, sent_at=timezone.now(),
        )  # fmt: skip
        yield FacilityRequest.objects.create(
            enquiry=enquiry, facility=facility, host_id=facility.host_id,
            state=RequestState.ACCEPTED, sent_at=timezone.now(), respond_by=enquiry.respond_by,
        )  # fmt: skip
