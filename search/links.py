"""From addresses of our own pages to the keys of what they show."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from search.models import SearchEntry

MOST_ADDRESSES: Final = 50


def own_path(address: str) -> str:
    """The path of a page of ours that an address leads to; empty when it leads elsewhere.

    What comes after the path is left out, for it leads to a part of the page or a state of it.
    """
    own = settings.BASE_URL.rstrip("/")
    path = address[len(own) :] if address.startswith(f"{own}/") else address
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        return ""
    try:
        return urlsplit(path).path
    except ValueError:
        return ""


def keys_of(addresses: Collection[str]) -> Mapping[str, str]:
    """The key of what each address shows, by address, whatever its language; others are left out.

    Of a long list the first ``MOST_ADDRESSES`` are looked up. Nothing is said of who may see what
    the keys name.
    """
    paths = {address: path for address in addresses if (path := own_path(address))}
    wanted = list(dict.fromkeys(paths.values()))[:MOST_ADDRESSES]
    if not wanted:
        return {}
    found = SearchEntry.objects.filter(Q(url_nb__in=wanted) | Q(url_en__in=wanted))
    keys: dict[str, str] = {}
    for key, nb, en in found.order_by("key").values_list("key", "url_nb", "url_en"):
        for url in (nb, en):
            keys.setdefault(url, key)
    return {address: keys[path] for address, path in paths.items() if path in keys}
