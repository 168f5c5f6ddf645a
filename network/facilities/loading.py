"""The vocabularies that a new installation starts from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from network.facilities.models import Material, Method, Standard
from network.loading import Report, load_records, read
from search.projection import recording

DATA: Final = Path(__file__).with_name("data")


def load_vocabularies(report: Report) -> None:
    """Load methods, materials and standards; what editors have changed or deleted stays so."""
    records = read(DATA, "vocabularies")
    with recording():
        load_records(Method, _terms(records["methods"]), report)
        load_records(Material, _terms(records["materials"]), report)
        load_records(Standard, _terms(records["standards"]), report)


def _terms(records: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {slug: _term(record) for slug, record in records.items()}


def _term(record: Mapping[str, Any]) -> dict[str, Any]:
    values = {
        "name_nb": str(record["name_nb"]),
        "name_en": str(record.get("name_en") or ""),
        "synonyms_nb": "\n".join(map(str, record.get("synonyms_nb") or ())),
        "synonyms_en": "\n".join(map(str, record.get("synonyms_en") or ())),
    }
    return values | ({"code": str(record["code"])} if "code" in record else {})
