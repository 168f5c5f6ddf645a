"""Parks, and the vocabularies that describe them."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin

from network.parks.querysets import ParkQuerySet
from ui.text import localised

LATITUDE = [MinValueValidator(-90.0), MaxValueValidator(90.0)]
LONGITUDE = [MinValueValidator(-180.0), MaxValueValidator(180.0)]


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
    """What kind of park it is; sizes in decares (1 daa = 1 000 m²)."""

    description_nb = models.TextField(_("description (Norwegian)"), max_length=2000, blank=True)
    description_en = models.TextField(_("description (English)"), max_length=2000, blank=True)
    size_min_daa = models.PositiveIntegerField(_("smallest size (daa)"), null=True, blank=True)
    size_max_daa = models.PositiveIntegerField(_("largest size (daa)"), null=True, blank=True)

    class Meta:
        verbose_name = _("park category")
        verbose_name_plural = _("park categories")
        ordering = ["name_nb"]


class OwnershipSetup(Term):
    """How a park is owned and run."""

    class Kind(models.TextChoices):
        """Where the set-up is described."""

        MODEL = "model", _("model")
        SETUP = "setup", _("set-up among the parks")
        INTERNATIONAL = "international", _("international model")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    text_nb = models.TextField(_("text (Norwegian)"), max_length=2000, blank=True)
    text_en = models.TextField(_("text (English)"), max_length=2000, blank=True)
    advantages = models.JSONField(_("advantages"), default=list, blank=True)
    drawbacks = models.JSONField(_("drawbacks"), default=list, blank=True)

    class Meta:
        verbose_name = _("ownership set-up")
        verbose_name_plural = _("ownership set-ups")
        ordering = ["kind", "name_nb"]


class Theme(Term):
    """One of the themes along which the network gathers knowledge."""

    why_nb = models.TextField(_("why it matters (Norwegian)"), max_length=3000, blank=True)
    why_en = models.TextField(_("why it matters (English)"), max_length=3000, blank=True)
    findings = models.JSONField(_("findings"), default=list, blank=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name_nb"]


class FocusArea(Term):
    """An industry that parks concentrate on."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("focus area")
        verbose_name_plural = _("focus areas")
        ordering = ["position", "name_nb"]


class Park(RevisionMixin, Term):
    """An industrial park; ``lat`` and ``lon`` are degrees (WGS 84), known to ``precision_km``."""

    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    county = models.CharField(_("county"), max_length=80, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True, validators=LATITUDE)
    lon = models.FloatField(_("longitude"), null=True, blank=True, validators=LONGITUDE)
    precision_km = models.PositiveSmallIntegerField(_("precision (km)"), null=True, blank=True)
    web = models.URLField(_("web address"), blank=True)
    summary_nb = models.TextField(_("summary (Norwegian)"), max_length=500, blank=True)
    summary_en = models.TextField(_("summary (English)"), max_length=500, blank=True)
    description_nb = models.TextField(_("description (Norwegian)"), max_length=10_000, blank=True)
    description_en = models.TextField(_("description (English)"), max_length=10_000, blank=True)
    description_nb_html = models.TextField(editable=False, blank=True)
    description_en_html = models.TextField(editable=False, blank=True)
    categories = models.ManyToManyField(
        ParkCategory, verbose_name=_("categories"), blank=True, related_name="parks"
    )
    category_note_nb = models.TextField(
        _("note on category (Norwegian)"), max_length=1000, blank=True
    )
    category_note_en = models.TextField(
        _("note on category (English)"), max_length=1000, blank=True
    )
    ownership = models.ForeignKey(
        OwnershipSetup,
        verbose_name=_("ownership set-up"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="parks",
    )
    themes = models.ManyToManyField(
        Theme, verbose_name=_("themes"), blank=True, related_name="parks"
    )
    focus_areas = models.ManyToManyField(
        FocusArea, through="ParkFocus", verbose_name=_("focus areas"), related_name="parks"
    )
    names_in_text = models.JSONField(_("other names"), default=list, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ParkQuerySet.as_manager()

    class Meta:
        verbose_name = _("park")
        verbose_name_plural = _("parks")
        ordering = ["name_nb"]

    def get_absolute_url(self) -> str:
        """The park's profile in the active language."""
        return reverse("parks:detail", args=[self.slug])


class ParkFocus(models.Model):
    """One marked cell of the matrix park × focus area."""

    class Status(models.TextChoices):
        """How far the park has come; the printed matrix has lost the difference."""

        REPORTED = "reported", _("reported")
        ACTIVE = "active", _("supported today")
        PLANNED = "planned", _("planned or under development")

    park = models.ForeignKey(Park, on_delete=models.CASCADE, related_name="focuses")
    area = models.ForeignKey(FocusArea, on_delete=models.CASCADE, related_name="focuses")
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.REPORTED
    )

    class Meta:
        verbose_name = _("focus of a park")
        verbose_name_plural = _("focuses of parks")
        constraints = [
            models.UniqueConstraint(fields=["park", "area"], name="parks_focus_unique")
        ]

    def __str__(self) -> str:
        return f"{self.park} · {self.area}"


class MaterialFlow(models.Model):
    """A material that goes into a park, comes out of it or is wasted there."""

    class Direction(models.TextChoices):
        """Which way the material goes."""

        IN = "in", _("in")
        OUT = "out", _("out")
        WASTE = "waste", _("waste")

    slug = models.SlugField(max_length=80, unique=True)
    park = models.ForeignKey(Park, on_delete=models.CASCADE, related_name="material_flows")
    name_nb = models.CharField(_("name (Norwegian)"), max_length=160)
    name_en = models.CharField(_("name (English)"), max_length=160, blank=True)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction.choices)
    quantity = models.DecimalField(
        _("quantity"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    note_nb = models.CharField(_("note (Norwegian)"), max_length=500, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("material flow")
        verbose_name_plural = _("material flows")
        ordering = ["park", "direction", "name_nb"]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_direction_display()})"

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return localised(self, "name")


class ParkStaff(models.Model):
    """Somebody who works for a park and speaks for it."""

    park = models.ForeignKey(Park, on_delete=models.CASCADE, related_name="staff")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="park_staff"
    )

    class Meta:
        verbose_name = _("park staff")
        verbose_name_plural = _("park staff")
        constraints = [
            models.UniqueConstraint(fields=["park", "user"], name="parks_staff_unique")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.park}"
