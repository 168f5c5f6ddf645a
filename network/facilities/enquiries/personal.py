"""What this room holds about a person: what they asked and answered, and their calendar addresses."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model

from accounts.models import User
from accounts.personal import PersonalData, Row
from network.facilities.bookings.services import cancel_bookings_of
from network.facilities.enquiries.parties import Party
from network.facilities.enquiries.services.deciding import withdraw_enquiry
from network.facilities.enquiries.services.drafts import delete_draft
from network.facilities.models import (
    CalendarFeed,
    Enquiry,
    EnquiryState,
    FacilityRequest,
    Message,
    Offer,
    Outcome,
    Step,
)


def _asked(user: User) -> Iterable[Row]:
    enquiries = Enquiry.objects.filter(asker=user).prefetch_related("requests__facility")
    for enquiry in enquiries:
        yield {
            "title": enquiry.title,
            "problem": enquiry.problem,
            "wanted": enquiry.wanted,
            "material": enquiry.material,
            "wanted_from": enquiry.wanted_from,
            "wanted_to": enquiry.wanted_to,
            "confidentiality": enquiry.confidentiality,
            "respond_by": enquiry.respond_by,
            "state": enquiry.state,
            "created_at": enquiry.created_at,
            "asked": [
                {"facility": each.facility.name_nb, "state": each.state}
                for each in enquiry.requests.all()
            ],
        }


def _take_out_of_enquiries(user: User) -> None:
    """Drafts go, what is open is withdrawn or cancelled; what hosts were asked stays, without a name."""
    unsent = (EnquiryState.DRAFT, EnquiryState.UNVERIFIED)
    for enquiry in Enquiry.objects.filter(asker=user, state__in=unsent):
        delete_draft(enquiry)
    for enquiry in Enquiry.objects.filter(asker=user, state=EnquiryState.SENT):
        withdraw_enquiry(enquiry, by=Party(user))
    cancel_bookings_of(user)
    Enquiry.objects.filter(asker=user).update(
        asker=None, guest_email="", guest_name="", guest_company=""
    )


def _written(user: User) -> Iterable[Row]:
    for message in Message.objects.filter(author=user):
        yield {"kind": message.kind, "text": message.text, "written_at": message.written_at}
    for offer in Offer.objects.filter(made_by=user):
        yield {"offer": offer.conditions, "price": offer.price, "written_at": offer.made_at}
    for outcome in Outcome.objects.filter(written_by=user):
        yield {"outcome": outcome.result, "statement": outcome.statement}
    for step in Step.objects.filter(by=user):
        yield {"step": step.what, "at": step.at}
    for request in FacilityRequest.objects.filter(promised_by=user):
        yield {"step": "promised", "at": request.promised_at}


def _take_out_of_answers(user: User) -> None:
    """The other party keeps what was written to it; by whom is forgotten."""
    links: tuple[tuple[type[Model], str], ...] = (
        (Message, "author"),
        (Offer, "made_by"),
        (Outcome, "written_by"),
        (Step, "by"),
        (FacilityRequest, "promised_by"),
    )
    for model, name in links:
        model._default_manager.filter(**{name: user}).update(**{name: None})


def _feeds(user: User) -> Iterable[Row]:
    for feed in CalendarFeed.objects.filter(user=user).select_related("facility"):
        facility = feed.facility.name_nb if feed.facility else ""
        yield {"facility": facility, "made_at": feed.made_at}


def _forget_feeds(user: User) -> None:
    CalendarFeed.objects.filter(user=user).delete()


ENQUIRIES = PersonalData("enquiries", ("facilities.Enquiry",), _asked, _take_out_of_enquiries)
ANSWERS = PersonalData(
    "enquiry-answers",
    (
        "facilities.Message",
        "facilities.Offer",
        "facilities.Outcome",
        "facilities.Step",
        "facilities.FacilityRequest",
    ),
    _written,
    _take_out_of_answers,
)
FEEDS = PersonalData("calendar-feeds", ("facilities.CalendarFeed",), _feeds, _forget_feeds)
