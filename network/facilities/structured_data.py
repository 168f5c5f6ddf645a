"""A facility in schema.org's words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django.urls import reverse
from django.utils.translation import gettext as _

from network.facilities.models import Facility


class Named(Protocol):
    """Something with a label."""

    @property
    def label(self) -> str:
        """What it is called."""


class Described(Protocol):
    """What of the page the data needs beside the facility."""

    @property
    def methods(self) -> Sequence[Named]:
        """What one can have done."""

    @property
    def coordinates(self) -> tuple[float, float] | None:
        """Degrees, WGS 84."""


def facility_data(
    facility: Facility, page: Described, absolute: Callable[[str], str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facility as a service at a place, and the path to its page."""
    url = absolute(facility.get_absolute_url())
    place: dict[str, Any] = {"@type": "Place", "name": facility.park.name}
    if page.coordinates:
        lat, lon = page.coordinates
        place["geo"] = {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}
    service: dict[str, Any] = {
        "@type": "Service",
        "@id": url,
        "url": url,
        "name": facility.name,
        "description": facility.summary,
        "serviceType": [method.label for method in page.methods],
        "availableChannel": {"@type": "ServiceChannel", "serviceLocation": place},
    }
    if host := facility.shown_host:
        host_url = absolute(host.get_absolute_url())
        service["provider"] = {"@type": "Organization", "name": host.title, "url": host_url}
    steps = [(_("Test facilities"), absolute(reverse("facilities:list"))), (facility.name, url)]
    path = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": item}
            for place, (name, item) in enumerate(steps, start=1)
        ],
    }
    return service, path
