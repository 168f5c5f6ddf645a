"""Enquiries and bookings: between the one who asked, who has none of the roles, and the host."""

from django.core.files.base import ContentFile

from network.facilities.bookings import services as bookings
from network.facilities.enquiries.services import answering, deciding, drafts
from network.facilities.models import AnswerTemplate, Attachment
from tests.factories.accounts import UserFactory, administrator_of
from tests.factories.enquiries import (
    EnquiryFactory,
    hour,
    offer_data,
    party,
    request_of,
    sent_enquiry,
)
from tests.leaks.permission_table import (
    HOST,
    INCOMPLETE,
    MISSING,
    MOVED,
    NETWORK,
    NOT_ALLOWED,
    OK,
    OUTSIDER,
    PARK,
    Rule,
    for_roles,
    members,
)

NOBODY = for_roles()
DRAFT, SENT, ASKED = ("draft",), ("enquiry",), ("host's request",)
# Whoever administers any organisation has a desk of their own.
DESK = for_roles(HOST, OUTSIDER)
FIGURES = for_roles(HOST, PARK, OUTSIDER, NETWORK)


def hosts(then=OK):
    return for_roles(HOST, then=then)


def act(arguments, then=MOVED, get=NOT_ALLOWED):
    """What only the host does, by a form."""
    return Rule(get, post=hosts(then), arguments=arguments)


def not_theirs(arguments, *, get=NOT_ALLOWED):
    """What is the asker's alone."""
    return Rule(get, post=NOBODY, arguments=arguments)


ADDRESSES = {
    "enquiries:list": Rule(OK),
    "enquiries:new": Rule(OK, post=INCOMPLETE),
    "enquiries:basket": Rule(NOT_ALLOWED, post=MOVED),
    "enquiries:links": Rule(OK, post=INCOMPLETE),
    "enquiries:guest": Rule(MOVED, post=MOVED, arguments=("no link",)),
    "enquiries:file": Rule(hosts(), arguments=("enquiry file",)),
    "enquiries:detail": Rule(NOBODY, arguments=SENT),
    "enquiries:edit": not_theirs(DRAFT, get=NOBODY),
    "enquiries:recipients": not_theirs(DRAFT, get=NOBODY),
    "enquiries:send": not_theirs(DRAFT),
    "enquiries:delete": not_theirs(DRAFT),
    "enquiries:remove-file": not_theirs(("draft", "enquiry file")),
    "enquiries:withdraw": not_theirs(SENT),
    "enquiries:close": not_theirs(SENT),
    "enquiries:accept": not_theirs(("enquiry", "offer"), get=NOBODY),
    "enquiries:conversation": not_theirs(("enquiry", "host's request"), get=NOBODY),
    "enquiries:withdraw-request": not_theirs(("enquiry", "host's request")),
    "enquiries:invite-staff": act(ASKED),
    "enquiries:host-queue": Rule(DESK),
    "enquiries:desk": Rule(DESK),
    "enquiries:templates": Rule(DESK, post=for_roles(HOST, OUTSIDER, then=INCOMPLETE)),
    "enquiries:template": act(("answer template",), then=INCOMPLETE, get=hosts()),
    "enquiries:template-delete": act(("answer template",)),
    "enquiries:host-request": Rule(hosts(), arguments=ASKED),
    "enquiries:promise": act(ASKED),
    "enquiries:host-message": act(ASKED, then=INCOMPLETE),
    "enquiries:host-question": act(ASKED, then=INCOMPLETE, get=hosts()),
    "enquiries:host-offer": act(ASKED, then=INCOMPLETE, get=hosts()),
    "enquiries:host-refusal": act(ASKED, then=INCOMPLETE, get=hosts()),
    "enquiries:overview": Rule(for_roles(PARK, OUTSIDER, NETWORK)),
    "enquiries:figures": Rule(FIGURES),
    "enquiries:figures-csv": Rule(FIGURES),
    "enquiries:figures-xlsx": Rule(FIGURES),
    "enquiries:facility-figures": Rule(for_roles(HOST, PARK, NETWORK), arguments=("facility",)),
    "bookings:detail": Rule(hosts(), arguments=("booking",)),
    "bookings:ical": Rule(hosts(), arguments=("booking",)),
    "bookings:confirm": act(("booking",)),
    "bookings:finish": act(("booking",)),
    "bookings:agree": act(("booking",)),
    "bookings:keep": act(("booking",)),
    "bookings:cancel": act(("booking",), then=INCOMPLETE),
    "bookings:propose": act(("booking",), then=INCOMPLETE),
    # Nothing to tell before the work has begun.
    "bookings:outcome": Rule(NOBODY, post=NOBODY, arguments=("booking",)),
    "bookings:feeds": Rule(members(), post=members()),
    "bookings:feed": Rule(MISSING, arguments=("no link",)),
    "bookings:calendar": Rule(for_roles(HOST, visitor=MISSING), arguments=("facility",)),
    "bookings:hours": act(("facility",), get=hosts()),
    "bookings:lift": act(("facility", "blackout")),
}


def arguments(world):
    """What somebody asked of the first facility: one open request, one that was booked."""
    facility = world.facilities[0]
    host = administrator_of(facility.host)
    asker = UserFactory()
    booked = sent_enquiry(facility, asker=asker, title="Bestilt")
    answering.make_offer(request_of(booked), offer_data(), by=host)
    booking = deciding.accept_offer(request_of(booked).offers.get(), by=party(asker))
    asked = sent_enquiry(facility, asker=asker)
    request = request_of(asked)
    later = {"starts_at": hour(30, 8), "ends_at": hour(30, 12)}
    offer = answering.make_offer(request, offer_data(**later), by=host)
    draft = EnquiryFactory(asker=asker)
    drafts.choose_facilities(draft, [facility])
    blackout = bookings.black_out(facility, hour(50, 8), hour(50, 9), "", by=host)
    template = AnswerTemplate.objects.create(
        organisation=facility.host, kind="offer", title="Vanlig", text="Vi kan."
    )
    file = Attachment(enquiry=asked, name="mal.txt")
    file.file.save("mal.txt", ContentFile(b"tall"), save=False)
    file.save()
    return {
        "no link": "finnes-ikke",
        "enquiry": asked.pk,
        "draft": draft.pk,
        "host's request": request.pk,
        "offer": offer.pk,
        "booking": booking.pk,
        "blackout": blackout.pk,
        "answer template": template.pk,
        "enquiry file": file.pk,
        "facility": facility.slug,
    }
