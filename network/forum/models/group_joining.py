"""How working groups come to be and get their members: proposals, letters, calendars of meetings."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from network.forum.models.group import WorkingGroup
from network.parks.models import Park, Theme
from ui.model_fields import LimitedTextField

REASON_LENGTH: Final = 500
LETTER_LENGTH: Final = 500


class GroupInvitation(FSMModelMixin, models.Model):
    """A letter that lets whoever reads the mail of an address join a group, a hidden one too.

    The letter holds a token, the database only its SHA-256, as hexadecimal ``digest``. Whether the
    address belongs to an account makes no difference to what the group's leaders see.
    """

    class State(models.TextChoices):
        """Where the invitation stands; it is out of date when ``expires_at`` has passed."""

        SENT = "sent", _("sent")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=5)
    message = LimitedTextField(_("message"), max_length=LETTER_LENGTH, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    state = FSMField(max_length=12, choices=State.choices, default=State.SENT, protected=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField()
    times_sent = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("invitation to a working group")
        verbose_name_plural = _("invitations to working groups")
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["email", "state"], name="forum_group_invited")]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "email"],
                condition=Q(state="sent"),
                name="forum_group_invited_once",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.state == self.State.SENT and self.expires_at > timezone.now()

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
        """The leaders take it back."""
        self.answered_at = timezone.now()


class GroupProposal(FSMModelMixin, models.Model):
    """A working group that a member would like to see; staff make it one, or say why not."""

    class State(models.TextChoices):
        """Where the proposal stands."""

        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("taken up")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    name = models.CharField(_("name"), max_length=120)
    summary = LimitedTextField(_("what it would work on"), max_length=400)
    reason_for = LimitedTextField(
        _("why it is needed, and who would join"), max_length=2000, blank=True
    )
    openness = models.CharField(
        _("openness"),
        max_length=8,
        choices=WorkingGroup.Openness,
        default=WorkingGroup.Openness.OPEN,
    )
    parks = models.ManyToManyField(Park, verbose_name=_("parks"), blank=True, related_name="+")
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="+")
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="group_proposals"
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    state = FSMField(max_length=12, choices=State.choices, default=State.PROPOSED, protected=True)
    answer = LimitedTextField(_("answer"), max_length=REASON_LENGTH, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    group = models.OneToOneField(
        WorkingGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposal"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("proposed working group")
        verbose_name_plural = _("proposed working groups")
        ordering = ["proposed_at", "pk"]
        indexes = [models.Index(fields=["state", "proposed_at"], name="forum_groups_proposed")]

    def __str__(self) -> str:
        return self.name

    @transition(field=state, source=State.PROPOSED, target=State.ACCEPTED)
    def accept(self, by: object, group: WorkingGroup) -> None:
        """It becomes a group."""
        self.group = group
        self._decided(by)

    @transition(field=state, source=State.PROPOSED, target=State.REFUSED)
    def refuse(self, by: object, answer: str) -> None:
        """Say no, and why."""
        self.answer = answer
        self._decided(by)

    @transition(field=state, source=State.PROPOSED, target=State.WITHDRAWN)
    def withdraw(self) -> None:
        """The proposer thinks better of it."""
        self._decided(None)

    def _decided(self, by: object) -> None:
        self.decided_at = timezone.now()
        self.decided_by = by  # type: ignore[assignment]  # whoever is logged in


class MeetingFeed(models.Model):
    """A private address from which a person's calendar program fetches meetings.

    Without ``group`` it holds those of all groups that the person is in. Only a digest of the key is
    kept.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="meeting_feeds"
    )
    group = models.ForeignKey(
        WorkingGroup, null=True, blank=True, on_delete=models.CASCADE, related_name="meeting_feeds"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("calendar of meetings")
        verbose_name_plural = _("calendars of meetings")
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], name="forum_feed_once_a_group"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(group=None), name="forum_feed_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
