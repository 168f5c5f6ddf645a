"""From a question to knowledge: whom it was sent to, and what it became."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.forum.models.thread import Thread


class RoutedQuestion(models.Model):
    """An unanswered question that was sent to somebody who declares a competence for it.

    ``because`` is the competence, ``organisation`` the one that declares it where it is not the
    person's own.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="routed")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="routed_questions"
    )
    because = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question sent on")
        verbose_name_plural = _("questions sent on")
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="forum_routed_once")]
        indexes = [models.Index(fields=["user", "-at"], name="forum_routed_to_person")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ThreadArticle(models.Model):
    """The best-practice page that a solved question became; at most one for each."""

    thread = models.OneToOneField(
        Thread, on_delete=models.CASCADE, primary_key=True, related_name="article"
    )
    page = models.OneToOneField(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="from_thread"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("article of a thread")
        verbose_name_plural = _("articles of threads")

    def __str__(self) -> str:
        return f"#{self.pk}"
