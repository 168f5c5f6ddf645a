"""An organisation that somebody proposes; it is one only when staff confirm it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from network.organisations.models.joining import MESSAGE_LENGTH
from network.organisations.models.number import validate_organisation_number
from network.organisations.models.organisation import Organisation
from network.organisations.querysets import ProposalQuerySet
from network.parks.models import Park


class OrganisationProposal(FSMModelMixin, models.Model):
    """What somebody says of their own organisation, seen by them and by staff alone.

    It is no organisation, so that it cannot show in lists, search or links before it is confirmed.
    ``organisation`` is what became of it: a new one, or the one that it was merged into.
    """

    class State(models.TextChoices):
        """Where the proposal stands."""

        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        MERGED = "merged", _("merged")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    name = models.CharField(_("name"), max_length=200)
    number = models.CharField(
        _("organisation number"),
        max_length=9,
        blank=True,
        validators=[validate_organisation_number],
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Organisation.Kind.choices,
        default=Organisation.Kind.COMPANY,
    )
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    web = models.URLField(_("web address"), blank=True)
    park = models.ForeignKey(
        Park,
        verbose_name=_("park"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proposals",
    )
    message = models.TextField(
        _("message"),
        max_length=MESSAGE_LENGTH,
        validators=[MaxLengthValidator(MESSAGE_LENGTH)],
        blank=True,
    )
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.CASCADE,
        related_name="organisation_proposals",
    )
    state = FSMField(
        _("state"), max_length=12, choices=State.choices, default=State.PROPOSED, protected=True
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reason = models.TextField(
        _("reason"),
        max_length=MESSAGE_LENGTH,
        validators=[MaxLengthValidator(MESSAGE_LENGTH)],
        blank=True,
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proposals",
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed organisation")
        verbose_name_plural = _("proposed organisations")
        ordering = ["proposed_at", "pk"]
        constraints = [
            # Two clicks, or two tabs, make one proposal.
            models.UniqueConstraint(
                fields=["proposer", "name", "number"],
                condition=models.Q(state="proposed"),
                name="organisations_one_open_proposal",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @transition(field=state, source=State.PROPOSED, target=State.CONFIRMED)
    def confirm(self, by: Any, organisation: Organisation) -> None:
        """It is an organisation of its own."""
        self.organisation = organisation
        self._decided(by)

    @transition(field=state, source=State.PROPOSED, target=State.MERGED)
    def merge(self, by: Any, organisation: Organisation) -> None:
        """It is one that is here already."""
        self.organisation = organisation
        self._decided(by)

    @transition(field=state, source=State.PROPOSED, target=State.REFUSED)
    def refuse(self, by: Any, reason: str) -> None:
        """It does not belong here."""
        self.reason = reason
        self._decided(by)

    @transition(field=state, source=State.PROPOSED, target=State.WITHDRAWN)
    def withdraw(self) -> None:
        """The proposer thinks better of it."""
        self._decided(None)

    def _decided(self, by: Any) -> None:
        self.decided_at = timezone.now()
        self.decided_by = by
