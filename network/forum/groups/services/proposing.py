"""Proposing working groups, and what staff say to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from network.forum.groups import notices
from network.forum.groups.errors import AlreadyDecidedError, TooManyError
from network.forum.groups.permissions import can_decide
from network.forum.groups.services.founding import found_group
from network.forum.models import GroupProposal, WorkingGroup
from search.projection import recording

MOST_OPEN: Final = 5
LINKS: Final = frozenset({"parks", "themes"})


def propose(values: Mapping[str, Any], *, by: User) -> GroupProposal:
    """Propose a group. The same name again, while it waits, gives what is there.

    Raises TooManyError for somebody of whom many wait.
    """
    with transaction.atomic():
        # Two clicks wait for each other at the proposer.
        User.objects.select_for_update().order_by().values_list("pk").get(pk=by.pk)
        waiting = GroupProposal.objects.filter(proposer=by, state=GroupProposal.State.PROPOSED)
        known = waiting.filter(name=values["name"]).first()
        if known is not None:
            return known
        if waiting.count() >= MOST_OPEN:
            raise TooManyError
        plain = {name: value for name, value in values.items() if name not in LINKS}
        proposal = GroupProposal(proposer=by, **plain)
        proposal.full_clean(exclude={"state"})
        proposal.save()
        for name in LINKS & values.keys():
            getattr(proposal, name).set(values[name])
        log(proposal, "forum.group_propose", user=by)
        notices.proposed(proposal)
    return proposal


def accept_proposal(proposal: GroupProposal, *, by: User) -> WorkingGroup:
    """Make it a group that its proposer leads.

    Raises PermissionDenied, and AlreadyDecidedError, also when the proposer has gone.
    """
    _require_decider(by, proposal)
    with recording():
        held = _held(proposal)
        if held.state == GroupProposal.State.ACCEPTED and held.group:
            return held.group
        _require_waiting(held)
        values = {
            "name_nb": held.name,
            "summary_nb": held.summary,
            "openness": held.openness,
            "parks": list(held.parks.all()),
            "themes": list(held.themes.all()),
        }
        group = found_group(values, by=by, leader=held.proposer)
        held.accept(by, group)
        _decided(held, by)
    return group


def refuse_proposal(proposal: GroupProposal, *, by: User, answer: str) -> GroupProposal:
    """Say no, and why. Raises PermissionDenied and AlreadyDecidedError."""
    _require_decider(by, proposal)
    with transaction.atomic():
        held = _held(proposal)
        if held.state == GroupProposal.State.REFUSED:
            return held
        _require_waiting(held)
        held.refuse(by, answer.strip())
        held.clean_fields(exclude={"state"})
        _decided(held, by)
    return held


def withdraw_proposal(proposal: GroupProposal, *, by: User) -> GroupProposal:
    """Take one's own proposal back. Raises PermissionDenied and AlreadyDecidedError."""
    if by.pk != proposal.proposer_id:
        raise PermissionDenied
    with transaction.atomic():
        held = _held(proposal)
        if held.state == GroupProposal.State.WITHDRAWN:
            return held
        _require_waiting(held)
        held.withdraw()
        held.save()
        log(held, "forum.group_proposal_withdrawn", user=by)
    return held


def _require_decider(by: User, proposal: GroupProposal) -> None:
    if not can_decide(by, proposal):
        raise PermissionDenied


def _held(proposal: GroupProposal) -> GroupProposal:
    """The proposal as it is now; others who decide it wait until this transaction ends."""
    held = GroupProposal.objects.select_for_update(of=("self",)).select_related("proposer")
    return held.get(pk=proposal.pk)


def _require_waiting(proposal: GroupProposal) -> None:
    if proposal.state != GroupProposal.State.PROPOSED or not proposal.proposer.is_active:
        raise AlreadyDecidedError


def _decided(proposal: GroupProposal, by: User) -> None:
    proposal.save()
    log(proposal, f"forum.group_proposal_{proposal.state}", user=by)
    notices.proposal_decided(proposal, by)
