"""What templates need to write icons, numbers and texts in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from ui import numbers, text
from ui.beside import beside as panels_beside
from ui.cards import Card, card_markup, cards_markup
from ui.facets import FacetGroup, facet_markup, facets_markup
from ui.fragments import kept as kept_fragment
from ui.icons import icon_markup
from ui.paging import PageLinks, page_links

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """``{% icon "search" %}``; give a label only where the icon stands alone."""
    return icon_markup(name, str(label), size)


@register.simple_tag(takes_context=True)
def beside(context: Context, key: str) -> SafeString:
    """``{% beside "facility:12" %}``: what other rooms say of it; outside what is kept."""
    return panels_beside(context["request"], key)


@register.filter
def number(value: numbers.Number | None, decimals: int | None = None) -> str:
    """``{{ area|number }}``, ``{{ share|number:1 }}``."""
    return numbers.format_number(value, decimals)


@register.filter
def nok(value: numbers.Number | None) -> str:
    """``{{ price|nok }}``: whole kroner."""
    return numbers.format_nok(value)


@register.filter
def km(value: numbers.Number | None) -> str:
    """``{{ distance|km }}``: kilometres."""
    return numbers.format_distance(value)


@register.filter
def orgnr(value: str | None) -> str:
    """``{{ organisation.number|orgnr }}``: ``974 760 673``."""
    return numbers.format_organisation_number(value)


@register.filter
def localised(obj: object, field: str) -> str:
    """``{{ facility|localised:"summary" }}``: the reader's language, else another."""
    return text.localised(obj, field)


@register.filter
def foreign_language(obj: object, field: str) -> str:
    """``lang`` for the element when the text is not in the page's language, else empty."""
    return text.foreign_language(obj, field)


@register.simple_tag(takes_context=True)
def page_range(context: Context, page: Any, parameter: str = "page") -> PageLinks:
    """Links of a pagination for the Django ``Page`` given, keeping the other parameters."""
    return page_links(page, context["request"].GET, parameter)


@register.simple_tag
def card(shown: Card, heading: str = "h3") -> SafeString:
    """One card, for ``components/card.html``."""
    return card_markup(shown, heading)


@register.simple_tag
def cards(shown: Iterable[Card], heading: str = "h3") -> SafeString:
    """The items of a list of cards, for ``components/card_list.html``."""
    return cards_markup(shown, heading)


@register.simple_tag
def facet(group: FacetGroup, is_open: bool = False) -> SafeString:  # noqa: FBT001, FBT002 - a template's argument
    """One facet, for ``components/facet_group.html``."""
    return facet_markup(group, is_open=bool(is_open))


@register.simple_tag
def facets(groups: Iterable[FacetGroup]) -> SafeString:
    """All facets, for ``components/facets.html``."""
    return facets_markup(groups)


class KeptNode(template.Node):
    """A part of a page that is rendered once for each state of what it shows."""

    def __init__(self, kind: str, state: FilterExpression | None, nodelist: NodeList) -> None:
        self._kind = kind
        self._state = state
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """The part as it was rendered before in this state, else anew."""
        state = "" if self._state is None else self._state.resolve(context)
        return kept_fragment(self._kind, state, lambda: self.nodelist.render(context))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """``{% kept header chrome.header_state %}…{% endkept %}``; see ``ui.fragments``.

    The name is unique among all templates. Without a state the part never changes; a state that is
    None keeps nothing. The language is part of every state.
    """
    _, kind, *states = token.split_contents()
    if len(states) > 1:
        raise template.TemplateSyntaxError("kept takes a name and at most one state")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(kind, parser.compile_filter(states[0]) if states else None, nodelist)
