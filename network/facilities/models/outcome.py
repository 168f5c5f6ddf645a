"""What came of it: how the work went, and how soon a facility tends to answer."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.facilities.models.booking import Booking
from network.facilities.models.enquiry import TEXT_LENGTH
from network.facilities.models.facility import Facility


class Outcome(models.Model):
    """How one side says that it went. ``statement`` may be shown to others if it is ``public``."""

    class Done(models.TextChoices):
        """Whether the work was what was agreed."""

        AS_AGREED = "agreed", _("done as agreed")
        PARTLY = "partly", _("partly done")
        NOT = "not", _("not done")

    class FollowOn(models.TextChoices):
        """What it led to."""

        NOTHING = "nothing", _("nothing more for now")
        RESEARCH = "research", _("joint research and development")
        PURCHASE = "purchase", _("a purchase")
        COURSE = "course", _("a course")
        MORE = "more", _("more testing")

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="outcomes")
    by_host = models.BooleanField()
    done = models.CharField(_("how did it go?"), max_length=6, choices=Done)
    result = models.TextField(
        _("what came out of it?"),
        max_length=TEXT_LENGTH,
        validators=[MaxLengthValidator(TEXT_LENGTH)],
        blank=True,
    )
    again = models.BooleanField(_("would you do it again with each other?"), null=True, blank=True)
    statement = models.CharField(_("in one sentence, for others"), max_length=280, blank=True)
    public = models.BooleanField(_("the sentence may be shown to others"), default=False)
    follow_on = models.CharField(
        _("what did it lead to?"), max_length=8, choices=FollowOn, default=FollowOn.NOTHING
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "by_host"], name="outcomes_once_a_side")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ResponseTime(models.Model):
    """The median time to the first answer over the last twelve months, in hours."""

    facility = models.OneToOneField(
        Facility, on_delete=models.CASCADE, related_name="response_time"
    )
    answers = models.PositiveIntegerField()
    median_hours = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("response time")
        verbose_name_plural = _("response times")

    def __str__(self) -> str:
        return f"{self.median_hours} h"
