"""The real data about the parks, from the files in ``data/``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from network.loading import Report, load_records, read, text_lines, texts
from network.parks.models import (
    FocusArea,
    KeyFigure,
    MaterialFlow,
    OwnershipSetup,
    Park,
    ParkCategory,
    ParkFocus,
    ParkTheme,
    Source,
    Theme,
)
from search.projection import recording

DATA: Final = Path(__file__).with_name("data")

Records = dict[str, dict[str, Any]]

# Reported flows are what the theme "circularity and material flows" is about.
FLOWS_THEME: Final = "sirkularitet"
FLOWS_BASIS: Final = (
    "Parken har oppgitt materialstrømmene sine.",
    "The park has reported its material flows.",
)


def load_parks(report: Report) -> None:
    """Load parks and what describes them, in one transaction; editors' changes stay."""
    with recording():
        load_records(Source, source_records(), report)
        load_records(ParkCategory, category_records(), report)
        load_records(OwnershipSetup, ownership_records(), report)
        load_records(Theme, theme_records(), report)
        load_records(FocusArea, focus_area_records(), report)
        load_records(Park, park_records(), report)
        load_records(
            ParkFocus,
            focus_records(),
            report,
            key_of=lambda focus: f"{focus.park.slug}--{focus.area.slug}",
            identity=lambda key: dict(zip(("park", "area"), key.split("--"), strict=True)),
        )
        load_records(
            ParkTheme,
            park_theme_records(),
            report,
            key_of=lambda link: f"{link.park.slug}--{link.theme.slug}",
            identity=lambda key: dict(zip(("park", "theme"), key.split("--"), strict=True)),
        )
        load_records(MaterialFlow, flow_records(), report)
        load_records(KeyFigure, key_figure_records(), report)


def sources_by_file() -> dict[str, str]:
    """The slug of each source document by the file name that records give as their source."""
    documents = read(DATA, "references")["documents"]
    return {record["source"]: slug for slug, record in documents.items()}


def sources_of(record: Mapping[str, Any]) -> list[str]:
    """Slugs of the documents that a record is taken from."""
    by_file = sources_by_file()
    return sorted(by_file[name] for name in (record["source"], *record.get("also_in", ())))


def source_records() -> Records:
    """Documents and references."""
    content = read(DATA, "references")
    records: Records = {}
    for kind, collection in (
        (Source.Kind.DOCUMENT, content["documents"]),
        (Source.Kind.REFERENCE, content["references"]),
    ):
        for slug, record in collection.items():
            printed = str(record.get("date") or "")[:4]
            records[slug] = {
                **texts(record, "title"),
                **texts(record, "description" if kind == Source.Kind.DOCUMENT else "note"),
                "kind": str(kind),
                "year": record.get("year") or (int(printed) if printed else None),
                "url": record.get("url") or "",
            }
            for code in ("nb", "en"):
                note = records[slug].pop(f"note_{code}", "")
                records[slug].setdefault(f"description_{code}", note)
    return records


def category_records() -> Records:
    """The three categories."""
    return {
        slug: {
            **texts(record, "name"),
            **texts(record, "description"),
            **texts(record["size"], "label", "size"),
            **texts(record, "turnover"),
            **text_lines(record["synergies"], "synergies"),
            "size_min_daa": record["size"]["min"],
            "size_max_daa": record["size"]["max"],
        }
        for slug, record in read(DATA, "park_categories")["park_categories"].items()
    }


def ownership_records() -> Records:
    """Set-ups among the eight, models, concepts."""
    content = read(DATA, "ownership_models")
    collections = {
        OwnershipSetup.Kind.SETUP: content["setups_among_the_eight"],
        OwnershipSetup.Kind.MODEL: content["ownership_models"],
        OwnershipSetup.Kind.INTERNATIONAL: content["international_models"],
        OwnershipSetup.Kind.CONCEPT: content["concepts"],
    }
    return {
        slug: {
            **texts(record, "name"),
            **_ownership_text(record),
            **text_lines(record.get("advantages") or record.get("points"), "advantages"),
            **text_lines(record.get("drawbacks") or record.get("challenges"), "drawbacks"),
            "kind": str(kind),
            "parks_count": record.get("parks_count"),
        }
        for kind, collection in collections.items()
        for slug, record in collection.items()
    }


def _ownership_text(record: Mapping[str, Any]) -> dict[str, str]:
    features = text_lines(record.get("features"), "text")
    given = texts(record, "text")
    return {name: given[name] or features[name].replace("\n", " ") for name in given}


