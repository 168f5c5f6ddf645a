"""What is searched for under load: as people write, in both languages, with and without hits."""

from typing import Final
from urllib.parse import urlencode

PHRASES: Final = (
    "strekkprøving", "korrosjon", "salttåke", "trykktesting", "ISO 6892-1", "hydrogen",
    "varmebehandling", "klimakammer", "plast som tåler kulde", "utmatting", "sveiseprøving",
    "overskuddsvarme", "batteri", "kjemisk analyse av slam", "røntgen", "3D-printing", "EMC",
    "vibrasjon", "hardhet", "støping av aluminium", "pilotanlegg", "biogass", "karbonfangst",
    "elektrolyse", "filtrering", "tørking av biomasse", "mikroskopi", "SEM", "brannprøving",
    "slitasje", "tensile test", "corrosion test", "pressure vessel", "climate chamber",
    "non-destructive testing", "welding", "fatigue", "chemical analysis", "pilot plant",
    "heat treatment", "vi må finne ut om plasten tåler kulde", "hvem kan måle støv i luft",
    "prøving av betong", "knusing og sikting", "robotcelle", "vannrensing", "gassmåling",
    "testfasilitet for pumper", "korosjon", "smelteovn",
)  # fmt: skip

SEARCH_PATHS: Final = [f"/sok/?{urlencode({'q': phrase})}" for phrase in PHRASES]
API_PATHS: Final = [f"/api/v1/search?{urlencode({'q': phrase})}" for phrase in PHRASES]
