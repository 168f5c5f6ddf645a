"""What people choose about notifications."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.choosing import Wish, preferences_of, wishes_of
from activity.kinds import Timing
from activity.models import Preferences
from activity.models.choices import Weekday

HOURS: Final = range(24)
CLOCK: Final = [(hour, f"{hour:02}:00") for hour in HOURS]
NONE: Final = ""


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """The two fields of a kind."""

    label: str
    timing: BoundField
    on_site: BoundField


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """The kinds under one heading."""

    label: str
    rows: tuple[ChoiceRow, ...]


def _hour(*, optional: bool = False, **options: Any) -> forms.TypedChoiceField:
    first: list[tuple[Any, Any]] = [(NONE, _("no quiet hours"))] if optional else []
    return forms.TypedChoiceField(
        choices=[*first, *CLOCK], coerce=int, empty_value=None, required=not optional, **options
    )


class ChoicesForm(forms.Form):
    """How one is told of each kind, and at which hours."""

    digest_hour = _hour(label=_("Time of the summaries"))
    digest_weekday = forms.TypedChoiceField(
        choices=Weekday, coerce=int, label=_("Day of the weekly summary")
    )
    quiet_from = _hour(optional=True, label=_("No e-mail from"))
    quiet_until = _hour(optional=True, label=_("until"))

    def __init__(self, user: User, data: Any = None) -> None:
        preferences = preferences_of(user)
        initial = {
            "digest_hour": preferences.digest_hour,
            "digest_weekday": preferences.digest_weekday,
            "quiet_from": _hour_of(preferences.quiet_from),
            "quiet_until": _hour_of(preferences.quiet_until),
        }
        super().__init__(data, initial=initial)
        self._wishes = wishes_of(user)
        self._user = user
        for wish in self._wishes:
            self.fields[f"timing-{wish.kind.name}"] = forms.ChoiceField(
                choices=Timing.choices, initial=wish.timing, label=_("By e-mail")
            )
            self.fields[f"site-{wish.kind.name}"] = forms.BooleanField(
                required=False, initial=wish.on_site, label=_("On the site")
            )

    def clean(self) -> dict[str, Any]:
        """Quiet hours have a beginning and an end, or neither. Raises ValidationError."""
        cleaned: dict[str, Any] = super().clean() or {}
        ends = [cleaned.get("quiet_from"), cleaned.get("quiet_until")]
        if "quiet_until" in cleaned and ends.count(None) == 1:
            self.add_error(
                "quiet_until", ValidationError(_("Choose both when it begins and when it ends."))
            )
        return cleaned

    @property
    def groups(self) -> Iterator[ChoiceGroup]:
        """The kinds under their headings."""
        rows: dict[str, list[ChoiceRow]] = {}
        for wish in self._wishes:
            name = wish.kind.name
            row = ChoiceRow(str(wish.kind.label), self[f"timing-{name}"], self[f"site-{name}"])
            rows.setdefault(str(wish.kind.group), []).append(row)
        for label, found in rows.items():
            yield ChoiceGroup(label, tuple(found))

    @property
    def wishes(self) -> list[Wish]:
        """What was chosen for each kind; the form must be valid."""
        return [
            Wish(
                wish.kind,
                Timing(self.cleaned_data[f"timing-{wish.kind.name}"]),
                self.cleaned_data[f"site-{wish.kind.name}"],
            )
            for wish in self._wishes
        ]

    @property
    def preferences(self) -> Preferences:
        """The hours that were chosen; the form must be valid."""
        preferences = preferences_of(self._user)
        preferences.digest_hour = self.cleaned_data["digest_hour"]
        preferences.digest_weekday = self.cleaned_data["digest_weekday"]
        preferences.quiet_from = _time_of(self.cleaned_data["quiet_from"])
        preferences.quiet_until = _time_of(self.cleaned_data["quiet_until"])
        return preferences


def _hour_of(moment: time | None) -> int | str:
    return NONE if moment is None else moment.hour


def _time_of(hour: int | None) -> time | None:
    return None if hour is None else time(hour)
