"""What each step of an enquiry is called when somebody is told of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activity.kinds import Message
from network.facilities.models import FacilityRequest

HOST: Final = "host"
ASKER: Final = "asker"
STAFF: Final = "staff"

RECEIVED: Final = "facilities.enquiry_received"
ANSWERED: Final = "facilities.enquiry_answered"
MESSAGE: Final = "facilities.enquiry_message"
DECIDED: Final = "facilities.enquiry_decided"
DUE: Final = "facilities.enquiry_due"
BOOKING: Final = "facilities.booking_changed"


@dataclass(frozen=True, slots=True)
class Words:
    """How a step is told: its kind, and functions that give texts in the active language."""

    kind: str
    title: Callable[[], str]
    action: Callable[[], str]
    text: Callable[[], str] = str


# By who is told, then by step. Titles take the enquiry's title, the facility's name and a day.
WORDS: Final[dict[tuple[str, str], Words]] = {
    (HOST, "received"): Words(
        RECEIVED,
        lambda: _("New enquiry to %(facility)s: %(title)s"),
        lambda: _("Read and answer"),
        lambda: _("An answer is wanted by %(day)s."),
    ),
    (HOST, "answered"): Words(
        MESSAGE,
        lambda: _("Your question is answered: %(title)s"),
        lambda: _("Read the answer"),
    ),
    (HOST, "message"): Words(
        MESSAGE, lambda: _("New message about %(title)s"), lambda: _("Read the message")
    ),
    (HOST, "accepted"): Words(
        DECIDED,
        lambda: _("Your offer is accepted: %(title)s"),
        lambda: _("Confirm the time"),
        lambda: _("The time is set aside. Confirm it, so that both know it holds."),
    ),
    (HOST, "declined"): Words(
        DECIDED,
        lambda: _("Another offer was chosen: %(title)s"),
        lambda: _("See the enquiry"),
        lambda: _("Thank you for looking into it. This time the choice fell on somebody else."),
    ),
    (HOST, "closed"): Words(
        DECIDED,
        lambda: _("Closed without an agreement: %(title)s"),
        lambda: _("See the enquiry"),
        lambda: _("Thank you for looking into it. No agreement was made this time."),
    ),
    (HOST, "withdrawn"): Words(
        DECIDED,
        lambda: _("Withdrawn: %(title)s"),
        lambda: _("See the enquiry"),
        lambda: _("You need not do anything more."),
    ),
    (HOST, "reminder"): Words(
        DUE,
        lambda: _("Answer by %(day)s: %(title)s"),
        lambda: _("Answer now"),
        lambda: _("A question back or a refusal is an answer, too."),
    ),
    (HOST, "overdue"): Words(
        DUE,
        lambda: _("The answer is overdue: %(title)s"),
        lambda: _("Answer now"),
        lambda: _("An answer was wanted by %(day)s. A refusal helps more than silence."),
    ),
    (ASKER, "promised"): Words(
        ANSWERED,
        lambda: _("%(facility)s has promised confidentiality: %(title)s"),
        lambda: _("See the enquiry"),
        lambda: _("The host now sees who asks, and the files."),
    ),
    (ASKER, "question"): Words(
        ANSWERED,
        lambda: _("%(facility)s has a question: %(title)s"),
        lambda: _("Answer the question"),
    ),
    (ASKER, "offered"): Words(
        ANSWERED,
        lambda: _("Offer from %(facility)s: %(title)s"),
        lambda: _("Compare the answers"),
    ),
    (ASKER, "refused"): Words(
        ANSWERED,
        lambda: _("%(facility)s cannot take it on: %(title)s"),
        lambda: _("See why"),
    ),
    (ASKER, "message"): Words(
        MESSAGE,
        lambda: _("New message from %(facility)s: %(title)s"),
        lambda: _("Read the message"),
    ),
    (ASKER, "lapsing"): Words(
        DUE,
        lambda: _("The offer from %(facility)s lapses soon: %(title)s"),
        lambda: _("Compare the answers"),
    ),
    (ASKER, "overdue"): Words(
        DUE,
        lambda: _("%(facility)s has not answered yet: %(title)s"),
        lambda: _("See the enquiry"),
        lambda: _("The host and the park have been reminded. You can ask others as well."),
    ),
    (ASKER, "expired"): Words(
        DUE,
        lambda: _("No longer open at %(facility)s: %(title)s"),
        lambda: _("See the enquiry"),
    ),
    (STAFF, "overdue"): Words(
        DUE,
        lambda: _("%(facility)s has not answered an enquiry"),
        lambda: _("See what is overdue"),
        lambda: _("An answer was wanted by %(day)s. Perhaps you know whom to call."),
    ),
    (STAFF, "unattended"): Words(
        DUE,
        lambda: _("%(facility)s is asked, and nobody there can answer yet"),
        lambda: _("See what waits"),
        lambda: _(
            "Nobody at the host has a log-in. We have written to its contact, if there is one. Help "
            "it in: an answer is wanted by %(day)s."
        ),
    ),
    (HOST, "unconfirmed"): Words(
        BOOKING,
        lambda: _("Not confirmed yet: %(title)s"),
        lambda: _("Confirm the time"),
        lambda: _("Who asked waits to hear that the time holds."),
    ),
    (HOST, "lapsed"): Words(
        BOOKING,
        lambda: _("The time has passed without being confirmed: %(title)s"),
        lambda: _("See the booking"),
    ),
    (ASKER, "lapsed"): Words(
        BOOKING,
        lambda: _("%(facility)s did not confirm the time: %(title)s"),
        lambda: _("See the booking"),
        lambda: _("The time has passed. Write to the host if the work is still to be done."),
    ),
    (HOST, "ended"): Words(
        BOOKING,
        lambda: _("How did it go? %(title)s"),
        lambda: _("Say how it went"),
        lambda: _("It takes a minute, and both sides learn from it."),
    ),
    (ASKER, "ended"): Words(
        BOOKING,
        lambda: _("How did it go at %(facility)s? %(title)s"),
        lambda: _("Say how it went"),
        lambda: _("It takes a minute, and both sides learn from it."),
    ),
    (HOST, "outcome"): Words(
        BOOKING,
        lambda: _("Who asked says how it went: %(title)s"),
        lambda: _("See the booking"),
    ),
    (ASKER, "outcome"): Words(
        BOOKING,
        lambda: _("%(facility)s says how it went: %(title)s"),
        lambda: _("See the booking"),
    ),
    (ASKER, "confirmed"): Words(
        BOOKING,
        lambda: _("%(facility)s has confirmed the time: %(title)s"),
        lambda: _("See the booking"),
    ),
    (HOST, "proposed"): Words(
        BOOKING, lambda: _("Another time is proposed: %(title)s"), lambda: _("Agree or decline")
    ),
    (ASKER, "proposed"): Words(
        BOOKING,
        lambda: _("%(facility)s proposes another time: %(title)s"),
        lambda: _("Agree or decline"),
    ),
    (HOST, "moved"): Words(
        BOOKING, lambda: _("The new time is agreed: %(title)s"), lambda: _("See the booking")
    ),
    (ASKER, "moved"): Words(
        BOOKING, lambda: _("The new time is agreed: %(title)s"), lambda: _("See the booking")
    ),
    (HOST, "kept"): Words(
        BOOKING, lambda: _("The time stays as it was: %(title)s"), lambda: _("See the booking")
    ),
    (ASKER, "kept"): Words(
        BOOKING, lambda: _("The time stays as it was: %(title)s"), lambda: _("See the booking")
    ),
    (HOST, "cancelled"): Words(
        BOOKING, lambda: _("The booking is cancelled: %(title)s"), lambda: _("See the reason")
    ),
    (ASKER, "cancelled"): Words(
        BOOKING,
        lambda: _("%(facility)s has cancelled the booking: %(title)s"),
        lambda: _("See the reason"),
    ),
    (ASKER, "done"): Words(
        BOOKING,
        lambda: _("The work is done: %(title)s"),
        lambda: _("Say how it went"),
    ),
}

# Steps that lead to the booking, and those of them that lead to the form for how it went.
TO_TELL: Final = frozenset({"ended", "done"})
OF_BOOKING: Final = frozenset(
    {"accepted", *(step for (_told, step), each in WORDS.items() if each.kind == BOOKING)}
)


def message(told: str, step: str, request: FacilityRequest, url: str) -> Message:
    """What ``told`` (host, asker or staff) hears of a step, in the active language."""
    words = WORDS[told, step]
    day = date_format(request.respond_by, "SHORT_DATE_FORMAT") if request.respond_by else ""
    values = {"facility": request.facility.name, "title": request.enquiry.title, "day": day}
    return Message(
        title=words.title() % values,
        url=url,
        text=words.text() % values,
        action=words.action(),
    )
