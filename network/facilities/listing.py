"""A facility as a card, made from its search entry alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.facets import value_name
from search.finding import Found
from ui.cards import Card, Fact

STALE_AFTER_DAYS: Final = 365


def is_stale(confirmed_on: date | None) -> bool:
    """Whether nobody has said for a year that the entry is right."""
    return confirmed_on is None or (timezone.localdate() - confirmed_on).days > STALE_AFTER_DAYS


def facility_card(found: Found) -> Card:
    """What a list shows of a facility that was found; reads nothing but its entry."""
    meta, language = found.entry.meta, found.language
    return Card(
        url=found.url,
        title=found.marked_title,
        kind=value_name("park", meta.get("park", ""), language),
        icon="park",
        summary=found.snippet,
        tags=[value_name("method", slug, language) for slug in meta.get("methods", ())],
        facts=list(_facts(found)),
        is_sample=found.sample,
        distance_km=found.distance_km,
        language="nb" if found.english and not found.entry.title_en else "",
        key=found.entry.slug,
        comparable=True,
    )


def _facts(found: Found) -> Iterator[Fact]:
    meta, language = found.entry.meta, found.language
    yield Fact("scale", _("Scale"), value_name("scale", meta.get("scale", ""), language))
    yield Fact("key", _("Access"), value_name("access", meta.get("access", ""), language))
    days = meta.get("lead_time_days")
    if days is not None:
        yield Fact("clock", _("Lead time"), lead_time(days))
    confirmed = found.entry.confirmed_on
    if confirmed and not is_stale(confirmed):
        text = date_format(confirmed, "SHORT_DATE_FORMAT")
        yield Fact("confirmed", _("Last confirmed"), text)
    else:
        yield Fact("warning", _("Note"), _("not confirmed for a year"))
    if not meta.get("published", True):
        yield Fact("lock", _("Note"), _("not published"))


def lead_time(days: int) -> str:
    """Days as a text: "15 days"."""
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
