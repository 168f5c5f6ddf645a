"""Enquiries in their states, and who takes part in them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import factory
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from network.facilities.enquiries.parties import Party
from network.facilities.enquiries.services import answering, drafts, sending
from network.facilities.models import Enquiry, FacilityRequest, Offer
from tests.factories.accounts import UserFactory


class EnquiryFactory(factory.django.DjangoModelFactory):
    """A draft of somebody's; ``asker=None`` makes it a guest's."""

    class Meta:
        model = Enquiry

    asker = factory.SubFactory(UserFactory)
    title = "Braketten sprekker"
    problem = "Den sveiste braketten sprekker av vibrasjon etter noen uker."
    respond_by = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))


def sent_enquiry(*facilities, asker=None, **fields) -> Enquiry:
    """An enquiry that has gone out to ``facilities``."""
    enquiry = EnquiryFactory(asker=asker or UserFactory(), **fields)
    drafts.choose_facilities(enquiry, facilities)
    sending.send_enquiry(enquiry, by=enquiry.asker)
    return enquiry


def request_of(enquiry, facility=None) -> FacilityRequest:
    """The request as it is in the database, read anew."""
    requests = FacilityRequest.objects.select_related("enquiry__asker", "facility", "host")
    requests = requests.filter(enquiry=enquiry)
    return requests.get(facility=facility) if facility else requests.get()


def hour(days, at) -> datetime:
    """A whole hour some days from now, in UTC."""
    day = (timezone.now() + timedelta(days=days)).date()
    return datetime(day.year, day.month, day.day, at, tzinfo=UTC)


def offer_data(**fields) -> answering.OfferData:
    """Something to offer, three weeks from now."""
    defaults = {
        "price": Decimal(12500),
        "price_per": Offer.Per.JOB,
        "starts_at": hour(21, 8),
        "ends_at": hour(21, 14),
        "valid_until": timezone.localdate() + timedelta(days=10),
        "conditions": "To prøver på bordet, rapport innen en uke.",
    }
    return answering.OfferData(**defaults | fields)


def party(user=None, *, holds=()) -> Party:
    """Somebody with a log-in, or a guest who holds some enquiries."""
    return Party(user or AnonymousUser(), frozenset(each.pk for each in holds))
