"""Test facilities, their vocabularies, what is asked of them and when they are booked."""

from network.facilities.models.booking import (
    Blackout,
    Booking,
    BookingState,
    CalendarFeed,
    CalendarSettings,
    OpeningPeriod,
    TakenHour,
)
from network.facilities.models.correspondence import AnswerTemplate, Attachment, Message, Step
from network.facilities.models.enquiry import (
    CompanySize,
    Confidentiality,
    Enquiry,
    EnquiryState,
    Sector,
)
from network.facilities.models.facility import Access, Facility, Scale
from network.facilities.models.freshness import Freshness, FreshnessStep
from network.facilities.models.outcome import Outcome, ResponseTime
from network.facilities.models.parts import Equipment, FacilityDocument, FacilityImage, PriceNote
from network.facilities.models.request import (
    FacilityRequest,
    Offer,
    OfferState,
    RefusalReason,
    RequestState,
)
from network.facilities.models.suggestion import TermSuggestion
from network.facilities.models.vocabulary import Material, Method, Standard

__all__ = [
    "Access",
    "AnswerTemplate",
    "Attachment",
    "Blackout",
    "Booking",
    "BookingState",
    "CalendarFeed",
    "CalendarSettings",
    "CompanySize",
    "Confidentiality",
    "Enquiry",
    "EnquiryState",
    "Equipment",
    "Facility",
    "FacilityDocument",
    "FacilityImage",
    "FacilityRequest",
    "Freshness",
    "FreshnessStep",
    "Material",
    "Message",
    "Method",
    "Offer",
    "OfferState",
    "OpeningPeriod",
    "Outcome",
    "PriceNote",
    "RefusalReason",
    "RequestState",
    "ResponseTime",
    "Scale",
    "Sector",
    "Standard",
    "Step",
    "TakenHour",
    "TermSuggestion",
]
