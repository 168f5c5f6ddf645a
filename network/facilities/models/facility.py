"""A test facility and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import RevisionMixin

from network.facilities.freshness.steps import is_due, shown_state
from network.facilities.models.freshness import Freshness, FreshnessStep
from network.facilities.models.vocabulary import Material, Method, Standard
from network.facilities.querysets import FacilityQuerySet
from network.organisations.models import Organisation
from network.parks.models import LATITUDE, LONGITUDE, Park, Theme
from ui.text import localised

# Slugs that would hide a facility behind another page of the catalogue.
RESERVED_SLUGS = frozenset(
    {
        *("sammenlign", "compare", "eksport", "export", "ny-fasilitet", "new-facility"),
        *("foreslatte-begreper", "suggested-terms", "a-bekrefte", "to-confirm"),
    }
)
# The site keeps these beside what people write.
FRESHNESS_FIELDS = ("freshness", "freshness_on", "asked_on")
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


# Django checks the length of a TextField in forms alone, so the limit is a validator as well.
class Facility(RevisionMixin, ClusterableModel):
    """Something in a park that can test, analyse or try out; ``lead_time_days`` are calendar days.

    ``description_*`` is Markdown, ``description_*_html`` what it renders to; the services keep the
    two together. ``confirmed_on`` is the day somebody last said that all of this is right,
    ``asked_on`` the day its owners were asked to say so again, and ``freshness_on`` the day on which
    it came to its step of ``freshness``. Those three are the site's own and no part of a revision.
    """

    slug = models.SlugField(_("slug"), max_length=140, unique=True)
    name_nb = models.CharField(_("name (Norwegian)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    summary_nb = models.TextField(
        _("summary (Norwegian)"), max_length=600, validators=[MaxLengthValidator(600)]
    )
    summary_en = models.TextField(
        _("summary (English)"), max_length=600, validators=[MaxLengthValidator(600)], blank=True
    )
    description_nb = models.TextField(
        _("description (Norwegian)"),
        max_length=10_000,
        validators=[MaxLengthValidator(10_000)],
        blank=True,
    )
    description_en = models.TextField(
        _("description (English)"),
        max_length=10_000,
        validators=[MaxLengthValidator(10_000)],
        blank=True,
    )
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
    methods = ParentalManyToManyField(
        Method, verbose_name=_("methods"), blank=True, related_name="facilities"
    )
    materials = ParentalManyToManyField(
        Material, verbose_name=_("materials"), blank=True, related_name="facilities"
    )
    standards = ParentalManyToManyField(
        Standard, verbose_name=_("standards"), blank=True, related_name="facilities"
    )
    themes = ParentalManyToManyField(
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
    safety_nb = models.TextField(
        _("safety (Norwegian)"), max_length=2000, validators=[MaxLengthValidator(2000)], blank=True
    )
    safety_en = models.TextField(
        _("safety (English)"), max_length=2000, validators=[MaxLengthValidator(2000)], blank=True
    )
    certificates_nb = models.TextField(
        _("certificates required (Norwegian)"),
        max_length=2000,
        validators=[MaxLengthValidator(2000)],
        blank=True,
    )
    certificates_en = models.TextField(
        _("certificates required (English)"),
        max_length=2000,
        validators=[MaxLengthValidator(2000)],
        blank=True,
    )

    place = models.CharField(_("place"), max_length=160, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True, validators=LATITUDE)
    lon = models.FloatField(_("longitude"), null=True, blank=True, validators=LONGITUDE)
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=30, blank=True)
    url = models.URLField(_("web address"), blank=True)
    confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)

    freshness = models.CharField(
        max_length=8,
        choices=FreshnessStep.choices,
        default=FreshnessStep.FRESH,
        editable=False,
        serialize=False,
    )
    freshness_on = models.DateField(null=True, editable=False, serialize=False)
    asked_on = models.DateField(null=True, editable=False, serialize=False)

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
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("This slug is the address of another page.")})
        if self.trl_min and self.trl_max and self.trl_min > self.trl_max:
            raise ValidationError({"trl_max": _("The range must not end below where it starts.")})
        if (self.lat is None) != (self.lon is None):
            missing = "lat" if self.lat is None else "lon"
            raise ValidationError({missing: _("A place needs both latitude and longitude.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; what has been confirmed is shown again at once, whoever and whatever said so."""
        fields: Iterable[str] | None = kwargs.get("update_fields")
        if fields is None or "confirmed_on" in fields:
            self._forget_the_round()
            if fields is not None:
                kwargs["update_fields"] = {*fields, *FRESHNESS_FIELDS}
        super().save(*args, **kwargs)

    def _forget_the_round(self) -> None:
        if not is_due(self.confirmed_on, timezone.localdate()):
            self.freshness, self.freshness_on, self.asked_on = FreshnessStep.FRESH, None, None

    def with_content_json(self, content: Mapping[str, Any]) -> Facility:
        """A facility as a revision has it, at the step that it is at now."""
        restored: Facility = super().with_content_json(content)
        for name in FRESHNESS_FIELDS:
            setattr(restored, name, getattr(self, name))
        return restored

    @property
    def is_public(self) -> bool:
        """Whether anybody may see it, as :meth:`FacilityQuerySet.public` says of many."""
        return self.published and self.freshness != FreshnessStep.HIDDEN

    @property
    def freshness_state(self) -> Freshness:
        """What readers are told of how well it is looked after."""
        return shown_state(self.freshness, self.confirmed_on, self.created_at)

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return localised(self, "name")

    @property
    def summary(self) -> str:
        """The summary in the reader's language."""
        return localised(self, "summary")

    @property
    def shown_host(self) -> Organisation | None:
        """The host as far as everybody may know of it: nobody while it is not published."""
        return self.host if self.host.published else None

    def get_absolute_url(self) -> str:
        """The facility's page in the active language."""
        return reverse("facilities:detail", args=[self.slug])
