"""What the one who asks sees: their list, one enquiry with its answers side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.facilities.enquiries.parties import Party
from network.facilities.enquiries.unattended import ATTENDED
from network.facilities.models import (
    Attachment,
    Enquiry,
    EnquiryState,
    FacilityRequest,
    Message,
    Offer,
    OfferState,
    RequestState,
)
from ui.numbers import format_nok, format_number

PAGE: Final = 25
MESSAGES_SHOWN: Final = 200
TONES: Final = {
    RequestState.QUESTION: "warning",
    RequestState.OFFERED: "success",
    RequestState.ACCEPTED: "success",
    RequestState.REFUSED: "danger",
    RequestState.SENT: "info",
    RequestState.ANSWERED: "info",
}
ENQUIRY_TONES: Final = {
    EnquiryState.DRAFT: "warning",
    EnquiryState.UNVERIFIED: "warning",
    EnquiryState.SENT: "info",
    EnquiryState.DECIDED: "success",
}


def enquiries_of(party: Party) -> QuerySet[Enquiry]:
    """All enquiries of the party: the person's own and those that the browser holds."""
    own = Q(asker=None, pk__in=party.guest_of) & (~Q(guest_email="") | Q(state=EnquiryState.DRAFT))
    if party.user.is_authenticated:
        own |= Q(asker=party.user.pk)
    found: QuerySet[Enquiry] = Enquiry.objects.filter(own)
    return found


@dataclass(frozen=True, slots=True)
class ListRow:
    """One enquiry in its asker's list."""

    pk: int
    title: str
    state: str
    tone: str
    note: str
    is_draft: bool
    changed: str
    sample: bool


def listed(party: Party, before: int) -> tuple[list[ListRow], int]:
    """A page of the party's enquiries, newest first, and where the next one begins (0: nowhere)."""
    found = enquiries_of(party).order_by("-pk")
    if before:
        found = found.filter(pk__lt=before)
    rows = list(
        found.annotate(
            asked=Count("requests"),
            offers=Count("requests", filter=Q(requests__state=RequestState.OFFERED)),
            questions=Count("requests", filter=Q(requests__state=RequestState.QUESTION)),
        ).values_list(
            *("pk", "title", "state", "changed_at", "asked", "offers", "questions", "sample")
        )[: PAGE + 1]
    )
    shown = [
        ListRow(
            pk=pk,
            title=title or _("Without a title"),
            state=str(EnquiryState(state).label),
            tone=ENQUIRY_TONES.get(EnquiryState(state), "neutral"),
            note=_note(asked, offers, questions),
            is_draft=state in {EnquiryState.DRAFT, EnquiryState.UNVERIFIED},
            changed=date_format(timezone.localtime(changed), "SHORT_DATE_FORMAT"),
            sample=sample,
        )
        for pk, title, state, changed, asked, offers, questions, sample in rows[:PAGE]
    ]
    return shown, rows[PAGE - 1][0] if len(rows) > PAGE else 0


def _note(asked: int, offers: int, questions: int) -> str:
    parts = [ngettext("%(count)d facility", "%(count)d facilities", asked) % {"count": asked}]
    if offers:
        parts.append(ngettext("%(count)d offer", "%(count)d offers", offers) % {"count": offers})
    if questions:
        text = ngettext("%(count)d question to you", "%(count)d questions to you", questions)
        parts.append(text % {"count": questions})
    return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One facility's answer. ``offer`` is the one that counts: the open or the accepted one.

    ``unattended`` says that it waits, and that nobody at the host can log in and answer yet.
    """

    request: FacilityRequest
    state: str
    tone: str
    offer: Offer | None
    lapsed: bool
    refusal: str
    unattended: bool

    @property
    def can_accept(self) -> bool:
        """Whether it can be accepted now, as far as one can tell without trying."""
        offer = self.offer
        return (
            offer is not None
            and offer.state == OfferState.OPEN
            and not self.lapsed
            and self.request.state == RequestState.OFFERED
            and self.request.enquiry.is_open
        )


class EnquiryPage:
    """An enquiry as its asker sees it."""

    def __init__(self, enquiry: Enquiry) -> None:
        self.enquiry = enquiry

    @cached_property
    def answers(self) -> Sequence[AnswerShown]:
        """What each facility has answered, offers first, then questions."""
        today = timezone.localdate()
        current = Offer.objects.exclude(state=OfferState.REPLACED).prefetch_related("attachments")
        requests = self.enquiry.requests.select_related("facility", "host", "booking").annotate(
            attended=ATTENDED
        )
        shown = []
        for request in requests.prefetch_related(Prefetch("offers", current)):
            request.enquiry = self.enquiry
            offer = next(iter(request.offers.all()), None)
            lapsed = offer is not None and offer.valid_until < today
            shown.append(
                AnswerShown(
                    request=request,
                    state=str(RequestState(request.state).label),
                    tone=TONES.get(RequestState(request.state), "neutral"),
                    offer=offer if request.state != RequestState.REFUSED else None,
                    lapsed=lapsed,
                    refusal=request.get_refusal_reason_display(),
                    unattended=request.state == RequestState.SENT and not request.attended,
                )
            )
        order = [RequestState.ACCEPTED, RequestState.OFFERED, RequestState.QUESTION]
        return sorted(
            shown,
            key=lambda each: order.index(each.request.state) if each.request.state in order else 9,
        )

    @property
    def offers(self) -> list[AnswerShown]:
        """Those with an offer, to stand side by side."""
        return [answer for answer in self.answers if answer.offer is not None]

    @property
    def chosen(self) -> AnswerShown | None:
        """The accepted one."""
        accepted = (each for each in self.answers if each.request.state == RequestState.ACCEPTED)
        return next(accepted, None)

    @cached_property
    def files(self) -> Sequence[Attachment]:
        """The files of the statement."""
        return list(self.enquiry.attachments.filter(request=None))


def thread(request: FacilityRequest) -> list[Message]:
    """What the parties of a request wrote, oldest first, with files and authors."""
    newest = request.messages.select_related("author").prefetch_related("attachments")
    return list(newest.order_by("-pk")[:MESSAGES_SHOWN])[::-1]


def price_shown(offer: Offer) -> str:
    """The price as it is written: "12 500 kr for hele jobben"."""
    whole = offer.price == offer.price.to_integral()
    amount = format_nok(offer.price) if whole else f"NOK {format_number(offer.price, 2)}"
    return f"{amount} {offer.get_price_per_display()}"
