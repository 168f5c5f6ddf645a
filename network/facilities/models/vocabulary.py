"""The words that facilities are described with; editors keep them, the search knows them."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.parks.models import Term


class VocabularyTerm(Term):
    """A term with what else it is called, one synonym a line.

    A word that an import brought is not ``approved`` until an editor has looked at it: it is found
    and filtered by like any other, but not offered among the filters.
    """

    synonyms_nb = models.TextField(
        _("synonyms (Norwegian)"),
        max_length=2000,
        validators=[MaxLengthValidator(2000)],
        blank=True,
        help_text=_("One a line."),
    )
    synonyms_en = models.TextField(
        _("synonyms (English)"),
        max_length=2000,
        validators=[MaxLengthValidator(2000)],
        blank=True,
        help_text=_("One a line."),
    )

    approved = models.BooleanField(
        _("approved"),
        default=True,
        db_index=True,
        help_text=_("Approved terms are offered as filters and in forms."),
    )

    class Meta:
        abstract = True

    @property
    def forms(self) -> list[str]:
        """Everything the term is called, names first, in both languages, without repeats."""
        lines = [self.name_nb, self.name_en, *self.synonyms_nb.splitlines()]
        lines += self.synonyms_en.splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))


class Method(VocabularyTerm):
    """Something one can have done: a test, an analysis, a process."""

    class Meta:
        verbose_name = _("method")
        verbose_name_plural = _("methods")
        ordering = ["name_nb"]


class Material(VocabularyTerm):
    """What is tested or processed."""

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["name_nb"]


class Standard(VocabularyTerm):
    """A published standard; ``code`` as printed, "ISO 6892-1"."""

    code = models.CharField(_("code"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("standard")
        verbose_name_plural = _("standards")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    @property
    def forms(self) -> list[str]:
        """The code and everything the standard is called."""
        return [self.code, *super().forms]
