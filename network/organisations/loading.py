"""The organisations that the sources name, from the files in ``data/``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from network.loading import Report, load_records, read, texts
from network.organisations.models import Organisation, OrganisationFigure, PointSource
from network.parks.loading import DATA as PARKS_DATA
from network.parks.loading import Records, figure_values, figures, sources_by_file, sources_of
from search.projection import recording

DATA: Final = Path(__file__).with_name("data")

Kind = Organisation.Kind

KINDS: Final = {
    "park": Kind.OTHER_PARK,
    "company": Kind.COMPANY,
    "cluster": Kind.CLUSTER,
    "authority": Kind.AUTHORITY,
    "agency": Kind.AUTHORITY,
    "research-programme": Kind.PROGRAMME,
    "ngo": Kind.ASSOCIATION,
    "association": Kind.ASSOCIATION,
}
# The source calls it the company behind the park.
KIND_OF: Final = {"mo-industripark-as": Kind.PARK_OPERATOR}

REMARKS: Final = {
    "agency": (
        "Ført som offentlig virkemiddelaktør eller etat i grunnlaget.",
        "Recorded as a public agency in the underlying data.",
    ),
    "ngo": (
        "Ført som ideell organisasjon i grunnlaget.",
        "Recorded as a non-governmental organisation in the underlying data.",
    ),
}
TYPE_IS_GENERAL_KNOWLEDGE: Final = (
    "Typen er satt ut fra allmenn kunnskap, ikke fra kilden.",
    "The kind is set from general knowledge, not from the source.",
)
PLACE_IS_GENERAL_KNOWLEDGE: Final = (
    "Kommune og plassering er allmenn kunnskap, ikke fra kilden.",
    "Municipality and position are general knowledge, not from the source.",
)


def load_organisations(report: Report) -> None:
    """Load organisations and figures about them, in one transaction; needs the parks."""
    with recording():
        load_records(Organisation, organisation_records(), report)
        load_records(PointSource, point_source_records(), report)
        load_records(OrganisationFigure, figure_records(), report)


def organisation_records() -> Records:
    """All organisations that the sources name."""
    themes = _themes_by_organisation()
    return {
        slug: {
            "name": record["name"]["nb"],
            "name_en": _other_name(record["name"]),
            "kind": str(KIND_OF.get(slug, KINDS[record["type"]])),
            "country": record["country"] or "",
            "municipality": _municipality(record),
            "parks": [record["park"]] if record["park"] else [],
            "likely_park": (record.get("likely_park") or {}).get("park"),
            "themes": sorted(themes[slug]),
            "chain_place": _chain_place(record),
            **texts(record, "role", "summary"),
            "web": (record.get("web") or {}).get("url", ""),
            "lat": (record.get("location") or {}).get("lat"),
            "lon": (record.get("location") or {}).get("lon"),
            **_remarks(record),
            "sources": sources_of(record),
        }
        for slug, record in read(DATA, "organisations")["organisations"].items()
    }


def _other_name(name: Mapping[str, str]) -> str:
    return name["en"] if name["en"] != name["nb"] else ""


def _municipality(record: Mapping[str, Any]) -> str:
    """Where the record or the municipality's own name says it is."""
    name = str(record["name"]["nb"])
    if name.endswith(" kommune"):
        return name.removesuffix(" kommune")
    place = record.get("location") or {}
    return str(place.get("municipality") or record.get("place") or "")


def _chain_place(record: Mapping[str, Any]) -> str:
    """Only what the type itself tells; the sources place nobody in a value chain."""
    is_public = record["type"] in {"authority", "agency"}
    return str(Organisation.ChainPlace.PUBLIC) if is_public else ""


def _remarks(record: Mapping[str, Any]) -> dict[str, str]:
    remarks = [REMARKS[record["type"]]] if record["type"] in REMARKS else []
    if record["type_basis"] == "general-knowledge":
        remarks.append(TYPE_IS_GENERAL_KNOWLEDGE)
    if record.get("location"):
        remarks.append(PLACE_IS_GENERAL_KNOWLEDGE)
    if note := record.get("name_note"):
        remarks.append((note["nb"], note["en"]))
    return {
        "note_nb": " ".join(nb for nb, _ in remarks),
        "note_en": " ".join(en for _, en in remarks),
    }


def _themes_by_organisation() -> dict[str, set[str]]:
    """Themes of the practices and projects that name an organisation.

    An event somebody attended, and a text that covers every theme, say nothing about what an
    organisation works with.
    """
    themes: dict[str, set[str]] = defaultdict(set)
    every_theme = len(read(PARKS_DATA, "themes")["themes"])
    for practice in read(PARKS_DATA, "practices")["practices"].values():
        if practice["kind"] == "event" or len(practice["themes"]) == every_theme:
            continue
        for slug in practice["organisations"]:
            themes[slug].update(practice["themes"])
    return themes


def point_source_records() -> Records:
    """The named point sources of CO₂."""
    by_file = sources_by_file()
    return {
        slug: {
            **texts(record, "name"),
            "organisation": record["organisation"],
            "place": record["place"],
            "likely_park": record["likely_park"]["park"],
            "tonnes": record["value"],
            "year": record["year"],
            "source": by_file[record["source"]],
        }
        for slug, record in read(DATA, "emissions")["emissions"].items()
    }


def figure_records() -> Records:
    """Key figures about one organisation."""
    return {
        slug: {**figure_values(record), "organisation": record["organisation"]}
        for slug, record in figures().items()
        if "organisation" in record
    }
