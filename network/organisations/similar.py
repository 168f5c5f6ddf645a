"""Organisations that are probably the one somebody means."""

from __future__ import annotations

import re
from typing import Final

from django.db.models import Q
from rapidfuzz import fuzz, process
from stdnum.no import orgnr

from accounts.roles import AnyUser
from network.organisations.models import Organisation

MOST: Final = 20
MOST_ALIKE: Final = 5
# Of a hundred; a name whose words are all in the other counts as the same.
ALIKE: Final = 90.0
MAX_QUERY_LENGTH: Final = 200
# What a name is without: who runs it is the same, whatever its legal form.
_FORMS: Final = re.compile(
    r"\b(as|asa|sa|ans|da|enk|sf|ks|nuf|iks|kf|hf|ba|ltd|ab|gmbh|norge|norway)\b"
)


def find_organisations(text: str, user: AnyUser) -> list[Organisation]:
    """Those whose name holds ``text`` or whose number it is, by name; at most twenty."""
    wanted = " ".join(text.split())[:MAX_QUERY_LENGTH]
    if not wanted:
        return []
    condition = Q(name__icontains=wanted) | Q(name_en__icontains=wanted)
    if (digits := orgnr.compact(wanted)).isdecimal():
        condition |= Q(number__startswith=digits)
    visible = Organisation.objects.visible_to(user).filter(condition).order_by("name", "pk")
    found = list(visible[:MOST])
    return found or similar_organisations(wanted, "", user)


def similar_organisations(name: str, number: str, user: AnyUser) -> list[Organisation]:
    """Those with this number, then those with a name much like it; at most five."""
    visible = Organisation.objects.visible_to(user)
    same = list(visible.filter(number=number)[:1]) if number else []
    rows = visible.order_by("pk").values_list("pk", "name", "name_en")
    names: dict[tuple[int, int], str] = {}
    for pk, *called in rows:
        names.update({(pk, i): plain_name(each) for i, each in enumerate(called) if each})
    alike = process.extract(
        plain_name(name), names, scorer=fuzz.token_set_ratio, score_cutoff=ALIKE, limit=MOST
    )
    pks = dict.fromkeys(pk for _name, _score, (pk, _which) in alike)
    by_pk = Organisation.objects.in_bulk(list(pks)[:MOST_ALIKE])
    found = same + [by_pk[pk] for pk in pks if pk in by_pk and by_pk[pk] not in same]
    return found[:MOST_ALIKE]


def plain_name(name: str) -> str:
    """A name in small letters, without signs and legal form."""
    words = re.sub(r"[^\w\s]", " ", name.casefold())
    return " ".join(_FORMS.sub(" ", words).split()) or " ".join(words.split())
