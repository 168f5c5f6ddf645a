"""What people are told of enquiries and bookings, and who may still see it when they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import roles_of
from activity.kinds import Kind, Message
from activity.models import Event
from activity.things import Link, split
from network.facilities.enquiries import words
from network.facilities.enquiries.parties import Party, administrators_of
from network.facilities.enquiries.permissions import answers, asks, assists
from network.facilities.models import EnquiryState, FacilityRequest
from network.organisations.waiting import network_administrators
from network.parks.models import ParkStaff

GROUP: Final = _("Enquiries and bookings")
UNSENT: Final = (EnquiryState.DRAFT, EnquiryState.UNVERIFIED)


def messages(events: Sequence[Event], user: User) -> dict[int, Message]:
    """What each event says to ``user``, for those that still concern them. Two queries at most."""
    of_request, of_enquiry = _requests([event.thing for event in events], user)
    found = {}
    for event in events:
        name, number = split(event.thing)
        request = (of_request if name == "enquiry-request" else of_enquiry).get(number)
        if request is None:
            continue
        told, step = event.data.get("told", ""), event.data.get("step", "")
        if (told, step) in words.WORDS and _concerns(told, request, user):
            found[event.pk] = words.message(told, step, request, _path(told, step, request))
    return found


def readers(event: Event, people: Sequence[User]) -> Collection[int]:
    """Which of ``people`` an event concerns: the host's people, the asker or the park's staff."""
    told = event.data.get("told", "")
    name, number = split(event.thing)
    rows = FacilityRequest.objects.exclude(enquiry__state__in=UNSENT).filter(
        **({"pk": number} if name == "enquiry-request" else {"enquiry": number})
    )
    wanted = {person.pk for person in people}
    if told == words.HOST:
        hosts = rows.values_list("host_id", flat=True)
        return wanted & {person.pk for person in administrators_of(hosts)}
    if told == words.ASKER:
        return wanted & set(rows.values_list("enquiry__asker_id", flat=True))
    parks = rows.values_list("facility__park_id", flat=True)
    staff = ParkStaff.objects.filter(park__in=list(parks)).values_list("user_id", flat=True)
    return wanted & {*staff, *network_administrators().values_list("pk", flat=True)}


def message(event: Event, user: User) -> Message:
    """What one event says; only asked when the person may see it."""
    return messages([event], user)[event.pk]


def may_see(event: Event, user: User) -> bool:
    """Whether an event still concerns the person."""
    return event.pk in messages([event], user)


def describe(name: str) -> Any:
    """How things called ``name`` are described to those who may see them."""

    def links(numbers: Sequence[int], user: User) -> Mapping[int, Link]:
        of_request, of_enquiry = _requests([f"{name}:{number}" for number in numbers], user)
        found = of_request if name == "enquiry-request" else of_enquiry
        shown = {}
        for number, request in found.items():
            for told in (words.ASKER, words.HOST):
                if _concerns(told, request, user):
                    title = f"{request.enquiry.title} · {request.facility.name}"
                    shown[number] = Link(title, _path(told, "", request))
                    break
        return shown

    return links


def _requests(
    things: Sequence[str], user: User
) -> tuple[dict[int, FacilityRequest], dict[int, FacilityRequest]]:
    """Requests by their own number, and by their enquiry's: there the one that is the person's."""
    wanted: dict[str, list[int]] = {"enquiry-request": [], "enquiry": []}
    for thing in things:
        name, number = split(thing)
        wanted[name].append(number)
    sent = FacilityRequest.objects.exclude(enquiry__state__in=UNSENT).select_related(
        "enquiry", "facility", "booking"
    )
    of_request = (
        {each.pk: each for each in sent.filter(pk__in=wanted["enquiry-request"])}
        if wanted["enquiry-request"]
        else {}
    )
    of_enquiry: dict[int, FacilityRequest] = {}
    if wanted["enquiry"]:
        for each in sent.filter(enquiry__in=wanted["enquiry"]).order_by("-pk"):
            known = of_enquiry.get(each.enquiry_id)
            if known is None or each.host_id in roles_of(user).administers:
                of_enquiry[each.enquiry_id] = each
    return of_request, of_enquiry


def _concerns(told: str, request: FacilityRequest, user: User) -> bool:
    if told == words.HOST:
        return answers(user, request) or assists(user, request)
    if told == words.ASKER:
        return asks(Party(user), request.enquiry)
    roles = roles_of(user)
    return roles.network_administrator or request.facility.park_id in roles.parks


def _path(told: str, step: str, request: FacilityRequest) -> str:
    booking = getattr(request, "booking", None)
    if booking is not None and step in words.OF_BOOKING:
        view = "outcome" if step in words.TO_TELL else "detail"
        return reverse(f"bookings:{view}", args=[booking.pk])
    if told == words.HOST:
        return reverse("enquiries:host-request", args=[request.pk])
    if told == words.STAFF:
        return reverse("enquiries:overview")
    if step in {"question", "message"}:
        return reverse("enquiries:conversation", args=[request.enquiry_id, request.pk])
    return reverse("enquiries:detail", args=[request.enquiry_id])


def _kind(name: str, label: Any) -> Kind:
    return Kind(
        name=name,
        label=label,
        group=GROUP,
        message=message,
        may_see=may_see,
        messages=messages,
        readers=readers,
    )


KINDS: Final = (
    _kind(words.RECEIVED, _("New enquiries to your facilities")),
    _kind(words.ANSWERED, _("Answers to your enquiries")),
    _kind(words.MESSAGE, _("Messages about enquiries")),
    _kind(words.DECIDED, _("What becomes of your offers")),
    _kind(words.DUE, _("Reminders about answers and offers")),
    _kind(words.BOOKING, _("Bookings")),
)
