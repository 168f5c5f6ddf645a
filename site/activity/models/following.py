"""What people follow, and what they do not want to hear of."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from activity.things import MAX_LENGTH


class Follow(models.Model):
    """A person's interest in a thing, or their wish not to hear of it."""

    class State(models.TextChoices):
        """A muted thing is told of neither on the site nor by e-mail, whatever leads to it."""

        FOLLOWING = "following", _("following")
        MUTED = "muted", _("muted")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows"
    )
    thing = models.CharField(max_length=MAX_LENGTH)
    state = models.CharField(max_length=10, choices=State, default=State.FOLLOWING)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("followed thing")
        verbose_name_plural = _("followed things")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "thing"], name="activity_follow_once")
        ]
        # The order in which followers are told.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["thing", "user"], name="activity_followers")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.state} {self.thing}"
