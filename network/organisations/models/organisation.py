"""Organisations and the people who belong to them."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import RevisionMixin

from network.organisations.models.number import OrganisationNumberField
from network.organisations.querysets import OrganisationQuerySet
from network.parks.models import LATITUDE, LONGITUDE, Park, Source, Theme
from ui.model_fields import LimitedTextField
from ui.text import localised

INDUSTRY_CODE: Final = RegexValidator(
    r"^\d{2}(\.\d{1,3})?\Z", _("An industry code is two digits, a full stop and up to three more.")
)


class Organisation(RevisionMixin, ClusterableModel):
    """A company, institution, cluster or authority.

    ``parks`` are confirmed; ``likely_park`` is inferred from the place and shown as such. Links to
    parks, themes and sources are written when the organisation is saved, and kept in revisions.
    """

    class Kind(models.TextChoices):
        """What an organisation is."""

        COMPANY = "company", _("company")
        PARK_OPERATOR = "park-operator", _("park operator")
        SUPPLIER = "supplier", _("supplier")
        RD_INSTITUTION = "rd-institution", _("R&D institution")
        EDUCATION = "education", _("education")
        AUTHORITY = "authority", _("authority or agency")
        CLUSTER = "cluster", _("cluster")
        ASSOCIATION = "association", _("association or foundation")
        PROGRAMME = "programme", _("programme or initiative")
        OTHER_PARK = "other-park", _("park outside the network")

    class ChainPlace(models.TextChoices):
        """Where in the value chain an organisation stands."""

        RAW_MATERIAL = "raw-material", _("raw material")
        PROCESSING = "processing", _("processing")
        COMPONENTS = "components", _("components")
        EQUIPMENT = "equipment", _("equipment and machinery")
        END_PRODUCT = "end-product", _("end product")
        SERVICES = "services", _("services")
        KNOWLEDGE = "knowledge", _("research and knowledge")
        RECYCLING = "recycling", _("recycling")
        PUBLIC = "public", _("public sector")

    slug = models.SlugField(
        _("slug"), max_length=120, unique=True, help_text=_("Part of addresses; best left alone.")
    )
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(
        _("English name"), max_length=200, blank=True, help_text=_("Only if it differs.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.COMPANY)
    number = OrganisationNumberField(
        _("organisation number"),
        help_text=_("Nine digits, with or without spaces. Only for organisations in Norway."),
    )
    country = models.CharField(
        _("country"), max_length=2, default="NO", blank=True, help_text=_("Two letters, ISO 3166.")
    )
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    industry_code = models.CharField(
        _("industry code"), max_length=8, blank=True, validators=[INDUSTRY_CODE]
    )
    industry_code_version = models.CharField(
        _("version of the industry code"),
        max_length=10,
        blank=True,
        choices=[("SN2007", "SN2007"), ("SN2025", "SN2025")],
    )
    parks = ParentalManyToManyField(
        Park, verbose_name=_("parks"), blank=True, related_name="organisations"
    )
    likely_park = models.ForeignKey(
        Park,
        verbose_name=_("likely park"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="likely_organisations",
        help_text=_("Inferred from the place, not confirmed by the organisation."),
    )
    themes = ParentalManyToManyField(
        Theme, verbose_name=_("themes"), blank=True, related_name="organisations"
    )
    chain_place = models.CharField(
        _("place in the value chain"), max_length=20, choices=ChainPlace.choices, blank=True
    )
    summary_nb = LimitedTextField(_("summary (Norwegian)"), max_length=1000, blank=True)
    summary_en = LimitedTextField(_("summary (English)"), max_length=1000, blank=True)
    competences_nb = LimitedTextField(
        _("competences (Norwegian)"), max_length=2000, blank=True, help_text=_("One a line.")
    )
    competences_en = LimitedTextField(
        _("competences (English)"), max_length=2000, blank=True, help_text=_("One a line.")
    )
    web = models.URLField(_("web address"), blank=True)
    contact_role = models.CharField(
        _("contact point"),
        max_length=120,
        blank=True,
        help_text=_("A function rather than a person: it lasts longer."),
    )
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=30, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True, validators=LATITUDE)
    lon = models.FloatField(_("longitude"), null=True, blank=True, validators=LONGITUDE)
    note_nb = LimitedTextField(_("remarks (Norwegian)"), max_length=1000, blank=True)
    note_en = LimitedTextField(_("remarks (English)"), max_length=1000, blank=True)
    sources = ParentalManyToManyField(
        Source, verbose_name=_("sources"), blank=True, related_name="organisations"
    )
    published = models.BooleanField(
        _("published"), default=True, help_text=_("Only published ones are seen by visitors.")
    )
    sample = models.BooleanField(
        _("sample"), default=False, help_text=_("Made up as an example, and marked so.")
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        indexes = [
            models.Index(fields=["published", "name"], name="organisations_listing"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Check what spans fields."""
        super().clean()
        if self.industry_code and not self.industry_code_version:
            raise ValidationError(
                {"industry_code_version": _("Say which version the industry code is from.")}
            )
        if (self.lat is None) != (self.lon is None):
            missing = "lat" if self.lat is None else "lon"
            raise ValidationError({missing: _("A place needs both latitude and longitude.")})

    @property
    def title(self) -> str:
        """The name a reader of the active language knows it by."""
        reads_english = (get_language() or "").startswith("en")
        return (reads_english and self.name_en) or self.name

    @property
    def summary(self) -> str:
        """The summary in the reader's language."""
        return localised(self, "summary")

    @property
    def competences(self) -> str:
        """The competences in the reader's language, one a line."""
        return localised(self, "competences")

    def get_absolute_url(self) -> str:
        """The organisation's profile in the active language."""
        return reverse("organisations:detail", args=[self.slug])


class Membership(models.Model):
    """Somebody who belongs to an organisation, and whether they administer it."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    administrator = models.BooleanField(
        _("administrator"), default=False, help_text=_("May change what is said of it.")
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation__name", "user__email"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                name="organisations_member_unique",
                violation_error_message=_("This person already belongs to the organisation."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"
