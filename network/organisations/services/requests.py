"""Asking to belong to an organisation, and the answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from network.organisations import notices
from network.organisations.models import JoinRequest, Membership, Organisation
from network.organisations.services.memberships import admit, hold, require_manager

MOST_OPEN: Final = 10
MOST_AGAIN: Final = 3
AGAIN_WITHIN: Final = timedelta(days=30)


class AlreadyBelongs(Exception):  # noqa: N818 - says what the person does
    """The person is in the organisation already."""


class TooManyRequests(Exception):  # noqa: N818 - says what there is
    """The person has asked as often, or as widely, as is bearable."""


class AlreadyDecided(Exception):  # noqa: N818 - says what it is
    """Somebody else, or another tab, was first with another answer."""


def ask_to_join(organisation: Organisation, person: User, message: str = "") -> JoinRequest:
    """Ask; asking while a request is open gives that one.

    Raises AlreadyBelongs and TooManyRequests.
    """
    with transaction.atomic():
        hold(organisation)
        if Membership.objects.filter(organisation=organisation, user=person).exists():
            raise AlreadyBelongs
        known = JoinRequest.objects.open().filter(organisation=organisation, user=person).first()
        if known is not None:
            return known
        _require_patience(organisation, person)
        request = JoinRequest(organisation=organisation, user=person, message=message.strip())
        request.clean_fields(exclude={"state"})
        request.save()
        _log("organisations.ask", request, person)
        notices.asked(request)
    return request


def confirm_request(request: JoinRequest, *, by: User, administrator: bool = False) -> JoinRequest:
    """Let the person belong; once is enough, however often it is done.

    ``administrator`` lets them speak for it, too: how staff name an organisation's first one.
    Raises PermissionDenied and AlreadyDecided.
    """
    require_manager(by, request.organisation)
    with transaction.atomic():
        held = _held(request)
        if held.state == JoinRequest.State.CONFIRMED:
            return held
        _require_open(held)
        if not held.user.is_active:
            raise AlreadyDecided
        held.confirm(by)
        held.save()
        admit(held.organisation, held.user, administrator=administrator)
        _log("organisations.confirm_request", held, by)
        notices.request_answered(held)
    return held


def refuse_request(request: JoinRequest, *, by: User, reason: str) -> JoinRequest:
    """Say no. Raises PermissionDenied and AlreadyDecided."""
    require_manager(by, request.organisation)
    with transaction.atomic():
        held = _held(request)
        if held.state == JoinRequest.State.REFUSED:
            return held
        _require_open(held)
        held.refuse(by, reason.strip())
        held.clean_fields(exclude={"state"})
        held.save()
        _log("organisations.refuse_request", held, by)
        notices.request_answered(held)
    return held


def withdraw_request(request: JoinRequest, *, by: User) -> JoinRequest:
    """Take one's own request back. Raises PermissionDenied and AlreadyDecided."""
    if by.pk != request.user_id:
        raise PermissionDenied
    with transaction.atomic():
        held = _held(request)
        if held.state == JoinRequest.State.WITHDRAWN:
            return held
        _require_open(held)
        held.withdraw()
        held.save()
        _log("organisations.withdraw_request", held, by)
    return held


def _require_patience(organisation: Organisation, person: User) -> None:
    asked = JoinRequest.objects.filter(user=person)
    lately = asked.filter(
        organisation=organisation, asked_at__gt=timezone.now() - AGAIN_WITHIN
    ).count()
    if lately >= MOST_AGAIN or asked.open().count() >= MOST_OPEN:
        raise TooManyRequests


def _held(request: JoinRequest) -> JoinRequest:
    hold(request.organisation)
    return JoinRequest.objects.select_related("organisation", "user").get(pk=request.pk)


def _require_open(request: JoinRequest) -> None:
    if request.state != JoinRequest.State.ASKED:
        raise AlreadyDecided


def _log(action: str, request: JoinRequest, user: User) -> None:
    data = {"person": request.user_id, "request": request.pk}
    log(request.organisation, action, user=user, data=data)
