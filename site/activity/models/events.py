"""What happened, and whom it is told to."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activity.kinds import Timing
from activity.models.letters import Letter
from activity.querysets import NotificationQuerySet
from activity.things import MAX_LENGTH


class Event(models.Model):
    """Something that happened to a thing, written once, in the transaction in which it happened.

    ``key`` makes it so: the same key is the same event. ``data`` is what its kind needs to tell of
    it. ``followers_of`` names the things whose followers are to be told; the worker does that in
    batches by user id, ``told_up_to`` is the last one done and ``told_at`` is set when all are.
    Nobody is told who has muted the thing or one of ``silenced_by``.
    """

    kind = models.CharField(max_length=80)
    thing = models.CharField(max_length=MAX_LENGTH)
    key = models.CharField(max_length=200, unique=True, null=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    data = models.JSONField(default=dict)
    followers_of = models.JSONField(default=list)
    silenced_by = models.JSONField(default=list)
    told_up_to = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=Q(told_at=None), name="activity_event_untold"),
            models.Index(fields=["created_at"], name="activity_event_created"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"


class Notification(models.Model):
    """An event told to a person: on the site, by e-mail, or both.

    ``because`` is what the person follows and therefore hears of it; empty when they are told
    directly. ``kind`` and ``thing`` are the event's, kept here for filters and read marks. ``mail``
    says how it is told by e-mail, ``mail_at`` when; ``letter`` is the letter that tells it, of which
    there is never a second one.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="notifications")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(max_length=80)
    thing = models.CharField(max_length=MAX_LENGTH)
    because = models.CharField(max_length=MAX_LENGTH, blank=True)
    on_site = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=10, choices=Timing, default=Timing.NEVER)
    mail_at = models.DateTimeField(null=True)
    letter = models.ForeignKey(
        Letter, on_delete=models.SET_NULL, null=True, related_name="notifications"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event", "user"], name="activity_told_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["user", "-id"],
                condition=Q(on_site=True, read_at=None),
                name="activity_unread",
            ),
            models.Index(fields=["user", "-id"], name="activity_newest"),
            models.Index(fields=["user", "thing"], name="activity_of_thing"),
            models.Index(
                fields=["mail_at"],
                condition=Q(letter=None, mail_at__isnull=False),
                name="activity_to_be_mailed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing} → {self.user_id}"
