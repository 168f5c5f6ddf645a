"""Organisations, who belongs to them and how, and the figures given for them."""

from network.organisations.models.evidence import OrganisationFigure, PointSource
from network.organisations.models.joining import Invitation, JoinRequest
from network.organisations.models.number import (
    OrganisationNumberField,
    validate_organisation_number,
)
from network.organisations.models.organisation import Membership, Organisation
from network.organisations.models.proposal import OrganisationProposal
from network.organisations.models.register import RegisterEntry

__all__ = [
    "Invitation",
    "JoinRequest",
    "Membership",
    "Organisation",
    "OrganisationFigure",
    "OrganisationNumberField",
    "OrganisationProposal",
    "PointSource",
    "RegisterEntry",
    "validate_organisation_number",
]
