"""From an address to what it names, or to 404 for whoever it is not for; and trying a service."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from network.facilities.enquiries.parties import Party, party_of
from network.facilities.enquiries.permissions import answers, asks, reads
from network.facilities.enquiries.services.drafts import WRITABLE, claim_draft
from network.facilities.models import Enquiry, EnquiryState, FacilityRequest, RequestState
from network.transitions import NotPossibleError

View = Callable[..., HttpResponseBase]


def or_log_in(view: View) -> View:
    """Let a visitor log in where there is nothing for a visitor, whatever there is for others.

    Links in mails lead here, and whoever follows one need not be logged in. It tells nothing: what
    does not exist is answered alike.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if request.user.is_authenticated:
                raise
        back = request.get_full_path() if request.method == "GET" else reverse("enquiries:list")
        return redirect_to_login(back)

    return asked


def own_enquiry(request: HttpRequest, pk: int) -> Enquiry:
    """An enquiry of the reader's own; a draft begun before the log-in becomes theirs here."""
    party = party_of(request)
    found: Enquiry = get_object_or_404(
        Enquiry.objects.select_related("asker", "organisation"), pk=pk
    )
    held = found.asker_id is None and found.state == EnquiryState.DRAFT
    if held and party.person is not None and pk in party.guest_of:
        found = claim_draft(found, party)
    if not asks(party, found):
        raise Http404
    return found


def own_draft(request: HttpRequest, pk: int) -> Enquiry:
    """One that can still be written."""
    found = own_enquiry(request, pk)
    if found.state not in WRITABLE:
        raise Http404
    return found


def read_request(request: HttpRequest, pk: int) -> tuple[FacilityRequest, Party]:
    """A request whose texts are for the reader."""
    found = get_object_or_404(
        FacilityRequest.objects.exclude(state=RequestState.CHOSEN).select_related(
            "enquiry__asker", "enquiry__organisation", "facility", "host"
        ),
        pk=pk,
    )
    party = party_of(request)
    if not reads(party, found):
        raise Http404
    return found, party


def hosted_request(request: HttpRequest, pk: int) -> FacilityRequest:
    """A request that the reader may answer."""
    found, party = read_request(request, pk)
    if not answers(party.user, found):
        raise Http404
    return found


def attempt(request: HttpRequest, act: Callable[[], Any], done: str = "") -> bool:
    """Do it and say so, or say why it cannot be done; gives whether it was."""
    try:
        act()
    except NotPossibleError as error:
        messages.error(request, str(error))
        return False
    if done:
        messages.success(request, done)
    return True
