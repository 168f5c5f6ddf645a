"""Organisations, who belongs to them, and the figures given for them."""

from network.organisations.models.evidence import OrganisationFigure, PointSource
from network.organisations.models.number import (
    OrganisationNumberField,
    validate_organisation_number,
)
from network.organisations.models.organisation import Membership, Organisation

__all__ = [
    "Membership",
    "Organisation",
    "OrganisationFigure",
    "OrganisationNumberField",
    "PointSource",
    "validate_organisation_number",
]
