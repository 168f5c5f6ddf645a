"""What readers and time make of an article, the same for all its languages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.organisations.models import Organisation
from network.parks.models import Park
from pages.practice.querysets import AdoptionQuerySet
from ui.model_fields import LimitedTextField


class Article(models.Model):
    """A page and its translations as one thing.

    ``page`` is the Norwegian version, or else the one there is: the search's entry and what is
    followed have its number. ``asked_on`` is set while its people are asked whether it is still
    right, ``confirmed_on`` is the last day on which they said so, or on which it was published.
    """

    translation_key = models.UUIDField(unique=True, editable=False)
    page = models.OneToOneField(
        "pages.PracticePage",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="article",
    )
    confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)
    asked_on = models.DateField(_("asked since"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __str__(self) -> str:
        return f"{self.page or self.translation_key}"


class Useful(models.Model):
    """Somebody found an article useful."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="useful")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="useful_articles"
    )
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("useful to somebody")
        verbose_name_plural = _("useful to somebody")
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="pages_useful_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Status(models.TextChoices):
    """How far those who adopt a practice have come."""

    CONSIDERING = "considering", _("considering it")
    TRYING = "trying", _("trying it out")
    ADOPTED = "adopted", _("have adopted it")
    STOPPED = "stopped", _("have stopped")


class Adoption(models.Model):
    """A park or an organisation that does the same, and what came of it there."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="adoptions")
    park = models.ForeignKey(
        Park,
        verbose_name=_("park"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="adoptions",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="adoptions",
    )
    status = models.CharField(
        _("how far you have come"),
        max_length=12,
        choices=Status.choices,
        default=Status.CONSIDERING,
    )
    effect = LimitedTextField(
        _("what came of it"),
        max_length=2_000,
        blank=True,
        help_text=_("What others should know: effect, cost, what you did otherwise."),
    )
    since = models.DateField(_("since"), null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AdoptionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(park__isnull=True) ^ models.Q(organisation__isnull=True),
                name="pages_adoption_by_one",
            ),
            models.UniqueConstraint(fields=["article", "park"], name="pages_adoption_park_once"),
            models.UniqueConstraint(
                fields=["article", "organisation"], name="pages_adoption_organisation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def clean(self) -> None:
        """Nobody has adopted anything in the future."""
        super().clean()
        if self.since and self.since > timezone.localdate():
            raise ValidationError({"since": _("This day is yet to come.")})

    @property
    def by(self) -> Any:
        """The park or organisation."""
        return self.park or self.organisation
