"""Proposing an organisation that is not here yet, and what staff make of it."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from network.organisations import notices
from network.organisations.models import Organisation, OrganisationProposal
from network.organisations.permissions import can_decide_proposal
from network.organisations.services.memberships import admit, hold
from network.organisations.services.requests import AlreadyDecided
from network.parks.places import in_plain_letters
from search.projection import recording

MOST_OPEN: Final = 5


class TooManyProposals(Exception):  # noqa: N818 - says what there is
    """The person has as many open proposals as are bearable."""


def propose(proposer: User, **fields: Any) -> OrganisationProposal:
    """Propose an organisation; doing it twice gives the proposal that is open.

    Raises ValidationError for what the model refuses, and TooManyProposals.
    """
    proposal = OrganisationProposal(proposer=proposer, **fields)
    proposal.clean_fields(exclude={"state"})
    mine = OrganisationProposal.objects.open().filter(proposer=proposer)
    same = mine.filter(name=proposal.name, number=proposal.number)
    if known := same.first():
        return known
    if mine.count() >= MOST_OPEN:
        raise TooManyProposals
    try:
        with transaction.atomic():
            proposal.save()
            _log("organisations.propose", proposal, proposer)
            notices.proposed(proposal)
    except IntegrityError:
        # Another tab was first.
        return same.get()
    return proposal


def confirm_proposal(proposal: OrganisationProposal, *, by: User) -> Organisation:
    """Make it an organisation, shown to everybody, whose first administrator is the proposer.

    Raises PermissionDenied, AlreadyDecided, and ValidationError when another organisation has the
    number.
    """
    _require_decider(by, proposal)
    with recording():
        held = _held(proposal)
        if held.state == OrganisationProposal.State.CONFIRMED and held.organisation:
            return held.organisation
        _require_open(held)
        organisation = Organisation(
            slug=free_slug(held.name),
            name=held.name,
            number=held.number or None,
            kind=held.kind,
            municipality=held.municipality,
            web=held.web,
        )
        organisation.full_clean()
        if held.park:
            organisation.parks = [held.park]
        organisation.save()
        revision = organisation.save_revision(user=by, clean=False)
        log(organisation, "wagtail.create", user=by, revision=revision)
        held.confirm(by, organisation)
        _decided("organisations.confirm_proposal", held, by)
        admit(organisation, held.proposer, administrator=True)
    return organisation


def merge_proposal(
    proposal: OrganisationProposal,
    organisation: Organisation,
    *,
    by: User,
    administrator: bool = False,
) -> Organisation:
    """Let the proposer belong to ``organisation``, which is the one they meant.

    Raises PermissionDenied and AlreadyDecided.
    """
    _require_decider(by, proposal)
    with transaction.atomic():
        hold(organisation)
        held = _held(proposal)
        if held.state == OrganisationProposal.State.MERGED and held.organisation == organisation:
            return organisation
        _require_open(held)
        held.merge(by, organisation)
        _decided("organisations.merge_proposal", held, by)
        admit(organisation, held.proposer, administrator=administrator)
    return organisation


def refuse_proposal(
    proposal: OrganisationProposal, *, by: User, reason: str
) -> OrganisationProposal:
    """Say no, and why. Raises PermissionDenied and AlreadyDecided."""
    _require_decider(by, proposal)
    with transaction.atomic():
        held = _held(proposal)
        if held.state == OrganisationProposal.State.REFUSED:
            return held
        _require_open(held)
        held.refuse(by, reason.strip())
        held.clean_fields(exclude={"state"})
        _decided("organisations.refuse_proposal", held, by)
    return held


def withdraw_proposal(proposal: OrganisationProposal, *, by: User) -> OrganisationProposal:
    """Take one's own proposal back. Raises PermissionDenied and AlreadyDecided."""
    if by.pk != proposal.proposer_id:
        raise PermissionDenied
    with transaction.atomic():
        held = _held(proposal)
        if held.state == OrganisationProposal.State.WITHDRAWN:
            return held
        _require_open(held)
        held.withdraw()
        held.save()
        _log("organisations.withdraw_proposal", held, by)
    return held


def free_slug(name: str) -> str:
    """An address for an organisation of this name that no other has."""
    stem = slugify(in_plain_letters(name))[:110] or "organisasjon"
    taken = set(Organisation.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)


def _decided(action: str, proposal: OrganisationProposal, by: User) -> None:
    proposal.save()
    _log(action, proposal, by)
    notices.proposal_decided(proposal)


def _require_decider(by: User, proposal: OrganisationProposal) -> None:
    if not can_decide_proposal(by, proposal):
        raise PermissionDenied


def _held(proposal: OrganisationProposal) -> OrganisationProposal:
    """The proposal as it is now; others who decide it wait until this transaction ends."""
    return (
        OrganisationProposal.objects.select_for_update(of=("self",))
        .select_related("proposer", "park", "organisation")
        .get(pk=proposal.pk)
    )


def _require_open(proposal: OrganisationProposal) -> None:
    if proposal.state != OrganisationProposal.State.PROPOSED:
        raise AlreadyDecided
    if not proposal.proposer.is_active:
        raise ValidationError(_("The person who proposed it has no account any more."))


def _log(action: str, proposal: OrganisationProposal, user: User) -> None:
    log(proposal, action, user=user)
