"""What goes in and out of a park, as its table shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from network.parks.models import MaterialFlow, Park
from network.parks.units import quantity
from ui.text import localised


@dataclass(frozen=True, slots=True)
class Flow:
    """A material with how much of it, if that is stated."""

    name: str
    quantity: str
    note: str


@dataclass(frozen=True, slots=True)
class FlowGroup:
    """The materials that go one way."""

    title: str
    flows: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class Flows:
    """All of a park's materials, by the way they go; ways without any are left out."""

    groups: tuple[FlowGroup, ...]

    @property
    def has_quantities(self) -> bool:
        """Whether any quantity is stated."""
        return any(flow.quantity for group in self.groups for flow in group.flows)

    @property
    def has_notes(self) -> bool:
        """Whether there is anything to remark."""
        return any(flow.note for group in self.groups for flow in group.flows)

    @property
    def columns(self) -> int:
        """How many columns the table needs."""
        return 1 + self.has_quantities + self.has_notes


def read_flows(park: Park) -> Flows:
    """The park's materials in the reader's language. One query."""
    titles = {
        MaterialFlow.Direction.IN: _("Goes in"),
        MaterialFlow.Direction.OUT: _("Comes out"),
        MaterialFlow.Direction.WASTE: _("Becomes waste"),
    }
    stored = list(park.material_flows.all())
    groups = (
        FlowGroup(
            title,
            tuple(
                Flow(capfirst(flow.name), quantity(flow), localised(flow, "note"))
                for flow in stored
                if flow.direction == direction
            ),
        )
        for direction, title in titles.items()
    )
    return Flows(tuple(group for group in groups if group.flows))
