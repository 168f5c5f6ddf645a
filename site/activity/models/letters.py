"""E-mails on their way, each with its own state, and addresses that none are sent to."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from activity.things import MAX_LENGTH


class Letter(models.Model):
    """One e-mail. ``key`` is unique, so whatever asks for the same letter twice gets one.

    A letter of notifications holds no text: it is written when it is sent, after everybody has been
    asked again who may see what. Other letters hold theirs in ``content`` (subject, paragraphs,
    action as label and path, reply_to). ``due_at`` is when it is tried next, ``problem`` what the
    mail server said last. ``message_id`` goes out in its header and comes back in bounces.
    """

    class Form(models.TextChoices):
        """What is in it."""

        TEXT = "text", _("message")
        NOTIFICATION = "notification", _("notification")
        DAILY = "daily", _("daily summary")
        WEEKLY = "weekly", _("weekly summary")

    class State(models.TextChoices):
        """``SENDING`` is committed right before the mail server is given the letter.

        Whoever dies between that and the answer leaves it ``UNCERTAIN``: it may have been sent, and
        is therefore not sent again by itself.
        """

        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        UNCERTAIN = "uncertain", _("uncertain")
        WITHDRAWN = "withdrawn", _("withdrawn")

    key = models.CharField(_("key"), max_length=200, unique=True)
    form = models.CharField(_("form"), max_length=12, choices=Form, default=Form.TEXT)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="letters",
        verbose_name=_("person"),
    )
    to = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=5)
    thing = models.CharField(max_length=MAX_LENGTH, blank=True)
    content = models.JSONField(default=dict)
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    problem = models.CharField(_("problem"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    due_at = models.DateTimeField(_("due"))
    sending_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("sent or given up"), null=True)
    handled_at = models.DateTimeField(_("handled"), null=True)

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "due_at"], name="activity_letter_due"),
            models.Index(fields=["created_at"], name="activity_letter_created"),
        ]

    def __str__(self) -> str:
        return f"{self.to} {self.key}"


class Attachment(models.Model):
    """A file of a letter, small enough to be kept with it."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.name


class StoppedAddress(models.Model):
    """An address that is refused for good; nothing is sent there until it is let in again."""

    address = models.EmailField(_("e-mail address"))
    reason = models.CharField(_("reason"), max_length=300)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("stopped address")
        verbose_name_plural = _("stopped addresses")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("address"), name="activity_stopped_once")
        ]

    def __str__(self) -> str:
        return self.address
