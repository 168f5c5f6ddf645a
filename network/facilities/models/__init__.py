"""Test facilities, their vocabularies and what belongs to them."""

from network.facilities.models.facility import Access, Facility, Scale
from network.facilities.models.parts import Equipment, FacilityDocument, FacilityImage, PriceNote
from network.facilities.models.vocabulary import Material, Method, Standard

__all__ = [
    "Access",
    "Equipment",
    "Facility",
    "FacilityDocument",
    "FacilityImage",
    "Material",
    "Method",
    "PriceNote",
    "Scale",
    "Standard",
]
