"""The categories that every installation has: some for everybody, and one for each park."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext, override

from network.forum.models import Access, Category
from network.loading import Report, load_records, read, texts
from network.parks.models import Park
from search.projection import recording

DATA: Final = Path(__file__).with_name("data")
OF_PARKS: Final = 200


def load_categories(report: Report) -> None:
    """Make the categories; what editors change or delete stays so. Needs the parks."""
    with recording():
        load_records(Category, {**_for_everybody(), **_of_parks()}, report)


def _for_everybody() -> dict[str, dict[str, Any]]:
    return {
        slug: {
            **texts(record, "name"),
            **texts(record, "description"),
            "access": Access.OPEN,
            "position": record["position"],
        }
        for slug, record in read(DATA, "categories").items()
    }


def _of_parks() -> dict[str, dict[str, Any]]:
    return {
        f"park-{park.slug}": {
            "name_nb": park.name_nb,
            "name_en": park.name_en,
            **_described(),
            "access": Access.PARK,
            "park": park.slug,
            "position": OF_PARKS,
        }
        for park in Park.objects.order_by("pk")
    }


def _described() -> dict[str, str]:
    found = {}
    for language in ("nb", "en"):
        with override(language):
            found[f"description_{language}"] = gettext(
                "For the park's staff and the companies in the park."
            )
    return found
