"""Forms of meetings: when and where, what was said, who was there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from network.forum.groups.names import name_of
from network.forum.models import GroupMembership, Meeting
from network.forum.models.group import AGENDA_LENGTH, MINUTES_LENGTH
from network.merged_forms import MergedForm

LONGEST: Final = timedelta(days=14)
EARLIEST: Final = timedelta(days=3 * 366)
LATEST: Final = timedelta(days=2 * 366)


class MomentInput(forms.DateTimeInput):
    """A day and an hour, chosen as the device likes best."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(attrs={"step": "300"}, format="%Y-%m-%dT%H:%M")


class _MeetingFields(forms.Form):
    """When and where, and what for."""

    title = forms.CharField(label=_("Title"), max_length=150)
    starts_at = forms.DateTimeField(label=_("Starts"), widget=MomentInput())
    ends_at = forms.DateTimeField(label=_("Ends"), widget=MomentInput())
    place = forms.CharField(
        label=_("Place"),
        help_text=_("So that somebody who has not been there finds it."),
        max_length=200,
        required=False,
    )
    link = forms.URLField(
        label=_("Link for joining online"),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    agenda = forms.CharField(
        label=_("Agenda"),
        help_text=_("Markdown: blank line for a new paragraph, 1. for a numbered list."),
        max_length=AGENDA_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_starts_at(self) -> datetime:
        """The moment in UTC, as it is stored."""
        moment: datetime = self.cleaned_data["starts_at"]
        now = timezone.now()
        if not now - EARLIEST < moment < now + LATEST:
            raise forms.ValidationError(_text("Check the year."))
        return moment.astimezone(UTC)

    def clean_ends_at(self) -> datetime:
        """The moment in UTC, as it is stored."""
        moment: datetime = self.cleaned_data["ends_at"]
        return moment.astimezone(UTC)

    def clean(self) -> dict[str, Any]:
        """It ends after it starts, and there is somewhere to come to."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        begin, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begin and end and end <= begin:
            self.add_error("ends_at", _text("A meeting ends after it has started."))
        elif begin and end and end - begin > LONGEST:
            self.add_error("ends_at", _text("A meeting lasts two weeks at most."))
        is_nowhere = not (cleaned.get("place") or cleaned.get("link"))
        if is_nowhere and not {"place", "link"} & self.errors.keys():
            self.add_error("place", _text("Say where it is, or give a link for joining online."))
        return cleaned


class NewMeetingForm(_MeetingFields):
    """A meeting that is called."""


class _MeetingMeta:
    model = Meeting
    fields: ClassVar[list[str]] = ["title", "starts_at", "ends_at", "place", "link", "agenda"]


class MeetingForm(_MeetingFields, MergedForm):
    """A meeting that is changed."""

    class Meta(_MeetingMeta):
        pass


class MinutesForm(MergedForm):
    """What was said and decided."""

    minutes = forms.CharField(
        label=_("Minutes"),
        help_text=_("Markdown: ## for a heading, - for a list, **bold** for what was decided."),
        max_length=MINUTES_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 20}),
    )

    class Meta:
        model = Meeting
        fields: ClassVar[list[str]] = ["minutes"]


class AttendanceForm(forms.Form):
    """Which members were there."""

    present = forms.TypedMultipleChoiceField(
        label=_("Who was there"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, members: Iterable[GroupMembership], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["present"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(each.user_id, name_of(each.user)) for each in members]