def theme_records() -> Records:
    """The six themes."""
    return {
        slug: {
            **texts(record, "name"),
            **texts(record, "why"),
            **text_lines(record["findings"], "findings"),
        }
        for slug, record in read(DATA, "themes")["themes"].items()
    }


def focus_area_records() -> Records:
    """The nine focus areas, placed as the columns of the printed matrix."""
    content = read(DATA, "focus_areas")
    columns = content["matrix"]["columns"]
    return {
        slug: {**texts(record, "name"), "position": columns.index(slug) + 1}
        for slug, record in content["focus_areas"].items()
    }


def park_records() -> Records:
    """The eight parks."""
    summaries = read(DATA, "summaries")["summaries"]
    records: Records = {}
    for slug, record in read(DATA, "parks")["parks"].items():
        place = record["location"]
        records[slug] = {
            **texts(record, "name"),
            **texts(summaries[slug], "summary"),
            **texts(record, "category_note"),
            **_remarks(place.get("note"), record.get("name_note"), record.get("gap_note")),
            "short_name": summaries[slug]["short_name"],
            "municipality": place["municipality"],
            "county": place["county"],
            "lat": place["lat"],
            "lon": place["lon"],
            "precision_km": place["precision_km"],
            "place_is_inferred": place["basis"] == "general-knowledge",
            "web": (record["web"] or {}).get("url", ""),
            "categories": sorted(record["categories"] or []),
            "ownership": record["ownership_model"],
            "other_names": "\n".join(record["names_in_text"]),
            "sources": sources_of(record),
        }
    return records


def _remarks(*remarks: Mapping[str, str] | None) -> dict[str, str]:
    return {
        name: value.replace("\n", " ")
        for name, value in text_lines([remark for remark in remarks if remark], "note").items()
    }


def focus_records() -> Records:
    """The marked cells of the matrix."""
    matrix = read(DATA, "focus_areas")["matrix"]
    return {key: {"status": record["status"]} for key, record in matrix["records"].items()}


def park_theme_records() -> Records:
    """The themes that the data ties to a single park, each with what ties it.

    Reported material flows, figures that name the park and texts about that park alone do; what
    holds for all eight says nothing about one.
    """
    reasons: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for flow in read(DATA, "material_flows")["material_flows"].values():
        found = reasons[flow["park"], FLOWS_THEME]
        if FLOWS_BASIS not in found:
            found.append(FLOWS_BASIS)
    for figure in read(DATA, "key_figures")["key_figures"].values():
        label = figure["label"]
        for park in figure.get("parks", ()):
            reasons[park, figure["theme"]].append(
                (f"Nevnt i tallet «{label['nb']}».", f"Named in the figure “{label['en']}”.")
            )
    for practice in read(DATA, "practices")["practices"].values():
        title = practice["title"]
        for theme in practice["themes"] if len(practice["parks"]) == 1 else ():
            reasons[practice["parks"][0], theme].append(
                (f"Omtalt i «{title['nb']}».", f"Described in “{title['en']}”.")
            )
    return {
        f"{park}--{theme}": {
            "basis_nb": " ".join(nb for nb, _ in found),
            "basis_en": " ".join(en for _, en in found),
        }
        for (park, theme), found in reasons.items()
    }


def flow_records() -> Records:
    """Material flows; an abbreviation's expansion becomes its note."""
    return {
        slug: {
            **texts(record, "name"),
            **texts(record, "note" if record.get("note") else "expansion", "note"),
            "park": record["park"],
            "direction": record["direction"],
            "quantity": record["quantity"],
            "unit": record["unit"] or "",
        }
        for slug, record in read(DATA, "material_flows")["material_flows"].items()
    }


def figure_values(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that every kind of figure has."""
    value = record["value"]
    spans = isinstance(value, Mapping)
    return {
        **texts(record, "label"),
        **texts(record, "scope"),
        **texts(record, "note"),
        "value": value["min"] if spans else value,
        "value_max": value["max"] if spans else None,
        "unit": record["unit"] or "",
        "qualifier": record.get("qualifier", ""),
        "is_target": record.get("kind") == "target",
        "year": record["year"],
        "source": sources_by_file()[record["source"]],
        "cited": record.get("cited"),
    }


def figures() -> Records:
    """All records of key figures that are numbers; dates and commitments are none."""
    return {
        slug: record
        for slug, record in read(DATA, "key_figures")["key_figures"].items()
        if record["value"] is not None and record.get("kind") != "date"
    }


def key_figure_records() -> Records:
    """Figures that are not about one organisation."""
    return {
        slug: {
            **figure_values(record),
            "theme": record.get("theme"),
            "parks": sorted(record.get("parks", ())),
        }
        for slug, record in figures().items()
        if "organisation" not in record
    }
