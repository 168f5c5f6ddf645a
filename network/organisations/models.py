"""Organisations and the people who belong to them."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.no import orgnr
from wagtail.models import RevisionMixin

from network.organisations.querysets import OrganisationQuerySet
from network.parks.models import LATITUDE, LONGITUDE, Park
from ui.text import localised


def validate_organisation_number(value: str) -> None:
    """Raise ValidationError unless ``value`` is nine digits with the right check digit."""
    try:
        orgnr.validate(value)
    except NumberError as error:
        raise ValidationError(
            _(
                "This is not a Norwegian organisation number: nine digits, the last one a check digit."
            )
        ) from error


class Organisation(RevisionMixin, models.Model):
    """A company, institution, cluster or authority."""

    class Kind(models.TextChoices):
        """What an organisation is."""

        COMPANY = "company", _("company")
        PARK_OPERATOR = "park-operator", _("park operator")
        SUPPLIER = "supplier", _("supplier")
        RD_INSTITUTION = "rd-institution", _("R&D institution")
        EDUCATION = "education", _("education")
        AUTHORITY = "authority", _("authority")
        CLUSTER = "cluster", _("cluster")
        ASSOCIATION = "association", _("association")

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

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.COMPANY)
    number = models.CharField(
        _("organisation number"),
        max_length=9,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_organisation_number],
    )
    country = models.CharField(_("country"), max_length=2, default="NO", blank=True)
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    industry_code = models.CharField(_("industry code"), max_length=8, blank=True)
    industry_code_version = models.CharField(
        _("version of the industry code"),
        max_length=10,
        blank=True,
        choices=[("SN2007", "SN2007"), ("SN2025", "SN2025")],
    )
    parks = models.ManyToManyField(
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
    chain_place = models.CharField(
        _("place in the value chain"), max_length=20, choices=ChainPlace.choices, blank=True
    )
    summary_nb = models.TextField(_("summary (Norwegian)"), max_length=1000, blank=True)
    summary_en = models.TextField(_("summary (English)"), max_length=1000, blank=True)
    competences_nb = models.TextField(_("competences (Norwegian)"), max_length=2000, blank=True)
    competences_en = models.TextField(_("competences (English)"), max_length=2000, blank=True)
    web = models.URLField(_("web address"), blank=True)
    contact_role = models.CharField(_("contact point"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=30, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True, validators=LATITUDE)
    lon = models.FloatField(_("longitude"), null=True, blank=True, validators=LONGITUDE)
    published = models.BooleanField(_("published"), default=True)
    sample = models.BooleanField(_("sample"), default=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Store the number without spaces, and no number as NULL so that it can be unique."""
        super().clean()
        self.number = orgnr.compact(self.number) if self.number else None
        if self.industry_code and not self.industry_code_version:
            raise ValidationError(
                {"industry_code_version": _("Say which version the industry code is from.")}
            )

    @property
    def summary(self) -> str:
        """The summary in the reader's language."""
        return localised(self, "summary")

    @property
    def competences(self) -> str:
        """The competences in the reader's language."""
        return localised(self, "competences")

    def get_absolute_url(self) -> str:
        """The organisation's profile in the active language."""
        return reverse("organisations:detail", args=[self.slug])


class Membership(models.Model):
    """Somebody who belongs to an organisation, and whether they administer it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    administrator = models.BooleanField(_("administrator"), default=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], name="organisations_member_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"
