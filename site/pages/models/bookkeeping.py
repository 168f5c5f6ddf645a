"""What was put in place once and belongs to the editors since."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class InitialContent(models.Model):
    """A piece of the initial content that was made; it is never made again, even when deleted."""

    key = models.CharField(max_length=80, primary_key=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("initial content")
        verbose_name_plural = _("initial content")

    def __str__(self) -> str:
        return self.key
