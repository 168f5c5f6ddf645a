"""The link with which one saves a search."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from alerts.lists import lists
from alerts.wanted import canonical
from search.listing import Listing

register = template.Library()


@register.inclusion_tag("alerts/save_link.html")
def save_search_link(name: str, listing: Listing) -> dict[str, Any]:
    """``{% save_search_link "facilities" catalogue %}``: nothing where nothing narrows the list.

    It is the same for everybody and asks the database nothing but where a place is; whoever has not
    logged in is led to it and back.
    """
    saved_list = lists()[name]
    query = canonical(saved_list, listing.parameters) if listing.is_narrowed else ""
    return {"url": f"{reverse('alerts:save')}?list={name}&{query}" if query else ""}
