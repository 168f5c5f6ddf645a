"""What becomes of an enquiry at one facility: the request, and what its host offers."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from network.facilities.models.enquiry import TEXT_LENGTH, Enquiry
from network.facilities.models.facility import Facility
from network.organisations.models import Organisation

MAX_PRICE: Final = Decimal("99999999.99")


class RequestState(models.TextChoices):
    """Where an enquiry stands with one facility."""

    CHOSEN = "chosen", _("chosen, not sent yet")
    SENT = "sent", _("waits for an answer")
    QUESTION = "question", _("the host has asked something")
    ANSWERED = "answered", _("the question is answered")
    OFFERED = "offered", _("offer made")
    REFUSED = "refused", _("refused")
    EXPIRED = "expired", _("expired")
    ACCEPTED = "accepted", _("offer accepted")
    DECLINED = "declined", _("another offer was chosen")
    WITHDRAWN = "withdrawn", _("withdrawn by who asked")


WAITS_FOR_HOST: Final = (RequestState.SENT, RequestState.ANSWERED)
WAITS_FOR_ASKER: Final = (RequestState.QUESTION, RequestState.OFFERED)
ANSWERABLE: Final = (
    *(RequestState.SENT, RequestState.QUESTION, RequestState.ANSWERED),
    *(RequestState.OFFERED, RequestState.EXPIRED),
)
# What is still open when somebody else's offer is accepted.
UNDECIDED: Final = ANSWERABLE


class RefusalReason(models.TextChoices):
    """Why a host says no."""

    CAPACITY = "capacity", _("no capacity in the period")
    METHOD = "method", _("we do not do this kind of work")
    MATERIAL = "material", _("not with this material or size")
    SAFETY = "safety", _("safety or permits do not allow it")
    CONFLICT = "conflict", _("conflict of interest")
    OTHER = "other", _("another reason")


class FacilityRequest(ConcurrentTransitionMixin, models.Model):
    """An enquiry as one facility has it. ``host`` answered for the facility when it was sent.

    ``first_answer_at`` is when the host first asked, offered or refused. ``promised_at`` is when it
    promised confidentiality. ``staff_invited`` lets the staff of the facility's park read along.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="requests")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="requests")
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="requests")
    state = FSMField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.CHOSEN
    )
    respond_by = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    first_answer_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    promised_at = models.DateTimeField(null=True, blank=True)
    promised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    refusal_reason = models.CharField(
        _("reason"), max_length=10, choices=RefusalReason.choices, blank=True
    )
    staff_invited = models.BooleanField(default=False)

    # Who uses what in the admin is no place for what is between two parties.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("request to a facility")
        verbose_name_plural = _("requests to facilities")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["host", "state", "respond_by"], name="requests_of_host"),
            models.Index(fields=["host", "-id"], name="requests_newest_of_host"),
            models.Index(fields=["state", "respond_by"], name="requests_by_due_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "facility"], name="requests_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.enquiry_id}.{self.pk}"

    @property
    def shows_asker(self) -> bool:
        """Whether the host may see who asks, and what could tell it."""
        return self.promised_at is not None or not self.enquiry.is_confidential

    @property
    def is_answerable(self) -> bool:
        """Whether the host may still ask, offer or refuse."""
        return self.state in ANSWERABLE and self.enquiry.is_open

    @transition(field=state, source=RequestState.CHOSEN, target=RequestState.SENT)
    def send(self) -> None:
        """It reaches the host."""

    @transition(
        field=state,
        source=[RequestState.SENT, RequestState.ANSWERED, RequestState.QUESTION],
        target=RequestState.QUESTION,
    )
    def ask(self) -> None:
        """The host needs to know more."""

    @transition(field=state, source=RequestState.QUESTION, target=RequestState.ANSWERED)
    def answer(self) -> None:
        """Who asked has told more."""

    @transition(field=state, source=list(ANSWERABLE), target=RequestState.OFFERED)
    def offer(self) -> None:
        """The host says what it would cost, and when."""

    @transition(field=state, source=list(ANSWERABLE), target=RequestState.REFUSED)
    def refuse(self) -> None:
        """The host says no, and why."""

    @transition(
        field=state,
        source=[RequestState.SENT, RequestState.ANSWERED, RequestState.OFFERED],
        target=RequestState.EXPIRED,
    )
    def expire(self) -> None:
        """The offer has lapsed, or no answer came."""

    @transition(field=state, source=RequestState.OFFERED, target=RequestState.ACCEPTED)
    def accept(self) -> None:
        """The offer is taken."""

    @transition(field=state, source=list(UNDECIDED), target=RequestState.DECLINED)
    def decline(self) -> None:
        """Another offer was taken, or none."""

    @transition(field=state, source=list(UNDECIDED), target=RequestState.WITHDRAWN)
    def withdraw(self) -> None:
        """Who asked takes the question back."""


class OfferState(models.TextChoices):
    """Whether an offer can be accepted."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    REPLACED = "replaced", _("replaced by a newer offer")
    CLOSED = "closed", _("no longer open")


class Offer(models.Model):
    """A price in kroner without VAT, and a time; ``starts_at`` to ``ends_at`` are whole hours.

    ``valid_until`` is the last day on which it can be accepted.
    """

    class Per(models.TextChoices):
        """What the price is for."""

        JOB = "job", _("for the whole job")
        HOUR = "hour", _("an hour")
        DAY = "day", _("a day")

    request = models.ForeignKey(FacilityRequest, on_delete=models.CASCADE, related_name="offers")
    price = models.DecimalField(
        _("price in NOK, without VAT"),
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(MAX_PRICE)],
    )
    price_per = models.CharField(_("the price is"), max_length=4, choices=Per, default=Per.JOB)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    valid_until = models.DateField(_("the offer stands until"))
    conditions = models.TextField(
        _("what is done, and on what conditions"),
        max_length=TEXT_LENGTH,
        validators=[MaxLengthValidator(TEXT_LENGTH)],
    )
    state = models.CharField(max_length=8, choices=OfferState, default=OfferState.OPEN)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "valid_until"], name="offers_by_validity")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="offers_time_order"
            ),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="offers_price_positive"),
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(state="open"), name="offers_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
