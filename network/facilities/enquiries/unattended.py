"""Hosts for whom nobody has a log-in yet: they are written to, and their park is asked to help.

What a host's people would be told goes nowhere until somebody has taken its administration. So the
address that the facility shows to everybody gets a letter, which says that something waits and how to
get at it, and nothing of who asks or of what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from activity.letters import post
from activity.things import Link
from network.facilities.enquiries import telling
from network.facilities.models import FacilityRequest
from network.organisations.models import Membership, Organisation

# Whether somebody who can log in answers for the host of a request.
ATTENDED: Final = Exists(
    Membership.objects.filter(
        organisation=OuterRef("host"), administrator=True, user__is_active=True
    )
)


def unattended(requests: Iterable[FacilityRequest]) -> list[FacilityRequest]:
    """Those of the requests that nobody with a log-in answers for. One query."""
    found = list(requests)
    hosts = {request.host_id for request in found}
    attended = set(
        Membership.objects.filter(
            organisation__in=hosts, administrator=True, user__is_active=True
        ).values_list("organisation_id", flat=True)
    )
    return [request for request in found if request.host_id not in attended]


def tell_of_unattended(requests: Sequence[FacilityRequest]) -> None:
    """Write to the contacts of the hosts that nobody speaks for, and tell the staff of their parks."""
    for request in unattended(requests):
        telling.tell_staff(request, "unattended", key=f"enquiry.unattended.{request.pk}")
        write_to_contact(request, key=f"enquiry.contact.{request.pk}")


def write_to_contact(request: FacilityRequest, *, key: str) -> None:
    """Tell the facility's own address, or its host's, that an answer is wanted."""
    host = Organisation.objects.get(pk=request.host_id)
    address = request.facility.contact_email or host.contact_email
    try:
        validate_email(address)
    except ValidationError:
        # There is none, or what an imported table has is no address; the park knows.
        return
    with override(settings.LANGUAGE_CODE):
        post(
            key,
            to=address,
            language=settings.LANGUAGE_CODE,
            subject=_("Somebody asks %(facility)s for help") % {"facility": request.facility.name},
            paragraphs=_paragraphs(request, host),
            action=_way_in(request, host),
        )


def _paragraphs(request: FacilityRequest, host: Organisation) -> list[str]:
    day = date_format(request.respond_by, "SHORT_DATE_FORMAT") if request.respond_by else ""
    values = {"facility": request.facility.name, "host": host.title, "day": day}
    return [
        _("An enquiry to %(facility)s waits for an answer, which is wanted by %(day)s.") % values,
        _(
            "Nobody at %(host)s can read it yet, for nobody there has a log-in on our site. Make an "
            "account and say that you belong to %(host)s; the park's staff let you in. Then you "
            "read the enquiry and answer with a question, an offer or a refusal."
        )
        % values,
        _("You get this letter because the address is the contact on the facility's page."),
    ]


def _way_in(request: FacilityRequest, host: Organisation) -> Link:
    if host.published:
        return Link(_("Get access"), reverse("organisations:join", args=[host.slug]))
    return Link(_("See the facility"), request.facility.get_absolute_url())
