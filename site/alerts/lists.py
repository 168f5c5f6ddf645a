"""The lists whose searches can be saved, as the rooms declare them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from search.listing import Listing

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class SavedList:
    """A list: its stable name, what people call it, its class, and the name of its address."""

    name: str
    label: str | Promise
    listing: type[Listing]
    view: str


_lists: Final[dict[str, SavedList]] = {}


def register_list(saved_list: SavedList) -> None:
    """Let searches of a list be saved; called from ``AppConfig.ready``.

    Raises ValueError when the name is taken.
    """
    if saved_list.name in _lists:
        raise ValueError(f"the list {saved_list.name} is registered already")
    _lists[saved_list.name] = saved_list


def lists() -> Mapping[str, SavedList]:
    """All lists by name."""
    return MappingProxyType(_lists)
