"""What belongs to a facility: equipment, prices, pictures and documents."""

from __future__ import annotations

from pathlib import PurePosixPath
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.core.validators import FileExtensionValidator
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from network.facilities.models.facility import Facility
from ui.text import localised

DOCUMENT_EXTENSIONS = ["pdf", "docx", "xlsx", "odt", "ods", "csv", "txt"]


def private_storage() -> Storage:
    """Where uploads lie that only a permission-checked view hands out."""
    return storages["private"]


def upload_path(_: FacilityDocument, filename: str) -> str:
    """A name that nobody can guess; the extension is kept since it tells the content type."""
    return f"facilities/{uuid4().hex}{PurePosixPath(filename).suffix.lower()}"


def validate_file_size(file: File[bytes]) -> None:
    """Raise ValidationError for a file larger than ``MAX_UPLOAD_BYTES``."""
    if file.size > settings.MAX_UPLOAD_BYTES:
        raise ValidationError(
            _("The file is larger than %(limit)s."),
            params={"limit": filesizeformat(settings.MAX_UPLOAD_BYTES)},
        )


class Equipment(models.Model):
    """A machine or instrument of a facility: what it is, who made it, what range it covers."""

    facility = ParentalKey(Facility, on_delete=models.CASCADE, related_name="equipment")
    name_nb = models.CharField(_("name (Norwegian)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    make = models.CharField(_("make"), max_length=120, blank=True)
    range = models.CharField(_("range"), max_length=120, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    quantity = models.PositiveSmallIntegerField(_("number of them"), default=1)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    sort_order_field = "position"

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

    facility = ParentalKey(Facility, on_delete=models.CASCADE, related_name="prices")
    user_type = models.CharField(
        _("for"), max_length=12, choices=UserType.choices, default=UserType.ALL
    )
    note_nb = models.CharField(_("note (Norwegian)"), max_length=300)
    note_en = models.CharField(_("note (English)"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    sort_order_field = "position"

    class Meta:
        verbose_name = _("price note")
        verbose_name_plural = _("price notes")
        ordering = ["position", "pk"]
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

    facility = ParentalKey(Facility, on_delete=models.CASCADE, related_name="images")
    image = models.ForeignKey("wagtailimages.Image", on_delete=models.CASCADE, related_name="+")
    alt_nb = models.CharField(_("what it shows (Norwegian)"), max_length=200)
    alt_en = models.CharField(_("what it shows (English)"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    sort_order_field = "position"

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

    facility = ParentalKey(Facility, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(
        _("file"),
        upload_to=upload_path,
        storage=private_storage,
        validators=[FileExtensionValidator(DOCUMENT_EXTENSIONS), validate_file_size],
    )
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    sort_order_field = "position"

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
