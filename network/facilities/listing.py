"""A facility as a card, made from its search entry alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.facilities.freshness.steps import shown_state
from network.facilities.models import Freshness
from search.facets import value_name
from search.finding import Found
from ui.cards import Card, Fact


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
    yield from _freshness(found)


def _freshness(found: Found) -> Iterator[Fact]:
    entry = found.entry
    if entry.meta.get("hidden"):
        yield Fact("lock", _("Note"), str(Freshness.HIDDEN.label))
        return
    if not entry.meta.get("published", True):
        yield Fact("lock", _("Note"), _("not published"))
    made = entry.published_at or timezone.now()
    confirmed = entry.confirmed_on
    is_stale = shown_state("", confirmed, made) == Freshness.STALE
    if confirmed is None:
        yield Fact("warning" if is_stale else "clock", _("Note"), _("never confirmed"))
    elif is_stale:
        yield Fact("warning", _("Note"), not_confirmed_since(confirmed))
    else:
        text = date_format(confirmed, "SHORT_DATE_FORMAT")
        yield Fact("confirmed", _("Last confirmed"), text)


def not_confirmed_since(day: date) -> str:
    """What stands where an entry was not confirmed for long."""
    return _("not confirmed since %(day)s") % {"day": date_format(day, "SHORT_DATE_FORMAT")}


def lead_time(days: int) -> str:
    """Days as a text: "15 days"."""
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
