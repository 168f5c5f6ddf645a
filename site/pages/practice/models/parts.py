"""What an article consists of beside its texts: figures, people, organisations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin

from network.organisations.models import Organisation


class PracticeEffect(TranslatableMixin, Orderable):
    """One indicator before and after; ``before`` is empty where there was nothing to compare with."""

    page = ParentalKey("pages.PracticePage", on_delete=models.CASCADE, related_name="effects")
    indicator = models.CharField(
        _("indicator"), max_length=120, help_text=_("What was measured, e.g. “Energy per tonne”.")
    )
    before = models.DecimalField(
        _("before"), max_digits=16, decimal_places=3, null=True, blank=True
    )
    after = models.DecimalField(_("after"), max_digits=16, decimal_places=3)
    unit = models.CharField(
        _("unit"), max_length=40, blank=True, help_text=_("kWh, tonnes a year, per cent, hours …")
    )
    period = models.CharField(
        _("period"), max_length=80, blank=True, help_text=_("E.g. “2023 compared with 2025”.")
    )
    measured = models.CharField(
        _("how it was measured"),
        max_length=200,
        blank=True,
        help_text=_("Meter, invoice, sampling, estimate … Others judge the figure by it."),
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("indicator"),
        FieldRowPanel([FieldPanel("before"), FieldPanel("after"), FieldPanel("unit")]),
        FieldRowPanel([FieldPanel("period"), FieldPanel("measured")]),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("effect in numbers")
        verbose_name_plural = _("effects in numbers")

    def __str__(self) -> str:
        return self.indicator

    @property
    def change_percent(self) -> Decimal | None:
        """By how much it changed, in per cent of what it was; None where that says nothing."""
        if not self.before or self.before < 0:
            return None
        return (self.after - self.before) * 100 / self.before


class PracticePerson(Orderable):
    """Somebody who wrote the article or can be asked about it.

    ``user`` is found by ``email`` when the page is saved, so that nobody has to be listed to be
    chosen; credits that come from elsewhere keep theirs.
    """

    class Part(models.TextChoices):
        """What somebody has to do with the article."""

        AUTHOR = "author", _("wrote it")
        CONTACT = "contact", _("can be asked")
        BOTH = "both", _("wrote it and can be asked")

    page = ParentalKey("pages.PracticePage", on_delete=models.CASCADE, related_name="people")
    part = models.CharField(_("part"), max_length=8, choices=Part.choices, default=Part.BOTH)
    name = models.CharField(_("name"), max_length=120)
    affiliation = models.CharField(
        _("where from"), max_length=160, blank=True, help_text=_("Role and organisation.")
    )
    email = models.EmailField(
        _("e-mail"),
        blank=True,
        help_text=_(
            "Shown for those who can be asked. Whoever has an account with this address is told"
            " when somebody adopts the practice, and asked now and then whether it is still right."
        ),
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("part")]),
        FieldPanel("affiliation"),
        FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("person of an article")
        verbose_name_plural = _("people of articles")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Whoever can be asked can be reached."""
        super().clean()
        if self.part != self.Part.AUTHOR and not (self.email or self.phone or self.user_id):
            raise ValidationError({"email": _("Say how this person can be reached.")})

    @property
    def is_author(self) -> bool:
        """Whether the article is by this person."""
        return self.part != self.Part.CONTACT

    @property
    def is_contact(self) -> bool:
        """Whether this person can be asked."""
        return self.part != self.Part.AUTHOR


class PracticeOrganisation(Orderable):
    """An organisation that had a part in it."""

    page = ParentalKey(
        "pages.PracticePage", on_delete=models.CASCADE, related_name="organisation_links"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="practice_links",
    )

    panels: ClassVar[list[Any]] = [FieldPanel("organisation")]

    class Meta(Orderable.Meta):
        verbose_name = _("organisation of an article")
        verbose_name_plural = _("organisations of articles")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "organisation"],
                name="pages_practice_organisation_once",
                violation_error_message=_("This organisation is named already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"
