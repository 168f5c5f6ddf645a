"""A facility's time: when it is open, when it is taken, and for what."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from network.facilities.models.facility import Facility
from network.facilities.models.request import FacilityRequest, Offer

REASON_LENGTH: Final = 1000


class BookingState(models.TextChoices):
    """Where a booking stands."""

    TENTATIVE = "tentative", _("not confirmed yet")
    CONFIRMED = "confirmed", _("confirmed")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


class Booking(ConcurrentTransitionMixin, models.Model):
    """A facility's time for one accepted offer; ``sequence`` grows with each change of it.

    A new time is proposed by one side (``proposed_*``) and takes effect when the other agrees.
    """

    request = models.OneToOneField(
        FacilityRequest, on_delete=models.CASCADE, related_name="booking"
    )
    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="booking")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="bookings")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    state = FSMField(max_length=10, choices=BookingState.choices, default=BookingState.TENTATIVE)
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    cancel_reason = models.TextField(
        _("reason"),
        max_length=REASON_LENGTH,
        validators=[MaxLengthValidator(REASON_LENGTH)],
        blank=True,
    )
    cancelled_by_host = models.BooleanField(null=True)
    proposed_starts_at = models.DateTimeField(null=True, blank=True)
    proposed_ends_at = models.DateTimeField(null=True, blank=True)
    proposed_by_host = models.BooleanField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    # Who uses what in the admin is no place for what is between two parties.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["starts_at"]
        indexes = [
            models.Index(fields=["facility", "starts_at"], name="bookings_of_facility"),
            models.Index(fields=["state", "ends_at"], name="bookings_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="bookings_time_order"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_active(self) -> bool:
        """Whether it holds its time."""
        return self.state in {BookingState.TENTATIVE, BookingState.CONFIRMED}

    @transition(field=state, source=BookingState.TENTATIVE, target=BookingState.CONFIRMED)
    def confirm(self) -> None:
        """The host has set the time aside."""

    @transition(field=state, source=BookingState.CONFIRMED, target=BookingState.DONE)
    def finish(self) -> None:
        """The work was done."""

    @transition(
        field=state,
        source=[BookingState.TENTATIVE, BookingState.CONFIRMED],
        target=BookingState.CANCELLED,
    )
    def cancel(self) -> None:
        """It does not happen."""


class Blackout(models.Model):
    """A time in which a facility takes no bookings; ``reason`` is for its own people."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="blackouts")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    reason = models.CharField(_("reason, seen by your own people only"), max_length=200, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("blackout period")
        verbose_name_plural = _("blackout periods")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="blackouts_time_order"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class TakenHour(models.Model):
    """One hour of a facility that a booking or a blackout holds.

    The constraint is what makes an overlap impossible, on every database alike.
    """

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="taken_hours")
    hour = models.DateTimeField()
    booking = models.ForeignKey(
        Booking, null=True, blank=True, on_delete=models.CASCADE, related_name="hours"
    )
    blackout = models.ForeignKey(
        Blackout, null=True, blank=True, on_delete=models.CASCADE, related_name="hours"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("taken hour")
        verbose_name_plural = _("taken hours")
        constraints = [
            models.UniqueConstraint(fields=["facility", "hour"], name="taken_hours_once"),
        ]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H}"


class OpeningPeriod(models.Model):
    """When a facility is open on a weekday (Monday is 0), in local time."""

    WEEKDAYS: Final = [
        (0, _("Monday")),
        (1, _("Tuesday")),
        (2, _("Wednesday")),
        (3, _("Thursday")),
        (4, _("Friday")),
        (5, _("Saturday")),
        (6, _("Sunday")),
    ]

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="opening_periods")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=WEEKDAYS)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("opening period")
        verbose_name_plural = _("opening periods")
        ordering = ["weekday", "opens"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "weekday"], name="opening_once_a_weekday"),
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")), name="opening_order"
            ),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="opening_weekday"),
        ]

    def __str__(self) -> str:
        # Norwegian writes the days of the week small, but for the beginning of a line.
        return f"{WEEKDAYS[self.weekday]} {self.opens:%H:%M}–{self.closes:%H:%M}"


class CalendarSettings(models.Model):
    """What others see of a facility's calendar: nothing, or when it is free and busy."""

    facility = models.OneToOneField(
        Facility, on_delete=models.CASCADE, related_name="calendar_settings"
    )
    shows_free_busy = models.BooleanField(
        _("show others when the facility is free and busy"), default=False
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("calendar settings")
        verbose_name_plural = _("calendar settings")

    def __str__(self) -> str:
        return f"#{self.facility_id}"


class CalendarFeed(models.Model):
    """A private address from which a person's calendar program fetches bookings.

    Without ``facility`` it holds all bookings of the person. Only a digest of the key is kept.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    facility = models.ForeignKey(
        Facility, null=True, blank=True, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        constraints = [
            models.UniqueConstraint(fields=["user", "facility"], name="feeds_once_a_facility"),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(facility=None), name="feeds_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
