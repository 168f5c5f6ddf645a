"""What a person finds on their own page, as the rooms offer it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

from accounts.models import User

if TYPE_CHECKING:
    from django.utils.functional import Promise

Section = Literal["waiting", "drafts", "upcoming"]
ROWS_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One line. ``tone`` colours the note: "", "info", "success", "warning" or "danger"."""

    title: str
    url: str
    note: str = ""
    when: datetime | None = None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows of one room under a heading; ``rows`` takes the person and how many are wanted."""

    name: str
    label: str | Promise
    section: Section
    rows: Callable[[User, int], Sequence[PanelRow]]


@dataclass(frozen=True, slots=True)
class PanelShown:
    """A panel as a person sees it."""

    label: str
    rows: tuple[PanelRow, ...]


_panels: Final[dict[str, Panel]] = {}


def register_panel(panel: Panel) -> None:
    """Add a panel; called from ``AppConfig.ready``. Raises ValueError when its name is taken."""
    if panel.name in _panels:
        raise ValueError(f"the panel {panel.name} is registered already")
    _panels[panel.name] = panel


def panels_of(user: User, section: Section, count: int = ROWS_SHOWN) -> list[PanelShown]:
    """The panels of a section that have something to show."""
    found = [
        PanelShown(str(panel.label), tuple(panel.rows(user, count))[:count])
        for panel in _panels.values()
        if panel.section == section
    ]
    return [panel for panel in found if panel.rows]
