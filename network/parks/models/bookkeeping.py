"""What was loaded from the data files, and which edition of the parks is the current one."""

from __future__ import annotations

from django.db import models


class LoadedRecord(models.Model):
    """The values that a record of the data files last had, by field.

    A field that still has the loaded value may follow the file; one that has another was changed by
    an editor and stays.
    """

    model = models.CharField(max_length=80)
    key = models.CharField(max_length=160)
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="parks_loaded_unique")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"


class EditionChange(models.Model):
    """A change that :class:`Edition` does not tell of yet; written with it, so it cannot be lost."""

    def __str__(self) -> str:
        return str(self.pk)


class Edition(models.Model):
    """One row that says when this room last changed, in nanoseconds; fragments are kept by it."""

    number = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="parks_one_edition")]

    def __str__(self) -> str:
        return str(self.number)
