"""A policy matter as its page shows it: for everybody once it is submitted, before that for few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import AnyUser, roles_of
from network.forum.following import thread_thing
from network.forum.kinds.permissions import can_steer
from network.forum.kinds.services.matters import WRITABLE
from network.forum.models import ParkStand, PolicyDocument, PolicyMatter, PolicyStep
from network.forum.permissions import can_read
from ui.text import foreign_language

Stage = PolicyMatter.Stage

# What staff can do in each stage: the step, its label, and whether it is the way on.
WAYS: Final[dict[str, tuple[tuple[str, str | Promise, bool], ...]]] = {
    Stage.RAISED: (("discuss", gettext_lazy("Take it up for discussion"), True),),
    Stage.DISCUSSED: (("agree", gettext_lazy("The position is agreed"), True),),
    Stage.AGREED: (
        ("submit", gettext_lazy("It has been submitted"), True),
        ("reconsider", gettext_lazy("Open the position again"), False),
    ),
    Stage.SUBMITTED: (("conclude", gettext_lazy("Record the outcome"), True),),
    Stage.CONCLUDED: (),
}
TONES: Final = {
    ParkStand.Stance.SUPPORTS: "success",
    ParkStand.Stance.PARTLY: "info",
    ParkStand.Stance.NEUTRAL: "neutral",
    ParkStand.Stance.OPPOSES: "danger",
}


@dataclass(frozen=True, slots=True)
class StageShown:
    """A stage of the progress bar; ``at`` is when it was last reached."""

    label: str
    at: datetime | None
    is_done: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Way:
    """Something that can be done with the matter now."""

    label: str
    url: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class StandShown:
    """Where a park stands."""

    park: str
    url: str
    stance: str
    tone: str
    comment: str
    at: date


class MatterPage:
    """A matter for one reader. Three queries beside the matter itself, none in short."""

    def __init__(self, matter: PolicyMatter, user: AnyUser) -> None:
        self.matter = matter
        self.thread = matter.thread
        self._user = user
        self.reads_thread = can_read(user, matter.thread.category)
        self.may_steer = can_steer(user, matter)

    @property
    def thing(self) -> str:
        """What is followed of it: its discussion."""
        return thread_thing(self.thread.pk)

    @property
    def is_writable(self) -> bool:
        """Whether the position is still being worked on."""
        return self.matter.stage in WRITABLE

    @property
    def title_language(self) -> str:
        """For a ``lang`` attribute where the title is not in the page's language, else empty."""
        return foreign_language(self.matter, "title")

    @property
    def position_language(self) -> str:
        """The same for the position."""
        return foreign_language(self.matter, "position_html")

    @property
    def outcome_language(self) -> str:
        """The same for the outcome."""
        return foreign_language(self.matter, "outcome_html")

    @cached_property
    def steps(self) -> list[PolicyStep]:
        """Everything that has happened, the first thing first."""
        return list(self.matter.steps.select_related("by"))

    @property
    def stages(self) -> list[StageShown]:
        """The way of the matter, in order, with the days on which it came so far."""
        reached: dict[str, datetime] = {Stage.RAISED: self.thread.created_at}
        return self._stages(reached | {step.stage: step.at for step in self.steps})

    @property
    def stages_in_short(self) -> list[StageShown]:
        """The same without days, which costs no query."""
        return self._stages({})

    def _stages(self, reached: Mapping[str, datetime]) -> list[StageShown]:
        order = list(Stage)
        now = order.index(Stage(self.matter.stage))
        return [
            StageShown(
                label=str(capfirst(stage.label)),
                at=reached.get(stage) if place <= now else None,
                is_done=place < now,
                is_current=place == now,
            )
            for place, stage in enumerate(order)
        ]

    @property
    def stage_words(self) -> str:
        """How far it has come, in a sentence that needs no bar."""
        order = list(Stage)
        number = order.index(Stage(self.matter.stage)) + 1
        return _("Stage %(number)d of %(count)d: %(stage)s") % {
            "number": number,
            "count": len(order),
            "stage": Stage(self.matter.stage).label,
        }

    @property
    def ways(self) -> list[Way]:
        """What the reader can do to take it further."""
        if not self.may_steer:
            return []
        return [
            Way(str(label), reverse("forum:matter-step", args=[self.matter.pk, step]), is_on)
            for step, label, is_on in WAYS[self.matter.stage]
        ]

    @property
    def may_take_stand(self) -> bool:
        """Whether the reader can say where a park of theirs stands."""
        has_park = bool(roles_of(self._user).parks)
        return has_park and self.may_steer and self.matter.stage != Stage.CONCLUDED

    @property
    def may_remove(self) -> bool:
        """Whether the reader can take documents away."""
        if self.matter.is_public:
            return self.may_steer and roles_of(self._user).network_administrator
        return self.may_steer

    @cached_property
    def stands(self) -> list[StandShown]:
        """Where the parks stand, by their names."""
        found = self.matter.stands.select_related("park").order_by("park__name_nb")
        return [
            StandShown(
                park=stand.park.name,
                url=stand.park.get_absolute_url(),
                stance=str(capfirst(stand.get_stance_display())),
                tone=TONES[ParkStand.Stance(stand.stance)],
                comment=stand.comment,
                at=stand.at.date(),
            )
            for stand in found
        ]

    @property
    def support(self) -> str:
        """How many parks stand behind it, in a sentence; empty where none has said anything."""
        if not self.stands:
            return ""
        tones = [stand.tone for stand in self.stands]
        return _("%(for)d of %(count)d parks that have taken a stand support it.") % {
            "for": tones.count("success"),
            "count": len(tones),
        }

    @cached_property
    def documents(self) -> Sequence[PolicyDocument]:
        """What belongs to it."""
        return list(self.matter.documents.all())
