"""What the open register of organisations said, and when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.organisations.models.number import validate_organisation_number


class RegisterEntry(models.Model):
    """One answer of the Central Coordinating Register about one number.

    ``found`` is false when the register knows no such number; the rest is then empty.
    """

    number = models.CharField(
        _("organisation number"),
        max_length=9,
        primary_key=True,
        validators=[validate_organisation_number],
    )
    found = models.BooleanField(_("found"), default=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    form = models.CharField(_("legal form"), max_length=80, blank=True)
    industry_code = models.CharField(_("industry code"), max_length=8, blank=True)
    industry = models.CharField(_("industry"), max_length=200, blank=True)
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    web = models.CharField(_("web address"), max_length=200, blank=True)
    dissolved = models.BooleanField(_("bankrupt or being dissolved"), default=False)
    fetched_at = models.DateTimeField(_("fetched"))

    class Meta:
        verbose_name = _("answer of the register")
        verbose_name_plural = _("answers of the register")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()
