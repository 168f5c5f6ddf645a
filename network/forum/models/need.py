"""We need, we have: what a thread of that kind says beside its text."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from network.forum.kinds.querysets import NeedQuerySet
from network.forum.models.thread import Thread


class Need(ConcurrentTransitionMixin, models.Model):
    """Something that somebody looks for or can offer; open until it is met or given up."""

    class Direction(models.TextChoices):
        """Who has what the other is to have."""

        NEED = "need", _("We need")
        HAVE = "have", _("We have")

    class State(models.TextChoices):
        """Whether it is still wanted."""

        OPEN = "open", _("open")
        MET = "met", _("met")
        GIVEN_UP = "given-up", _("given up")

    thread = models.OneToOneField(
        Thread, on_delete=models.CASCADE, primary_key=True, related_name="need"
    )
    direction = models.CharField(_("direction"), max_length=4, choices=Direction)
    place = models.CharField(_("place"), max_length=150, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    state = FSMField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True
    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        indexes = [
            models.Index(
                fields=["direction", "deadline"],
                condition=Q(state="open"),
                name="forum_needs_open",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @transition(field=state, source=State.OPEN, target=State.MET)
    def meet(self) -> None:
        """Somebody has found what they looked for."""

    @transition(field=state, source=State.OPEN, target=State.GIVEN_UP)
    def give_up(self) -> None:
        """It is not wanted any more."""

    @transition(field=state, source=[State.MET, State.GIVEN_UP], target=State.OPEN)
    def reopen(self) -> None:
        """It is wanted again."""
