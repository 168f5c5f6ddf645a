"""Who does a scheduled job."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Lease(models.Model):
    """When a job was last begun, and by whom while it runs."""

    name = models.CharField(max_length=80, primary_key=True)
    holder = models.CharField(max_length=16, blank=True)
    begun_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("scheduled job")
        verbose_name_plural = _("scheduled jobs")

    def __str__(self) -> str:
        return self.name
