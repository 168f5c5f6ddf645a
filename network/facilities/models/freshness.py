"""How long ago somebody said that an entry is right, as steps towards not being shown."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FreshnessStep(models.TextChoices):
    """What has been done about an entry that nobody confirms; each but the first was told."""

    FRESH = "fresh", _("nothing to do")
    ASKED = "asked", _("asked to confirm")
    MARKED = "marked", _("marked as not confirmed")
    LOWERED = "lowered", _("ranked lower")
    REMINDED = "reminded", _("told that it will be hidden")
    HIDDEN = "hidden", _("hidden from visitors")


class Freshness(models.TextChoices):
    """What readers are told of an entry."""

    CONFIRMED = "confirmed", _("confirmed")
    DUE = "due", _("to be confirmed")
    STALE = "stale", _("not confirmed lately")
    HIDDEN = "hidden", _("hidden until it is confirmed")
