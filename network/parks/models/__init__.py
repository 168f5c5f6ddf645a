"""Parks, the vocabularies that describe them, and where what is said of them comes from."""

from network.parks.models.bookkeeping import Edition, EditionChange, LoadedRecord
from network.parks.models.evidence import Figure, KeyFigure, Source
from network.parks.models.park import (
    LATITUDE,
    LONGITUDE,
    MaterialFlow,
    Park,
    ParkFocus,
    ParkStaff,
    ParkTheme,
)
from network.parks.models.vocabulary import (
    FocusArea,
    OwnershipSetup,
    ParkCategory,
    Term,
    Theme,
    lines,
)

__all__ = [
    "LATITUDE",
    "LONGITUDE",
    "Edition",
    "EditionChange",
    "Figure",
    "FocusArea",
    "KeyFigure",
    "LoadedRecord",
    "MaterialFlow",
    "OwnershipSetup",
    "Park",
    "ParkCategory",
    "ParkFocus",
    "ParkStaff",
    "ParkTheme",
    "Source",
    "Term",
    "Theme",
    "lines",
]
