"""What a card of a registry shows; rooms build these from their own objects.

A list shows twenty at a time, so the markup is written here and not in a template: that is a tenth
of the time. ``templates/components/card.html`` and ``card_list.html`` call it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import conditional_escape as esc
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ui.icons import icon_markup
from ui.numbers import format_distance

HEADINGS: Final = frozenset({"h2", "h3", "h4"})


@dataclass(frozen=True, slots=True)
class Fact:
    """A short fact on a card: an icon of the sprite, what it is (read aloud) and its text."""

    icon: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A registry object in a list.

    ``kind`` is the type in words ("Testfasilitet"), ``color`` one of the theme's (``accent``,
    ``copper``, ``info``, ``neutral``). ``title`` and
    ``summary`` may be safe HTML with ``<mark>``. ``language``
    is set only when title and summary are not in the page's language. ``key`` names the object in
    the map and in the comparison; ``comparable`` adds the checkbox.
    """

    url: str
    title: str
    kind: str = ""
    icon: str = ""
    color: str = "accent"
    summary: str = ""
    tags: Sequence[str] = ()
    facts: Sequence[Fact] = ()
    is_sample: bool = False
    distance_km: float | None = None
    language: str = ""
    key: str = ""
    comparable: bool = False


def _kind(card: Card) -> str:
    if not card.kind and not card.is_sample:
        return ""
    sample = (
        '<span class="ds-tag pn-sample" data-color="warning" data-size="sm">'
        f"{esc(_('Sample data'))}</span>"
        if card.is_sample
        else ""
    )
    icon = icon_markup(card.icon) if card.icon else ""
    return f'<p class="pn-card__kind">{icon}{esc(card.kind)}{sample}</p>'


def _tags(card: Card) -> str:
    if not card.tags:
        return ""
    items = "".join([f'<li class="ds-tag">{esc(tag)}</li>' for tag in card.tags])
    return f'<ul class="pn-tags">{items}</ul>'


def _fact(icon: str, label: str, text: str) -> str:
    return (
        f'<li>{icon_markup(icon)}<span class="ds-sr-only">{esc(label)}: </span>'
        f"<span>{esc(text)}</span></li>"
    )


def _without_marks(text: str) -> str:
    """A title for an attribute: the found words' ``<mark>`` is for the eye only."""
    return str(esc(text)).replace("<mark>", "").replace("</mark>", "").replace('"', "&quot;")


def _comparison(card: Card) -> str:
    title = _without_marks(card.title)
    return (
        '<li class="pn-card__compare"><label><input class="ds-input" type="checkbox" '
        f'name="compare" value="{esc(card.key)}" form="compare" data-compare="{title}">'
        f'<span>{esc(_("Compare"))}<span class="ds-sr-only"> {title}</span></span></label></li>'
    )


def _facts(card: Card) -> str:
    items = [_fact(fact.icon, fact.label, fact.text) for fact in card.facts]
    if card.distance_km is not None:
        items.append(_fact("map", _("Distance"), format_distance(card.distance_km)))
    if card.comparable:
        items.append(_comparison(card))
    return f'<ul class="pn-facts">{"".join(items)}</ul>' if items else ""


def card_markup(card: Card, heading: str = "h3") -> SafeString:
    """One card. ``heading`` is the level that fits the page; an unknown one raises ``ValueError``."""
    if heading not in HEADINGS:
        raise ValueError(f"a card's heading is one of {sorted(HEADINGS)}, not {heading!r}")
    language = f' lang="{esc(card.language)}"' if card.language else ""
    key = f' data-key="{esc(card.key)}"' if card.key else ""
    summary = (
        f'<p class="pn-card__summary"{language}>{esc(card.summary)}</p>' if card.summary else ""
    )
    return mark_safe(  # noqa: S308 - every value is escaped above
        f'<article class="pn-card" data-color="{esc(card.color)}"{key}>{_kind(card)}'
        f'<{heading} class="pn-card__title"{language}><a href="{esc(card.url)}">{esc(card.title)}'
        f"</a></{heading}>{summary}{_tags(card)}{_facts(card)}</article>"
    )


def cards_markup(cards: Iterable[Card], heading: str = "h3") -> SafeString:
    """The items of a list of cards."""
    items = [f"<li>{card_markup(card, heading)}</li>" for card in cards]
    return mark_safe("\n".join(items))  # noqa: S308 - made of card_markup's safe text
