"""Places by what people call them: a park, a municipality."""

from __future__ import annotations

from typing import Final

from django.db.models import Q
from django.utils.text import slugify

from network.parks.models import Park
from search.query import Point

_PLAIN: Final = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A"})


def in_plain_letters(text: str) -> str:
    """``æ``, ``ø`` and ``å`` as the letters that addresses have for them."""
    return text.translate(_PLAIN)


def municipality_slugs(name: str) -> list[str]:
    """``Vestre Toten`` as ``vestre-toten``, ``Sør-Varanger`` as ``sor-varanger``; none for none."""
    slug = slugify(in_plain_letters(name))
    return [slug] if slug else []


def find_place(text: str) -> Point | None:
    """Where the park lies that ``text`` names by slug, name or municipality; None if none does."""
    named = (
        Q(slug__iexact=text)
        | Q(name_nb__iexact=text)
        | Q(name_en__iexact=text)
        | Q(short_name__iexact=text)
        | Q(municipality__iexact=text)
    )
    found = Park.objects.filter(named, lat__isnull=False, lon__isnull=False)
    park = found.only("lat", "lon").first()
    if park is None or park.lat is None or park.lon is None:
        return None
    return Point(park.lat, park.lon)
