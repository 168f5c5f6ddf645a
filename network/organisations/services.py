"""Every change of who belongs to an organisation."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import AnyUser
from network.organisations.models import Membership, Organisation
from network.organisations.permissions import can_manage_members


def add_member(
    organisation: Organisation,
    person: User,
    *,
    administrator: bool = False,
    by: AnyUser | None = None,
) -> Membership:
    """Let ``person`` belong to ``organisation``, as its administrator or not.

    Somebody who already belongs changes to what is asked. ``by`` is None when the system itself
    does it. Raises PermissionDenied if ``by`` may not.
    """
    _require_manager(by, organisation)
    with transaction.atomic():
        membership, is_new = Membership.objects.get_or_create(
            organisation=organisation, user=person, defaults={"administrator": administrator}
        )
        if membership.administrator != administrator:
            membership.administrator = administrator
            membership.save(update_fields=["administrator"])
        elif not is_new:
            return membership
        data = {"person": person.pk, "administrator": administrator}
        log(organisation, "organisations.add_member", user=by, data=data)
    return membership


def remove_member(organisation: Organisation, person: User, *, by: AnyUser | None = None) -> None:
    """End ``person``'s belonging. Raises PermissionDenied if ``by`` may not."""
    _require_manager(by, organisation)
    with transaction.atomic():
        membership = Membership.objects.filter(organisation=organisation, user=person).first()
        if membership is not None:
            membership.delete()
            data = {"person": person.pk}
            log(organisation, "organisations.remove_member", user=by, data=data)


def _require_manager(by: AnyUser | None, organisation: Organisation) -> None:
    if by is not None and not can_manage_members(by, organisation):
        raise PermissionDenied
