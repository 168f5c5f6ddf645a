"""Telling the parties: a notification for people with a log-in, a letter with a link for guests."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from activity.letters import post
from activity.services import notify
from activity.things import Link
from network.facilities.enquiries import words
from network.facilities.enquiries.parties import administrators_of, guest_path
from network.facilities.models import Enquiry, FacilityRequest, Step
from network.organisations.waiting import network_administrators
from network.parks.models import ParkStaff


def tell_hosts_of_enquiry(
    enquiry: Enquiry, requests: Sequence[FacilityRequest], by: User | None
) -> None:
    """One notification for everybody who administers any of the hosts, at once for all."""
    notify(
        words.RECEIVED,
        f"enquiry:{enquiry.pk}",
        to=administrators_of({request.host_id for request in requests}),
        actor=by,
        data={"told": words.HOST, "step": "received"},
        key=f"enquiry.received.{enquiry.pk}",
    )


def tell_host(request: FacilityRequest, what: str, step: Step | None, *, key: str = "") -> None:
    """Tell the host's people of a step."""
    _notify(request, words.HOST, what, administrators_of([request.host_id]), step, key)


def tell_asker(request: FacilityRequest, what: str, step: Step | None, *, key: str = "") -> None:
    """Tell the one who asked, by whatever way there is."""
    enquiry = request.enquiry
    if enquiry.asker is not None:
        _notify(request, words.ASKER, what, [enquiry.asker], step, key)
    elif enquiry.guest_email:
        with override(enquiry.language):
            path = guest_path(enquiry)
            told = words.message(words.ASKER, what, request, path)
        _write(enquiry, key or _key(words.ASKER, what, step), told.title, told.text, told.action)


def tell_staff(request: FacilityRequest, what: str, *, key: str) -> None:
    """Tell the staff of the facility's park how it stands, without what it is about.

    Where nobody works for the park, the network's administrators are told.
    """
    staff = [
        row.user
        for row in ParkStaff.objects.filter(
            park=request.facility.park_id, user__is_active=True
        ).select_related("user")
    ]
    _notify(request, words.STAFF, what, staff or list(network_administrators()), None, key)


def post_verification(enquiry: Enquiry, step: Step) -> None:
    """Mail a guest the link that sends the enquiry."""
    with override(enquiry.language):
        subject = _("Send your enquiry: %(title)s") % {"title": enquiry.title}
        text = _(
            "Somebody, most likely you, wrote an enquiry on our site and gave this address. It is "
            "sent when you open the link and press the button. If it was not you, do nothing."
        )
        action = _("Check and send the enquiry")
    _write(enquiry, f"enquiry.verify.{step.pk}", subject, text, action)


def post_receipt(enquiry: Enquiry) -> None:
    """Mail a guest that the enquiry went out, with the link to come back by."""
    if enquiry.asker is not None:
        return
    with override(enquiry.language):
        subject = _("Your enquiry is sent: %(title)s") % {"title": enquiry.title}
        day = date_format(enquiry.respond_by, "SHORT_DATE_FORMAT")
        text = _(
            "The facilities are asked to answer by %(day)s. This link leads to your enquiry, where "
            "you read the answers, compare them and choose. Do not pass it on."
        ) % {"day": day}
        action = _("See the enquiry")
    _write(enquiry, f"enquiry.receipt.{enquiry.pk}", subject, text, action)


def post_links(email: str, enquiries: Sequence[Enquiry]) -> None:
    """Mail a guest fresh links to what they have asked, at most once in ten minutes."""
    tenth = int(timezone.now().timestamp()) // 600
    for enquiry in enquiries:
        with override(enquiry.language):
            subject = _("Link to your enquiry: %(title)s") % {"title": enquiry.title}
            text = _("Here is the link that you asked for. Do not pass it on.")
            action = _("See the enquiry")
        _write(enquiry, f"enquiry.link.{enquiry.pk}.{tenth}", subject, text, action)


def _notify(
    request: FacilityRequest,
    told: str,
    what: str,
    to: Sequence[User],
    step: Step | None,
    key: str,
) -> None:
    if not to:
        return
    notify(
        words.WORDS[told, what].kind,
        f"enquiry-request:{request.pk}",
        to=to,
        actor=step.by if step else None,
        data={"told": told, "step": what},
        key=key or _key(told, what, step),
    )


def _key(told: str, what: str, step: Step | None) -> str:
    return f"enquiry.{told}.{what}.{step.pk}" if step else ""


def _write(enquiry: Enquiry, key: str, subject: str, text: str, action: str) -> None:
    with override(enquiry.language):
        path = guest_path(enquiry)
    post(
        key,
        to=enquiry.guest_email,
        language=enquiry.language,
        subject=subject,
        paragraphs=[paragraph for paragraph in text.split("\n\n") if paragraph],
        action=Link(action, path),
    )
