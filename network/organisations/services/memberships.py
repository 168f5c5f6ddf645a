"""Who belongs to an organisation, and who speaks for it.

An organisation that has administrators keeps one: the last is taken away by staff alone. Whoever
changes memberships holds the organisation's row meanwhile, so that two who leave at the same time
do not both find the other still there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import AnyUser
from network.organisations import notices
from network.organisations.models import JoinRequest, Membership, Organisation
from network.organisations.permissions import can_leave_unadministered, can_manage_members


class LastAdministrator(Exception):  # noqa: N818 - says what the person is
    """The organisation would be left without anybody who speaks for it."""


def add_member(
    organisation: Organisation,
    person: User,
    *,
    administrator: bool = False,
    by: AnyUser | None = None,
) -> Membership:
    """Let ``person`` belong to ``organisation``, as its administrator or not.

    Somebody who already belongs changes to what is asked. ``by`` is None when the system itself
    does it. Raises PermissionDenied if ``by`` may not, and LastAdministrator if it would leave
    nobody.
    """
    require_manager(by, organisation)
    with transaction.atomic():
        hold(organisation)
        membership, is_new = Membership.objects.get_or_create(
            organisation=organisation, user=person, defaults={"administrator": administrator}
        )
        if is_new:
            _answer_open_requests(membership, by)
            _added(membership, by)
        else:
            _change(membership, by, administrator=administrator)
    return membership


def set_administrator(
    organisation: Organisation, person: User, *, administrator: bool, by: AnyUser | None = None
) -> None:
    """Let a member speak for the organisation, or no longer; nothing happens to who is no member.

    Raises as :func:`add_member`.
    """
    require_manager(by, organisation)
    with transaction.atomic():
        hold(organisation)
        known = Membership.objects.filter(organisation=organisation, user=person).first()
        if known is not None:
            _change(known, by, administrator=administrator)


def admit(organisation: Organisation, person: User, *, administrator: bool = False) -> Membership:
    """Let ``person`` belong whose request or invitation has been answered with yes.

    Whoever administers already goes on doing so.
    """
    known = Membership.objects.filter(organisation=organisation, user=person).first()
    keeps = bool(known and known.administrator)
    return add_member(organisation, person, administrator=administrator or keeps)


def remove_member(organisation: Organisation, person: User, *, by: AnyUser | None = None) -> None:
    """End ``person``'s belonging; nothing happens where there was none.

    Raises PermissionDenied if ``by`` may not, and LastAdministrator if it would leave nobody.
    """
    require_manager(by, organisation)
    _end(organisation, person, by)


def leave(organisation: Organisation, person: User) -> None:
    """``person`` no longer belongs. Raises LastAdministrator if nobody else speaks for it."""
    _end(organisation, person, person)


def hold(organisation: Organisation) -> None:
    """Make others who change memberships of ``organisation`` wait until this transaction ends."""
    Organisation.objects.select_for_update().order_by().values_list("pk").get(pk=organisation.pk)


def require_manager(by: AnyUser | None, organisation: Organisation) -> None:
    """Raise PermissionDenied unless ``by`` says who belongs; None is the system itself."""
    if by is not None and not can_manage_members(by, organisation):
        raise PermissionDenied


def is_last_administrator(membership: Membership) -> bool:
    """Whether nobody else speaks for the organisation."""
    others = Membership.objects.filter(
        organisation=membership.organisation_id, administrator=True, user__is_active=True
    ).exclude(pk=membership.pk)
    return membership.administrator and not others.exists()


def _change(membership: Membership, by: AnyUser | None, *, administrator: bool) -> None:
    if membership.administrator == administrator:
        return
    if not administrator:
        _require_another(membership, by)
    membership.administrator = administrator
    membership.save(update_fields=["administrator"])
    _added(membership, by)


def _added(membership: Membership, by: AnyUser | None) -> None:
    """Write the history, and tell who speaks for the organisation from now on."""
    data = {"person": membership.user_id, "administrator": membership.administrator}
    log(membership.organisation, "organisations.add_member", user=by, data=data)
    if by is not None and membership.administrator:
        notices.made_administrator(membership, by)


def _answer_open_requests(membership: Membership, by: AnyUser | None) -> None:
    """Whoever is let in by another way need not be answered any more."""
    asked = JoinRequest.objects.open().filter(
        organisation=membership.organisation_id, user=membership.user_id
    )
    for request in asked:
        request.confirm(by)
        request.save()


def leaves_unadministered(memberships: Iterable[Membership], by: AnyUser) -> bool:
    """Whether ending these takes an organisation's last administrators, which ``by`` may not."""
    ending: dict[int, set[int]] = defaultdict(set)
    organisations = {}
    for membership in memberships:
        if membership.administrator:
            ending[membership.organisation_id].add(membership.pk)
            organisations[membership.organisation_id] = membership.organisation
    for pk, ended in ending.items():
        left = Membership.objects.filter(
            organisation=pk, administrator=True, user__is_active=True
        ).exclude(pk__in=ended)
        if not left.exists() and not can_leave_unadministered(by, organisations[pk]):
            return True
    return False


def _end(organisation: Organisation, person: User, by: AnyUser | None) -> None:
    with transaction.atomic():
        hold(organisation)
        membership = Membership.objects.filter(organisation=organisation, user=person).first()
        if membership is None:
            return
        _require_another(membership, by)
        membership.delete()
        data = {"person": person.pk}
        log(organisation, "organisations.remove_member", user=by, data=data)


def _require_another(membership: Membership, by: AnyUser | None) -> None:
    if by is None or can_leave_unadministered(by, membership.organisation):
        return
    if is_last_administrator(membership):
        raise LastAdministrator
