"""Where what is said about parks comes from, and the figures that are given for them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.parks.models.vocabulary import Theme
from ui.text import localised


class Source(models.Model):
    """A publication that something here is taken from."""

    class Kind(models.TextChoices):
        """Whether it was read itself or is cited by one that was."""

        DOCUMENT = "document", _("document")
        REFERENCE = "reference", _("cited reference")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title_nb = models.CharField(_("title (Norwegian)"), max_length=255)
    title_en = models.CharField(_("title (English)"), max_length=255, blank=True)
    description_nb = models.CharField(_("description (Norwegian)"), max_length=500, blank=True)
    description_en = models.CharField(_("description (English)"), max_length=500, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    url = models.URLField(_("web address"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["kind", "title_nb"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return localised(self, "title")


class Figure(models.Model):
    """A number with its unit, what it covers and where it stands; ``year`` null when not given.

    A range has ``value`` as its lower and ``value_max`` as its upper end.
    """

    class Qualifier(models.TextChoices):
        """How exact the number is."""

        EXACT = "", _("exact")
        ABOUT = "about", _("about")
        MORE_THAN = "more-than", _("more than")
        RANGE = "range", _("range")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    label_nb = models.CharField(_("label (Norwegian)"), max_length=200)
    label_en = models.CharField(_("label (English)"), max_length=200, blank=True)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2)
    value_max = models.DecimalField(
        _("upper end"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    qualifier = models.CharField(
        _("qualifier"), max_length=10, choices=Qualifier.choices, blank=True
    )
    is_target = models.BooleanField(_("a target"), default=False)
    scope_nb = models.CharField(_("covers (Norwegian)"), max_length=160, blank=True)
    scope_en = models.CharField(_("covers (English)"), max_length=160, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    note_nb = models.CharField(_("note (Norwegian)"), max_length=500, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=500, blank=True)
    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="+"
    )
    cited = models.ForeignKey(
        Source,
        verbose_name=_("cited by the source"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What is counted, in the reader's language."""
        return localised(self, "label")


class KeyFigure(Figure):
    """A figure about the parks or about what they are part of."""

    theme = models.ForeignKey(
        Theme,
        verbose_name=_("theme"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="figures",
    )
    parks = models.ManyToManyField(
        "parks.Park", verbose_name=_("parks"), blank=True, related_name="figures"
    )

    class Meta:
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")
        ordering = ["label_nb"]
