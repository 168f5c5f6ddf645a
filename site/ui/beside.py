"""What other rooms show on the page of an object that is not theirs.

A facility's page knows nothing of the forum, a park's page nothing of articles. Each room that has
something to say there registers a panel in ``AppConfig.ready``; the pages ask for all of them by the
object's key in the search ("facility:12"): ``{% beside "facility:12" %}``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Panel:
    """A section of a page, with its own heading.

    ``render`` takes the request and the object's key and gives safe HTML that starts with a
    ``<section>``, empty where there is nothing to say. It is asked on each request and should cost
    one query at most for visitors.
    """

    name: str
    render: Callable[[HttpRequest, str], SafeString]
    position: int = 100


_panels: Final[dict[str, Panel]] = {}


def register(panel: Panel) -> None:
    """Add a panel. Raises ValueError when its name is taken."""
    if panel.name in _panels:
        raise ValueError(f"the panel {panel.name} is registered already")
    _panels[panel.name] = panel


def beside(request: HttpRequest, key: str) -> SafeString:
    """Everything that rooms show beside the object ``key``, in the order of their positions."""
    ordered = sorted(_panels.values(), key=lambda panel: panel.position)
    return mark_safe("".join(panel.render(request, key) for panel in ordered))  # noqa: S308 - panels give safe HTML
