"""How people come to belong to an organisation: they ask, or they are invited."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from network.organisations.models.organisation import Organisation
from network.organisations.querysets import InvitationQuerySet, JoinRequestQuerySet

MESSAGE_LENGTH: Final = 1000


class JoinRequest(FSMModelMixin, models.Model):
    """Somebody's wish to belong to an organisation; at most one open one of each person."""

    class State(models.TextChoices):
        """Where the wish stands."""

        ASKED = "asked", _("asked")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="join_requests",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="join_requests",
    )
    message = models.TextField(
        _("message"),
        max_length=MESSAGE_LENGTH,
        validators=[MaxLengthValidator(MESSAGE_LENGTH)],
        blank=True,
    )
    state = FSMField(
        _("state"), max_length=12, choices=State.choices, default=State.ASKED, protected=True
    )
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
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

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(state="asked"),
                name="organisations_one_open_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"

    @transition(field=state, source=State.ASKED, target=State.CONFIRMED)
    def confirm(self, by: object) -> None:
        """Let the person belong."""
        self._decided(by)

    @transition(field=state, source=State.ASKED, target=State.REFUSED)
    def refuse(self, by: object, reason: str) -> None:
        """Say no, and why."""
        self.reason = reason
        self._decided(by)

    @transition(field=state, source=State.ASKED, target=State.WITHDRAWN)
    def withdraw(self) -> None:
        """The person thinks better of it."""
        self._decided(None)

    def _decided(self, by: object) -> None:
        self.decided_at = timezone.now()
        self.decided_by = by  # type: ignore[assignment]  # whoever is logged in


class Invitation(FSMModelMixin, models.Model):
    """A letter that lets whoever reads the mail of an address belong to an organisation.

    The letter holds a token, the database only its SHA-256, as hexadecimal ``digest``. A token
    opens one invitation once; a new letter makes the old token worthless.
    """

    class State(models.TextChoices):
        """Where the invitation stands; it is out of date when ``expires_at`` has passed."""

        SENT = "sent", _("sent")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    email = models.EmailField(_("e-mail address"), help_text=_("In small letters."))
    language = models.CharField(_("language"), max_length=5)
    administrator = models.BooleanField(_("as administrator"), default=False)
    message = models.CharField(_("message"), max_length=500, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    state = FSMField(
        _("state"), max_length=12, choices=State.choices, default=State.SENT, protected=True
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sent_at = models.DateTimeField(_("sent"))
    times_sent = models.PositiveSmallIntegerField(_("times sent"), default=1)
    expires_at = models.DateTimeField(_("valid until"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["email", "state"], name="organisations_invited")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(state="sent"),
                name="organisations_one_open_invitation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.organisation}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.state == self.State.SENT and self.expires_at > timezone.now()

    @property
    def is_expired(self) -> bool:
        """Whether nobody has answered it in time."""
        return self.state == self.State.SENT and self.expires_at <= timezone.now()

    @transition(field=state, source=State.SENT, target=State.ACCEPTED)
    def accept(self, by: object) -> None:
        """Somebody whose address it is says yes."""
        self.accepted_by = by  # type: ignore[assignment]  # whoever is logged in
        self.answered_at = timezone.now()

    @transition(field=state, source=State.SENT, target=State.DECLINED)
    def decline(self) -> None:
        """Somebody whose address it is says no."""
        self.answered_at = timezone.now()

    @transition(field=state, source=State.SENT, target=State.WITHDRAWN)
    def withdraw(self) -> None:
        """The organisation takes it back."""
        self.answered_at = timezone.now()
