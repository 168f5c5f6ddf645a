"""The vocabularies that describe parks."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ui.model_fields import LimitedTextField
from ui.text import localised

ONE_A_LINE = _("One a line.")


def lines(text: str) -> list[str]:
    """The lines of ``text`` that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class Term(models.Model):
    """A named thing of a vocabulary, in both languages."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name_nb = models.CharField(_("name (Norwegian)"), max_length=160)
    name_en = models.CharField(_("name (English)"), max_length=160, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return localised(self, "name")


class ParkCategory(Term):
    """What kind of park it is; sizes in decares (1 daa = 1 000 m²), as the source prints them."""

    description_nb = LimitedTextField(_("description (Norwegian)"), max_length=2000, blank=True)
    description_en = LimitedTextField(_("description (English)"), max_length=2000, blank=True)
    size_min_daa = models.PositiveIntegerField(_("smallest size (daa)"), null=True, blank=True)
    size_max_daa = models.PositiveIntegerField(_("largest size (daa)"), null=True, blank=True)
    size_nb = models.CharField(_("size in words (Norwegian)"), max_length=80, blank=True)
    size_en = models.CharField(_("size in words (English)"), max_length=80, blank=True)
    turnover_nb = models.CharField(_("turnover (Norwegian)"), max_length=160, blank=True)
    turnover_en = models.CharField(_("turnover (English)"), max_length=160, blank=True)
    synergies_nb = LimitedTextField(
        _("synergies (Norwegian)"), max_length=500, blank=True, help_text=ONE_A_LINE
    )
    synergies_en = LimitedTextField(
        _("synergies (English)"), max_length=500, blank=True, help_text=ONE_A_LINE
    )

    class Meta:
        verbose_name = _("park category")
        verbose_name_plural = _("park categories")
        ordering = ["name_nb"]

    @property
    def synergies(self) -> list[str]:
        """What companies gain from each other, in the reader's language."""
        return lines(localised(self, "synergies"))


class OwnershipSetup(Term):
    """How a park is owned and run."""

    class Kind(models.TextChoices):
        """Where the set-up is described."""

        SETUP = "setup", _("set-up among the parks")
        MODEL = "model", _("model")
        INTERNATIONAL = "international", _("international model")
        CONCEPT = "concept", _("concept")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    text_nb = LimitedTextField(_("text (Norwegian)"), max_length=2000, blank=True)
    text_en = LimitedTextField(_("text (English)"), max_length=2000, blank=True)
    parks_count = models.PositiveSmallIntegerField(
        _("number of parks"),
        null=True,
        blank=True,
        help_text=_("How many of the eight parks the report says have this set-up."),
    )
    advantages_nb = LimitedTextField(
        _("advantages (Norwegian)"), max_length=2000, blank=True, help_text=ONE_A_LINE
    )
    advantages_en = LimitedTextField(
        _("advantages (English)"), max_length=2000, blank=True, help_text=ONE_A_LINE
    )
    drawbacks_nb = LimitedTextField(
        _("drawbacks (Norwegian)"), max_length=2000, blank=True, help_text=ONE_A_LINE
    )
    drawbacks_en = LimitedTextField(
        _("drawbacks (English)"), max_length=2000, blank=True, help_text=ONE_A_LINE
    )

    class Meta:
        verbose_name = _("ownership set-up")
        verbose_name_plural = _("ownership set-ups")
        ordering = ["kind", "-parks_count", "name_nb"]

    @property
    def advantages(self) -> list[str]:
        """What speaks for it, in the reader's language."""
        return lines(localised(self, "advantages"))

    @property
    def drawbacks(self) -> list[str]:
        """What speaks against it, in the reader's language."""
        return lines(localised(self, "drawbacks"))


class Theme(Term):
    """One of the themes along which the network gathers knowledge."""

    why_nb = LimitedTextField(_("why it matters (Norwegian)"), max_length=3000, blank=True)
    why_en = LimitedTextField(_("why it matters (English)"), max_length=3000, blank=True)
    findings_nb = LimitedTextField(
        _("findings (Norwegian)"), max_length=4000, blank=True, help_text=ONE_A_LINE
    )
    findings_en = LimitedTextField(
        _("findings (English)"), max_length=4000, blank=True, help_text=ONE_A_LINE
    )

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name_nb"]

    def get_absolute_url(self) -> str:
        """The theme's page in the active language."""
        return reverse("parks:theme", args=[self.slug])

    @property
    def findings(self) -> list[str]:
        """What was found, in the reader's language."""
        return lines(localised(self, "findings"))


class FocusArea(Term):
    """An industry that parks concentrate on; ``position`` is its column in the matrix."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("focus area")
        verbose_name_plural = _("focus areas")
        ordering = ["position", "name_nb"]
