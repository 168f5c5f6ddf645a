"""Terms that somebody misses in the vocabularies."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from network.facilities.models.facility import Facility

NOTE_LENGTH = 500


class TermSuggestion(FSMModelMixin, models.Model):
    """A term that somebody suggests for a facility; network administrators decide.

    ``term`` is the slug of what it became: a new term, or one that was there by another name.
    """

    class Kind(models.TextChoices):
        """Which vocabulary it is for."""

        METHOD = "method", _("method")
        MATERIAL = "material", _("material")
        STANDARD = "standard", _("standard")

    class State(models.TextChoices):
        """Where the suggestion stands."""

        SUGGESTED = "suggested", _("suggested")
        ACCEPTED = "accepted", _("accepted")
        KNOWN = "known", _("known by another name")
        REFUSED = "refused", _("refused")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name_nb = models.CharField(_("name (Norwegian)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    note = models.TextField(
        _("note"), max_length=NOTE_LENGTH, validators=[MaxLengthValidator(NOTE_LENGTH)], blank=True
    )
    facility = models.ForeignKey(
        Facility,
        verbose_name=_("test facility"),
        on_delete=models.CASCADE,
        related_name="term_suggestions",
    )
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("suggested by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="term_suggestions",
    )
    suggested_at = models.DateTimeField(_("suggested"), auto_now_add=True)
    state = FSMField(
        _("state"), max_length=10, choices=State.choices, default=State.SUGGESTED, protected=True
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.TextField(
        _("reason"),
        max_length=NOTE_LENGTH,
        validators=[MaxLengthValidator(NOTE_LENGTH)],
        blank=True,
    )
    term = models.SlugField(_("term"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("suggested term")
        verbose_name_plural = _("suggested terms")
        ordering = ["suggested_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "kind", "name_nb"],
                condition=models.Q(state="suggested"),
                name="facilities_one_open_suggestion",
            )
        ]

    def __str__(self) -> str:
        return self.name_nb

    @transition(field=state, source=State.SUGGESTED, target=State.ACCEPTED)
    def accept(self, by: Any, term: str) -> None:
        """It is a term from now on."""
        self._decided(by, term=term)

    @transition(field=state, source=State.SUGGESTED, target=State.KNOWN)
    def recognise(self, by: Any, term: str) -> None:
        """It is another name of a term that is there."""
        self._decided(by, term=term)

    @transition(field=state, source=State.SUGGESTED, target=State.REFUSED)
    def refuse(self, by: Any, reason: str) -> None:
        """It does not belong in the vocabulary."""
        self._decided(by, reason=reason)

    def _decided(self, by: Any, *, term: str = "", reason: str = "") -> None:
        self.decided_by, self.decided_at = by, timezone.now()
        self.term, self.reason = term, reason
