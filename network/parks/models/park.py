"""Parks and what belongs to them."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import RevisionMixin

from network.parks.models.evidence import Source
from network.parks.models.vocabulary import (
    ONE_A_LINE,
    FocusArea,
    OwnershipSetup,
    ParkCategory,
    Term,
    Theme,
    lines,
)
from network.parks.querysets import ParkQuerySet
from ui import markdown
from ui.model_fields import LimitedTextField
from ui.text import localised

LATITUDE = [MinValueValidator(-90.0), MaxValueValidator(90.0)]
LONGITUDE = [MinValueValidator(-180.0), MaxValueValidator(180.0)]

# The pages that stand beside the profiles, in both languages.
RESERVED_SLUGS: Final = frozenset({"fokusomrader", "focus-areas", "temaer", "themes"})


class Park(RevisionMixin, ClusterableModel, Term):  # type: ignore[django-manager-missing]  # managers of rooms that see this one
    """An industrial park; ``lat`` and ``lon`` are degrees (WGS 84), known to ``precision_km``.

    ``description_*`` is Markdown, ``description_*_html`` what it renders to. Revisions hold the
    focus areas, themes and categories, too; those are written when the park is saved.
    """

    short_name = models.CharField(
        _("short name"), max_length=60, blank=True, help_text=_("For tables and maps.")
    )
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    county = models.CharField(_("county"), max_length=80, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True, validators=LATITUDE)
    lon = models.FloatField(_("longitude"), null=True, blank=True, validators=LONGITUDE)
    precision_km = models.PositiveSmallIntegerField(
        _("precision (km)"),
        null=True,
        blank=True,
        help_text=_("How far off the position may be. Empty when it is exact."),
    )
    place_is_inferred = models.BooleanField(
        _("place is general knowledge"),
        default=False,
        help_text=_("The place and web address are not from the sources, nor from the park."),
    )
    web = models.URLField(_("web address"), blank=True)
    summary_nb = LimitedTextField(_("summary (Norwegian)"), max_length=500, blank=True)
    summary_en = LimitedTextField(_("summary (English)"), max_length=500, blank=True)
    description_nb = LimitedTextField(
        _("description (Norwegian)"), max_length=10_000, blank=True, help_text=_("Markdown.")
    )
    description_en = LimitedTextField(
        _("description (English)"), max_length=10_000, blank=True, help_text=_("Markdown.")
    )
    description_nb_html = models.TextField(editable=False, blank=True)
    description_en_html = models.TextField(editable=False, blank=True)
    categories = ParentalManyToManyField(
        ParkCategory, verbose_name=_("categories"), blank=True, related_name="parks"
    )
    category_note_nb = LimitedTextField(
        _("note on category (Norwegian)"), max_length=1000, blank=True
    )
    category_note_en = LimitedTextField(
        _("note on category (English)"), max_length=1000, blank=True
    )
    ownership = models.ForeignKey(
        OwnershipSetup,
        verbose_name=_("ownership set-up"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="parks",
        help_text=_("Empty when it is not stated."),
    )
    themes = models.ManyToManyField(
        Theme, through="ParkTheme", verbose_name=_("themes"), related_name="parks"
    )
    focus_areas = models.ManyToManyField(
        FocusArea, through="ParkFocus", verbose_name=_("focus areas"), related_name="parks"
    )
    other_names = LimitedTextField(
        _("other names"), max_length=1000, blank=True, help_text=ONE_A_LINE
    )
    note_nb = LimitedTextField(_("remarks (Norwegian)"), max_length=1000, blank=True)
    note_en = LimitedTextField(_("remarks (English)"), max_length=1000, blank=True)
    sources = ParentalManyToManyField(
        Source, verbose_name=_("sources"), blank=True, related_name="parks"
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = ParkQuerySet.as_manager()

    class Meta:
        verbose_name = _("park")
        verbose_name_plural = _("parks")
        ordering = ["name_nb"]

    def clean(self) -> None:
        """Check what spans fields, and that the address leads to the park."""
        super().clean()
        if (self.lat is None) != (self.lon is None):
            missing = "lat" if self.lat is None else "lon"
            raise ValidationError({missing: _("A place needs both latitude and longitude.")})
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("Another page has this address.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Render the description before it is stored."""
        self.description_nb_html = markdown.render(self.description_nb)
        self.description_en_html = markdown.render(self.description_en)
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        """The name where space is short."""
        return self.short_name or self.name

    @property
    def names(self) -> list[str]:
        """What else the park is called, without its own name."""
        return [name for name in lines(self.other_names) if name != self.name_nb]

    @property
    def summary(self) -> str:
        """The summary in the reader's language."""
        return localised(self, "summary")

    @property
    def place(self) -> str:
        """Municipality and county in one."""
        return ", ".join(filter(None, (self.municipality, self.county)))

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

    park = ParentalKey(Park, on_delete=models.CASCADE, related_name="focuses")
    area = models.ForeignKey(
        FocusArea, verbose_name=_("focus area"), on_delete=models.CASCADE, related_name="focuses"
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.REPORTED
    )

    class Meta:
        verbose_name = _("focus of a park")
        verbose_name_plural = _("focuses of parks")
        ordering = ["area__position"]
        constraints = [models.UniqueConstraint(fields=["park", "area"], name="parks_focus_unique")]

    def __str__(self) -> str:
        return f"{self.park} · {self.area}"


class ParkTheme(models.Model):
    """A theme that a park works with, and how that is known."""

    park = ParentalKey(Park, on_delete=models.CASCADE, related_name="park_themes")
    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), on_delete=models.CASCADE, related_name="park_themes"
    )
    basis_nb = models.CharField(_("how it is known (Norwegian)"), max_length=300, blank=True)
    basis_en = models.CharField(_("how it is known (English)"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("theme of a park")
        verbose_name_plural = _("themes of parks")
        ordering = ["theme__name_nb"]
        constraints = [models.UniqueConstraint(fields=["park", "theme"], name="parks_theme_unique")]

    def __str__(self) -> str:
        return f"{self.park} · {self.theme}"


class MaterialFlow(models.Model):
    """A material that goes into a park, comes out of it or is wasted there."""

    class Direction(models.TextChoices):
        """Which way the material goes."""

        IN = "in", _("in")
        OUT = "out", _("out")
        WASTE = "waste", _("waste")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    park = models.ForeignKey(
        Park, verbose_name=_("park"), on_delete=models.CASCADE, related_name="material_flows"
    )
    name_nb = models.CharField(_("name (Norwegian)"), max_length=160)
    name_en = models.CharField(_("name (English)"), max_length=160, blank=True)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction.choices)
    quantity = models.DecimalField(
        _("quantity"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Empty when it is not stated."),
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

    def clean(self) -> None:
        """A quantity needs a unit."""
        super().clean()
        if self.quantity is not None and not self.unit:
            raise ValidationError({"unit": _("Say what the quantity is counted in.")})


class ParkStaff(models.Model):
    """Somebody who works for a park and speaks for it."""

    park = models.ForeignKey(
        Park, verbose_name=_("park"), on_delete=models.CASCADE, related_name="staff"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="park_staff",
    )

    class Meta:
        verbose_name = _("park staff")
        verbose_name_plural = _("park staff")
        ordering = ["park__name_nb", "user__email"]
        constraints = [
            models.UniqueConstraint(
                fields=["park", "user"],
                name="parks_staff_unique",
                violation_error_message=_("This person is already staff of the park."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.park}"
