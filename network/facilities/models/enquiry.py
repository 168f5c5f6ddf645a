"""An enquiry: one problem, asked of one or several facilities."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from network.organisations.models import Organisation

PROBLEM_LENGTH: Final = 6000
TEXT_LENGTH: Final = 3000


class EnquiryState(models.TextChoices):
    """Where an enquiry stands."""

    DRAFT = "draft", _("draft")
    UNVERIFIED = "unverified", _("waits for the e-mail address to be verified")
    SENT = "sent", _("sent")
    DECIDED = "decided", _("decided")
    CLOSED = "closed", _("closed without an agreement")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Confidentiality(models.TextChoices):
    """What a host sees before it has committed to confidentiality."""

    NORMAL = "normal", _("Normal: the host sees who asks")
    CONFIDENTIAL = (
        "confidential",
        _("Confidential: the host sees who asks, and the files, once it has promised silence"),
    )


class CompanySize(models.TextChoices):
    """How many people work where the question comes from."""

    MICRO = "micro", _("fewer than 10 people")
    SMALL = "small", _("10–49 people")
    MEDIUM = "medium", _("50–249 people")
    LARGE = "large", _("250 people or more")
    ACADEMIC = "academic", _("research or education")
    PUBLIC = "public", _("public body")


class Sector(models.TextChoices):
    """The trade that the question comes from."""

    METAL = "metal", _("metals and machinery")
    PROCESS = "process", _("process industry and chemistry")
    ENERGY = "energy", _("energy and batteries")
    OFFSHORE = "offshore", _("maritime and offshore")
    FOOD = "food", _("food and aquaculture")
    BUILDING = "building", _("building and wood")
    ELECTRONICS = "electronics", _("electronics and digital")
    OTHER = "other", _("something else")


# Django checks the length of a TextField in forms alone, so the limit is a validator as well.
class Enquiry(ConcurrentTransitionMixin, models.Model):
    """One problem statement; ``wanted_from`` and ``wanted_to`` say when the work should be done.

    Asked by ``asker``, or by a guest who is known by ``guest_email`` alone. ``respond_by`` is the
    last day on which hosts are asked to answer.
    """

    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who asks"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="enquiries",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("on behalf of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="enquiries",
    )
    guest_email = models.EmailField(_("e-mail address"), blank=True)
    guest_name = models.CharField(_("your name"), max_length=120, blank=True)
    guest_company = models.CharField(_("company"), max_length=160, blank=True)
    company_size = models.CharField(
        _("size of the company"), max_length=10, choices=CompanySize.choices, blank=True
    )
    sector = models.CharField(_("trade"), max_length=12, choices=Sector.choices, blank=True)
    language = models.CharField(max_length=5, default="nb", editable=False)

    title = models.CharField(_("in one line"), max_length=160)
    problem = models.TextField(
        _("what is the problem?"),
        max_length=PROBLEM_LENGTH,
        validators=[MaxLengthValidator(PROBLEM_LENGTH)],
    )
    wanted = models.TextField(
        _("what do you want to know?"),
        max_length=TEXT_LENGTH,
        validators=[MaxLengthValidator(TEXT_LENGTH)],
        blank=True,
    )
    material = models.CharField(_("material and quantity"), max_length=500, blank=True)
    wanted_from = models.DateField(_("earliest"), null=True, blank=True)
    wanted_to = models.DateField(_("latest"), null=True, blank=True)
    confidentiality = models.CharField(
        _("confidentiality"),
        max_length=12,
        choices=Confidentiality.choices,
        default=Confidentiality.NORMAL,
    )
    respond_by = models.DateField(_("answers wanted by"))

    state = FSMField(
        _("state"), max_length=12, choices=EnquiryState.choices, default=EnquiryState.DRAFT
    )
    sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Who uses what in the admin is no place for what is between two parties.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-changed_at"]
        indexes = [
            models.Index(fields=["asker", "-changed_at"], name="enquiries_of_asker"),
            models.Index(fields=["state", "changed_at"], name="enquiries_by_state"),
            models.Index(fields=["guest_email"], name="enquiries_of_guest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wanted_from__isnull=True)
                | models.Q(wanted_to__isnull=True)
                | models.Q(wanted_from__lte=models.F("wanted_to")),
                name="enquiries_wanted_order",
            )
        ]

    def __str__(self) -> str:
        # The title is for the parties; this may stand in a log.
        return f"#{self.pk}"

    def clean(self) -> None:
        """Check what spans fields."""
        super().clean()
        if self.wanted_from and self.wanted_to and self.wanted_from > self.wanted_to:
            raise ValidationError({"wanted_to": _("The period must not end before it starts.")})

    @property
    def is_confidential(self) -> bool:
        """Whether hosts see who asks only after a promise."""
        return self.confidentiality == Confidentiality.CONFIDENTIAL

    @property
    def is_open(self) -> bool:
        """Whether hosts may still answer."""
        return bool(self.state == EnquiryState.SENT)

    @transition(field=state, source=EnquiryState.DRAFT, target=EnquiryState.UNVERIFIED)
    def await_verification(self) -> None:
        """A guest has said where the link is to go."""

    @transition(
        field=state,
        source=[EnquiryState.DRAFT, EnquiryState.UNVERIFIED],
        target=EnquiryState.SENT,
    )
    def send(self) -> None:
        """It goes out to the chosen facilities."""

    @transition(field=state, source=EnquiryState.UNVERIFIED, target=EnquiryState.DRAFT)
    def take_back(self) -> None:
        """A guest goes on writing before the address was verified."""

    @transition(field=state, source=EnquiryState.SENT, target=EnquiryState.DECIDED)
    def decide(self) -> None:
        """One offer is accepted."""

    @transition(field=state, source=EnquiryState.SENT, target=EnquiryState.CLOSED)
    def close(self) -> None:
        """No offer suited."""

    @transition(field=state, source=EnquiryState.SENT, target=EnquiryState.WITHDRAWN)
    def withdraw(self) -> None:
        """The question is no longer asked."""
