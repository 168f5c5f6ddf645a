"""What readers report, and what moderators do."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.forum.models.post import Post
from network.forum.models.thread import Thread
from ui.model_fields import LimitedTextField


class Flag(models.Model):
    """Somebody says that a moderator should look at a post."""

    class Reason(models.TextChoices):
        """What is wrong with the post."""

        SPAM = "spam", _("Advertising or spam")
        RUDE = "rude", _("Rude or personal")
        CONFIDENTIAL = "confidential", _("Tells what should not be told here")
        MISPLACED = "misplaced", _("Belongs somewhere else")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        """What a moderator made of it."""

        OPEN = "open", _("open")
        UPHELD = "upheld", _("upheld")
        DISMISSED = "dismissed", _("dismissed")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="flags")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="forum_flags"
    )
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    text = LimitedTextField(_("explanation"), max_length=500, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("report of a post")
        verbose_name_plural = _("reports of posts")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "by"], condition=Q(state="open"), name="forum_flag_once"
            )
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(state="open"), name="forum_flags_open")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Screening(models.Model):
    """What the machine thought of a post when it came.

    ``reasons`` are pairs of a code and a number ("links", 5), worded where a moderator reads them;
    ``fingerprint`` tells the same words posted again. Kept for as long as it is of use.
    """

    post = models.OneToOneField(
        Post, on_delete=models.CASCADE, primary_key=True, related_name="screening"
    )
    fingerprint = models.CharField(max_length=32, blank=True)
    reasons = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("screening of a post")
        verbose_name_plural = _("screenings of posts")
        indexes = [
            models.Index(
                fields=["fingerprint", "at"], condition=~Q(fingerprint=""), name="forum_same_words"
            ),
            models.Index(fields=["at"], name="forum_screened_at"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ModerationAct(models.Model):
    """Something a moderator did, with its reason; ``author`` is whose thread or post it was."""

    class Kind(models.TextChoices):
        """What moderators do."""

        APPROVE = "approve", _("approved")
        HIDE = "hide", _("hidden")
        RESTORE = "restore", _("shown again")
        MOVE = "move", _("moved")
        SPLIT = "split", _("split off")
        MERGE = "merge", _("merged")
        CLOSE = "close", _("closed")
        REOPEN = "reopen", _("reopened")
        PIN = "pin", _("pinned")
        UNPIN = "unpin", _("unpinned")
        DISMISS = "dismiss", _("report dismissed")
        SILENCE = "silence", _("silenced")
        RELEASE = "release", _("may write again")
        TRUST = "trust", _("trusted")
        DISTRUST = "distrust", _("trusted no more")

    kind = models.CharField(max_length=8, choices=Kind)
    thread = models.ForeignKey(
        Thread, null=True, blank=True, on_delete=models.SET_NULL, related_name="moderation"
    )
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="moderation"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = LimitedTextField(_("reason"), max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    data = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("act of moderation")
        verbose_name_plural = _("acts of moderation")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"
