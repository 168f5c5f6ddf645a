"""What a person has read, and what they have begun to write."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.forum.models.category import Category
from network.forum.models.post import SOURCE_LENGTH
from network.forum.models.thread import TITLE_LENGTH, Thread
from ui.model_fields import LimitedTextField

# What is too long to be posted is not to be lost.
DRAFT_LENGTH: Final = 3 * SOURCE_LENGTH


class Reader(models.Model):
    """Up to when everything counts as read: the first visit, or when somebody said so."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="forum_reader",
    )
    caught_up_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reader of the forum")
        verbose_name_plural = _("readers of the forum")

    def __str__(self) -> str:
        return f"#{self.pk}"


class CategoryRead(models.Model):
    """Up to when everything in one category counts as read, because somebody said so."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="category_reads"
    )
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="reads")
    caught_up_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("category that somebody has read")
        verbose_name_plural = _("categories that somebody has read")
        constraints = [
            models.UniqueConstraint(fields=["user", "category"], name="forum_category_read_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ReadMark(models.Model):
    """How far a person has read a thread: up to and with the post of this number."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_marks"
    )
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="read_marks")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("read mark")
        verbose_name_plural = _("read marks")
        constraints = [
            models.UniqueConstraint(fields=["user", "thread"], name="forum_read_mark_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Draft(models.Model):
    """A text that is not posted yet. ``key`` says what it will be: "new", "thread:12", "edit:7".

    A second one for the same place has a part of its token after a "~". ``token`` names the form it
    is written in and the post that comes of it; ``version`` grows with each saving, so that a window
    that is behind overwrites nothing. ``data`` holds what else was typed, by the names of its fields.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="forum_drafts"
    )
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    source = LimitedTextField(max_length=DRAFT_LENGTH, blank=True)
    data = models.JSONField(default=dict)
    token = models.UUIDField(default=uuid4)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-changed_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="forum_draft_once"),
            models.UniqueConstraint(fields=["user", "token"], name="forum_draft_of_form"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
