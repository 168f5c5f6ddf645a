"""Figures that are given for organisations, with their sources."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.organisations.models.organisation import Organisation
from network.parks.models import Figure, Park, Source
from ui.text import localised


class OrganisationFigure(Figure):
    """A figure about one organisation."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="figures",
    )

    class Meta:
        verbose_name = _("figure of an organisation")
        verbose_name_plural = _("figures of organisations")
        ordering = ["label_nb"]


class PointSource(models.Model):
    """A named place where an organisation emits CO₂; ``tonnes`` as printed, ``year`` null if not.

    The sources name a place, not a park: ``likely_park`` is inferred from it.
    """

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name_nb = models.CharField(_("name (Norwegian)"), max_length=160)
    name_en = models.CharField(_("name (English)"), max_length=160, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="point_sources",
    )
    place = models.CharField(_("place"), max_length=80)
    likely_park = models.ForeignKey(
        Park,
        verbose_name=_("likely park"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="point_sources",
    )
    tonnes = models.PositiveIntegerField(_("tonnes of CO₂"))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("point source")
        verbose_name_plural = _("point sources")
        ordering = ["-tonnes"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return localised(self, "name")
