"""What to write when a thread of a kind is started, as whoever answers it would like to read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from network.forum.models import ThreadKind

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Prompt:
    """How a kind is explained to whoever starts a thread of it.

    ``lead`` says what becomes of it, ``title`` shows a good one, ``headings`` are what the text
    should tell.
    """

    lead: str | Promise
    title: str | Promise
    headings: tuple[str | Promise, ...] = ()

    def source(self) -> str:
        """Markdown to begin with, in the active language; empty where anything goes."""
        return "\n".join(f"**{heading}**\n\n" for heading in self.headings)


PROMPTS: Final[Mapping[str, Prompt]] = {
    ThreadKind.DISCUSSION: Prompt(
        lead=_("Something that others should know or have a view on."),
        title=_("How do you organise joint snow clearing?"),
    ),
    ThreadKind.QUESTION: Prompt(
        lead=_(
            "You mark the answer that solved it. When nobody answers, the question goes to people "
            "who have said that they know about such things."
        ),
        title=_("How do you measure dust at a transfer point outdoors?"),
        headings=(
            _("What do you want to achieve?"),
            _("What have you tried?"),
            _("What have you got: equipment, material, amounts, limits?"),
        ),
    ),
    ThreadKind.NEED: Prompt(
        lead=_(
            "Something that you look for or can offer. We show what fits and remind you when the "
            "deadline comes."
        ),
        title=_("Somebody to share a truck to Mo i Rana on Thursdays"),
        headings=(
            _("What is it about?"),
            _("How much, how often, which quality?"),
            _("What must be in place?"),
        ),
    ),
    ThreadKind.POLICY: Prompt(
        lead=_(
            "A framework condition that the parks raise together. Each park says where it stands; "
            "what has been submitted is public."
        ),
        title=_("Grid connection for flexible consumption"),
        headings=(
            _("What is the rule or practice today?"),
            _("What does it mean for companies in the parks? Give figures."),
            _("What should change?"),
            _("Who decides, and when?"),
        ),
    ),
}
