"""How people want to be told."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from activity.kinds import Timing


class Weekday(models.IntegerChoices):
    """Days as Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Choice(models.Model):
    """How a person wants to be told of one kind, where that is not the kind's default."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_choices"
    )
    kind = models.CharField(max_length=80)
    timing = models.CharField(max_length=10, choices=Timing)
    on_site = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("notification choice")
        verbose_name_plural = _("notification choices")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "kind"], name="activity_choice_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.timing}"


class Preferences(models.Model):
    """When a person wants to be told, in local time of their time zone, and when they last looked.

    Mail at once waits from ``quiet_from`` until ``quiet_until``; both are empty where no hour is
    quiet. ``seen_at`` is the last visit to the own page and ``seen_before`` the one before it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notification_preferences",
        primary_key=True,
    )
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    digest_hour = models.PositiveSmallIntegerField(_("hour of summaries"), default=7)
    digest_weekday = models.PositiveSmallIntegerField(
        _("day of the weekly summary"), choices=Weekday, default=Weekday.MONDAY
    )
    seen_at = models.DateTimeField(null=True, editable=False)
    seen_before = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("notification preferences")
        verbose_name_plural = _("notification preferences")

    def __str__(self) -> str:
        return str(self.user_id)
