"""Forms of bookings and of a facility's hours."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from network.facilities.enquiries.forms import HourInput
from network.facilities.models import Facility, OpeningPeriod, Outcome
from network.facilities.models.booking import REASON_LENGTH


class CancelForm(forms.Form):
    """Why it does not happen."""

    reason = forms.CharField(
        label=_("Why? The other party reads it."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PeriodForm(forms.Form):
    """From when to when, in whole hours."""

    starts_at = forms.DateTimeField(label=_("From"), widget=HourInput())
    ends_at = forms.DateTimeField(label=_("To"), widget=HourInput())

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning, and both are on the hour."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        begin, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        for name, value in (("starts_at", begin), ("ends_at", end)):
            if isinstance(value, datetime) and (value.minute or value.second):
                self.add_error(name, _text("Give the time in whole hours."))
        if begin and end and end <= begin:
            self.add_error("ends_at", _text("The time must not end before it starts."))
        return cleaned


class BlackoutForm(PeriodForm):
    """When the facility is closed beside its opening hours."""

    reason = forms.CharField(
        label=_("Reason, seen by your own people only"), max_length=200, required=False
    )


class HoursForm(forms.Form):
    """Opening hours of each weekday, and what others see."""

    shows_free_busy = forms.BooleanField(
        label=_("Show others when the facility is free and busy"), required=False
    )

    def __init__(self, facility: Facility, *args: Any, **kwargs: Any) -> None:
        known = {period.weekday: period for period in facility.opening_periods.all()}
        super().__init__(*args, **kwargs)
        for weekday, name in OpeningPeriod.WEEKDAYS:
            period = known.get(weekday)
            for part, label in (("opens", _("opens")), ("closes", _("closes"))):
                self.fields[f"{part}_{weekday}"] = forms.TimeField(
                    label=f"{name}, {label}",
                    required=False,
                    initial=getattr(period, part, None),
                    widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                )

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Weekday and its two fields."""
        return [
            (name, self[f"opens_{weekday}"], self[f"closes_{weekday}"])
            for weekday, name in OpeningPeriod.WEEKDAYS
        ]

    def clean(self) -> dict[str, Any]:
        """Both or none, in order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for weekday, name in OpeningPeriod.WEEKDAYS:
            opens, closes = cleaned.get(f"opens_{weekday}"), cleaned.get(f"closes_{weekday}")
            if (opens is None) != (closes is None):
                raise ValidationError(
                    _text("%(day)s: say both when it opens and when it closes.") % {"day": name}
                )
            if opens is not None and closes is not None and closes <= opens:
                raise ValidationError(
                    _text("%(day)s: it must close after it opens.") % {"day": name}
                )
        return cleaned

    @property
    def periods(self) -> dict[int, tuple[time, time] | None]:
        """The hours by weekday; None where it is closed."""
        cleaned = self.cleaned_data
        return {
            weekday: (
                (cleaned[f"opens_{weekday}"], cleaned[f"closes_{weekday}"])
                if cleaned.get(f"opens_{weekday}")
                else None
            )
            for weekday, _name in OpeningPeriod.WEEKDAYS
        }


class OutcomeForm(forms.ModelForm[Outcome]):
    """How it went."""

    class Meta:
        model = Outcome
        fields: ClassVar[list[str]] = [
            *("done", "result", "again", "follow_on", "statement", "public"),
        ]
        widgets: ClassVar[dict[str, Any]] = {
            "done": forms.RadioSelect,
            "result": forms.Textarea(attrs={"rows": 4}),
            "again": forms.RadioSelect(
                choices=[("true", _("yes")), ("false", _("no")), ("", _("cannot say"))]
            ),
            "follow_on": forms.RadioSelect(choices=Outcome.FollowOn.choices),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "result": _("Read by the other party only."),
            "statement": _("For instance: “We found the weak weld in two days.”"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        done: Any = self.fields["done"]
        # Without the empty choice, which is no answer to this.
        done.choices = Outcome.Done.choices
