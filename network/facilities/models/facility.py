"""A test facility and what belongs to it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin

from network.facilities.models.vocabulary import Material, Method, Standard
from network.facilities.querysets import FacilityQuerySet
from network.organisations.models import Organisation
from network.parks.models import LATITUDE, LONGITUDE, Park, Theme
from ui.text import localised

TRL = [MinValueValidator(1), MaxValueValidator(9)]


class Scale(models.TextChoices):
    """How big the work is."""

    LAB = "lab", _("laboratory")
    PILOT = "pilot", _("pilot")
    INDUSTRIAL = "industrial", _("industrial")


class Access(models.TextChoices):
    """Who can use the facility."""

    OPEN = "open", _("open to all")
    COLLABORATION = "collaboration", _("in collaboration")
    INTERNAL = "internal", _("internal, by agreement")


class Facility(RevisionMixin, models.Model):
    """Something in a park that can test, analyse or try out; ``lead_time_days`` are calendar days.

    ``description_*`` is Markdown, ``description_*_html`` what it renders to. ``confirmed_on`` is the
    day somebody last said that all of this is right.
    """

    slug = models.SlugField(_("slug"), max_length=140, unique=True)
    name_nb = models.CharField(_("name (Norwegian)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    summary_nb = models.TextField(_("summary (Norwegian)"), max_length=600)
    summary_en = models.TextField(_("summary (English)"), max_length=600, blank=True)
    description_nb = models.TextField(_("description (Norwegian)"), max_length=10_000, blank=True)
    description_en = models.TextField(_("description (English)"), max_length=10_000, blank=True)
    description_nb_html = models.TextField(editable=False, blank=True)
    description_en_html = models.TextField(editable=False, blank=True)

    park = models.ForeignKey(
        Park, verbose_name=_("park"), on_delete=models.PROTECT, related_name="facilities"
    )
    host = models.ForeignKey(
        Organisation,
        verbose_name=_("host organisation"),
        on_delete=models.PROTECT,
        related_name="facilities",
    )
    methods = models.ManyToManyField(
        Method, verbose_name=_("methods"), blank=True, related_name="facilities"
    )
    materials = models.ManyToManyField(
        Material, verbose_name=_("materials"), blank=True, related_name="facilities"
    )
    standards = models.ManyToManyField(
        Standard, verbose_name=_("standards"), blank=True, related_name="facilities"
    )
    themes = models.ManyToManyField(
        Theme, verbose_name=_("themes"), blank=True, related_name="facilities"
    )

    scale = models.CharField(_("scale"), max_length=12, choices=Scale.choices, default=Scale.LAB)
    trl_min = models.PositiveSmallIntegerField(_("TRL from"), null=True, blank=True, validators=TRL)
    trl_max = models.PositiveSmallIntegerField(_("TRL to"), null=True, blank=True, validators=TRL)
    access = models.CharField(
        _("access"), max_length=15, choices=Access.choices, default=Access.OPEN
    )
    lead_time_days = models.PositiveSmallIntegerField(
        _("lead time (days)"), null=True, blank=True, validators=[MaxValueValidator(730)]
    )
    safety_nb = models.TextField(_("safety (Norwegian)"), max_length=2000, blank=True)
    safety_en = models.TextField(_("safety (English)"), max_length=2000, blank=True)
    certificates_nb = models.TextField(
        _("certificates required (Norwegian)"), max_length=2000, blank=True
    )
    certificates_en = models.TextField(
        _("certificates required (English)"), max_length=2000, blank=True
    )

    place = models.CharField(_("place"), max_length=160, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True, validators=LATITUDE)
    lon = models.FloatField(_("longitude"), null=True, blank=True, validators=LONGITUDE)
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=30, blank=True)
    url = models.URLField(_("web address"), blank=True)
    confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)

    published = models.BooleanField(_("published"), default=True)
    sample = models.BooleanField(_("sample"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = FacilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("test facility")
        verbose_name_plural = _("test facilities")
        ordering = ["name_nb"]
        indexes = [
            models.Index(fields=["-created_at"], name="facilities_newest"),
            models.Index(fields=["published", "name_nb"], name="facilities_listing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(trl_min__isnull=True)
                | models.Q(trl_max__isnull=True)
                | models.Q(trl_min__lte=models.F("trl_max")),
                name="facilities_trl_order",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Check what spans fields."""
        super().clean()
        if self.trl_min and self.trl_max and self.trl_min > self.trl_max:
            raise ValidationError({"trl_max": _("The range must not end below where it starts.")})
        if (self.lat is None) != (self.lon is None):
            missing = "lat" if self.lat is None else "lon"
            raise ValidationError({missing: _("A place needs both latitude and longitude.")})

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return localised(self, "name")

    @property
    def summary(self) -> str:
        """The summary in the reader's language."""
        return localised(self, "summary")

    def get_absolute_url(self) -> str:
        """The facility's page in the active language."""
        return reverse("facilities:detail", args=[self.slug])


class Equipment(models.Model):
    """A machine or instrument of a facility: what it is, who made it, what range it covers."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="equipment")
    name_nb = models.CharField(_("name (Norwegian)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    make = models.CharField(_("make"), max_length=120, blank=True)
    range = models.CharField(_("range"), max_length=120, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    quantity = models.PositiveSmallIntegerField(_("number of them"), default=1)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("equipment")
        verbose_name_plural = _("equipment")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return localised(self, "name")


class PriceNote(models.Model):
    """What it costs for one type of user; a note, not an offer."""

    class UserType(models.TextChoices):
        """Who asks."""

        ALL = "all", _("everybody")
        SME = "sme", _("small and medium-sized companies")
        LARGE = "large", _("large companies")
        ACADEMIC = "academic", _("research and education")
        PARK_TENANT = "park-tenant", _("companies in the park")

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="prices")
    user_type = models.CharField(
        _("for"), max_length=12, choices=UserType.choices, default=UserType.ALL
    )
    note_nb = models.CharField(_("note (Norwegian)"), max_length=300)
    note_en = models.CharField(_("note (English)"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("price note")
        verbose_name_plural = _("price notes")
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "user_type"], name="facilities_price_per_user_type"
            )
        ]

    def __str__(self) -> str:
        return self.note

    @property
    def note(self) -> str:
        """The note in the reader's language."""
        return localised(self, "note")


class FacilityImage(models.Model):
    """A picture of a facility, from Wagtail's images."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="images")
    image = models.ForeignKey("wagtailimages.Image", on_delete=models.CASCADE, related_name="+")
    alt_nb = models.CharField(_("what it shows (Norwegian)"), max_length=200)
    alt_en = models.CharField(_("what it shows (English)"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.alt

    @property
    def alt(self) -> str:
        """The alternative text in the reader's language."""
        return localised(self, "alt")


class FacilityDocument(models.Model):
    """A file that tells more about a facility, to be read by anybody who may see it."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(
        _("file"),
        upload_to="facilities/",
        validators=[FileExtensionValidator(["pdf", "docx", "xlsx", "odt", "ods", "csv", "txt"])],
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
