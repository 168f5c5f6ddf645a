"""Sample enquiries and a sample booking between sample people, marked as such. Nobody is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from network.facilities.bookings.hours import take_hours
from network.facilities.enquiries.record import after_working_days, record
from network.facilities.models import (
    AnswerTemplate,
    Booking,
    BookingState,
    Enquiry,
    EnquiryState,
    Facility,
    FacilityRequest,
    Message,
    Offer,
    OfferState,
    OpeningPeriod,
    RequestState,
)
from network.loading import Report
from network.organisations.models import Organisation

WORKING_WEEK: Final = range(5)


@dataclass(frozen=True, slots=True)
class SampleEnquiry:
    """One enquiry, its first request's state, and how many days ago it was sent."""

    title: str
    problem: str
    material: str
    state: RequestState
    days_ago: int
    confidential: bool = False


ENQUIRIES: Final = (
    SampleEnquiry(
        "Brakett som sprekker av vibrasjon",
        "En sveiset brakett under en pumpe sprekker etter noen uker i drift. Vi må vite om det er "
        "sveisen eller selve formen, og trenger en prøving som ligner på det pumpa gjør.",
        "12 braketter i S355, omtrent 4 kg hver",
        RequestState.SENT,
        16,
    ),
    SampleEnquiry(
        "Tåler dekselet kulde og slag?",
        "Plastdekselet blir sprøtt når det er under 20 minusgrader. Kunden vil ha en rapport.",
        "20 deksler i PA6, 300 g",
        RequestState.QUESTION,
        6,
    ),
    SampleEnquiry(
        "Ny komposittplate før vi bestiller verktøy",
        "Vi vil vite stivhet og bruddlast for to oppbygginger før vi bruker penger på verktøy.",
        "To plater 600 × 600 mm",
        RequestState.OFFERED,
        4,
        confidential=True,
    ),
    SampleEnquiry(
        "Strekkprøver av gjenvunnet fiber",
        "Vi har fått en prøvebatch med gjenvunnet fiber og må sammenligne den med den vi bruker.",
        "10 prøvestaver",
        RequestState.ACCEPTED,
        12,
    ),
)


def load_sample_enquiries(report: Report, *, asker: str, host: str) -> None:
    """Let the sample member have asked the sample host; once, whatever is changed since."""
    kind = str(Enquiry._meta.verbose_name_plural)
    person = User.objects.filter(email=asker).first()
    organisation = Organisation.objects.filter(slug=host).first()
    facilities = list(Facility.objects.filter(host__slug=host, sample=True).order_by("pk"))
    if person is None or organisation is None or not facilities:
        return
    if Enquiry.objects.filter(sample=True).exists():
        report.unchanged[kind] += len(ENQUIRIES)
        return
    for number, sample in enumerate(ENQUIRIES):
        _load(sample, person, facilities[number % len(facilities)])
        report.created[kind] += 1
    for weekday in WORKING_WEEK:
        OpeningPeriod.objects.get_or_create(
            facility=facilities[0],
            weekday=weekday,
            defaults={"opens": time(7, 30), "closes": time(16)},
        )
    AnswerTemplate.objects.get_or_create(
        organisation=organisation,
        kind=AnswerTemplate.Kind.OFFER,
        title="Standardvilkår",
        defaults={"text": "Prisen gjelder prøving og rapport på norsk. Emnene sendes til oss."},
    )


def remove_sample_enquiries() -> int:
    """Delete them, and whatever else was asked of sample facilities; gives how many went."""
    asked = FacilityRequest.objects.filter(Q(facility__sample=True) | Q(enquiry__sample=True))
    enquiries = Enquiry.objects.filter(sample=True)
    count: int = enquiries.count()
    asked.delete()
    enquiries.delete()
    return count


def _load(sample: SampleEnquiry, asker: User, facility: Facility) -> None:
    now = timezone.now()
    sent = now - timedelta(days=sample.days_ago)
    accepted = sample.state == RequestState.ACCEPTED
    enquiry: Enquiry = Enquiry.objects.create(
        asker=asker,
        guest_company="Eksempelbedriften",
        title=sample.title,
        problem=sample.problem,
        material=sample.material,
        confidentiality="confidential" if sample.confidential else "normal",
        respond_by=after_working_days(timezone.localdate(sent)),
        state=EnquiryState.DECIDED if accepted else EnquiryState.SENT,
        sent_at=sent,
        sample=True,
    )
    waits = sample.state == RequestState.SENT
    request: FacilityRequest = FacilityRequest.objects.create(
        enquiry=enquiry,
        facility=facility,
        host_id=facility.host_id,
        state=sample.state,
        respond_by=enquiry.respond_by,
        sent_at=sent,
        first_answer_at=None if waits else sent + timedelta(days=2),
    )
    record(enquiry, "sent", asker, request)
    if sample.state == RequestState.QUESTION:
        text = "Hvor fort slår dekselet i, og har dere en tegning?"
        Message.objects.create(request=request, by_host=True, kind=Message.Kind.QUESTION, text=text)
    elif not waits:
        _offer(request, accepted=accepted)


def _offer(request: FacilityRequest, *, accepted: bool) -> None:
    """An offer for one of the next weeks, and the booking that came of it."""
    today = timezone.localdate()
    monday = today + timedelta(days=(21 if accepted else 28) - today.weekday())
    begin = datetime.combine(monday, time(8), tzinfo=timezone.get_default_timezone())
    end = begin + timedelta(hours=7)
    offer = Offer.objects.create(
        request=request,
        price=Decimal(18_500),
        price_per=Offer.Per.JOB,
        starts_at=begin,
        ends_at=end,
        valid_until=today + timedelta(days=10),
        conditions="To oppbygginger, fem prøver av hver. Rapport innen en uke etter prøvingen.",
        state=OfferState.ACCEPTED if accepted else OfferState.OPEN,
    )
    if not accepted:
        return
    booking: Booking = Booking.objects.create(
        request=request,
        offer=offer,
        facility_id=request.facility_id,
        starts_at=begin,
        ends_at=end,
        state=BookingState.CONFIRMED,
        sequence=1,
    )
    take_hours(request.facility_id, begin, end, booking=booking)
