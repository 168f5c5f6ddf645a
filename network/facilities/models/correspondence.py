"""What the parties of a request write and send each other, and the record of what happened."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.core.validators import FileExtensionValidator, MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.facilities.models.enquiry import TEXT_LENGTH, Enquiry
from network.facilities.models.parts import private_storage, validate_file_size
from network.facilities.models.request import FacilityRequest, Offer
from network.organisations.models import Organisation

ATTACHMENT_EXTENSIONS: Final = (
    *("pdf", "docx", "xlsx", "odt", "ods", "csv", "txt"),
    *("jpg", "jpeg", "png", "webp", "step", "stp", "dxf"),
)
MAX_ATTACHMENTS: Final = 10


def attachment_path(_: Attachment, filename: str) -> str:
    """A name that nobody can guess; the extension is kept since it tells the content type."""
    return f"enquiries/{uuid4().hex}{PurePosixPath(filename).suffix.lower()[:8]}"


class Message(models.Model):
    """Something one party wrote to the other. ``by_host`` says which."""

    class Kind(models.TextChoices):
        """What the message does."""

        PLAIN = "plain", _("message")
        QUESTION = "question", _("question")
        ANSWER = "answer", _("answer to the question")
        REFUSAL = "refusal", _("refusal")

    request = models.ForeignKey(FacilityRequest, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_host = models.BooleanField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PLAIN)
    text = models.TextField(
        _("message"), max_length=TEXT_LENGTH, validators=[MaxLengthValidator(TEXT_LENGTH)]
    )
    written_at = models.DateTimeField(auto_now_add=True)

    # Who uses what in the admin is no place for what is between two parties.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Attachment(models.Model):
    """A file of an enquiry, or of one message or offer in it; for the parties alone.

    ``request`` is empty for what belongs to the problem statement itself.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="attachments")
    request = models.ForeignKey(
        FacilityRequest,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="attachments",
    )
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.CASCADE, related_name="attachments"
    )
    offer = models.ForeignKey(
        Offer, null=True, blank=True, on_delete=models.CASCADE, related_name="attachments"
    )
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(
        _("file"),
        upload_to=attachment_path,
        storage=private_storage,
        validators=[FileExtensionValidator(ATTACHMENT_EXTENSIONS), validate_file_size],
    )
    size = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Step(models.Model):
    """One transition: what happened, when and through whom; ``by`` is empty for guests and jobs."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="steps")
    request = models.ForeignKey(
        FacilityRequest, null=True, blank=True, on_delete=models.CASCADE, related_name="steps"
    )
    what = models.CharField(max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.what


class AnswerTemplate(models.Model):
    """A text that an organisation's people often answer with."""

    class Kind(models.TextChoices):
        """Which answer it is for."""

        QUESTION = "question", _("question")
        OFFER = "offer", _("offer")
        REFUSAL = "refusal", _("refusal")
        MESSAGE = "message", _("message")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="answer_templates"
    )
    kind = models.CharField(_("for"), max_length=8, choices=Kind)
    title = models.CharField(_("name"), max_length=100)
    text = models.TextField(
        _("text"), max_length=TEXT_LENGTH, validators=[MaxLengthValidator(TEXT_LENGTH)]
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer template")
        verbose_name_plural = _("answer templates")
        ordering = ["kind", "title"]

    def __str__(self) -> str:
        return self.title
