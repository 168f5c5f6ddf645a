"""What staff fill in to take a policy matter further."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from network.forum.kinds.forms import DayInput, choose_one
from network.forum.kinds.services.matters import digest, writable
from network.forum.models import ParkStand, PolicyMatter
from network.forum.models.group import FILE_EXTENSIONS
from network.forum.models.policy import OUTCOME_LENGTH
from network.parks.models import Park

ACCEPTED: Final = ",".join(f".{extension}" for extension in FILE_EXTENSIONS)


def capitalise(form: forms.BaseForm) -> None:
    """Labels that are names of fields elsewhere begin with a capital, as those of model forms do."""
    for field in form.fields.values():
        field.label = capfirst(str(field.label))


def _past_day(day: date | None) -> date | None:
    if day is not None and day > timezone.localdate():
        raise ValidationError(_text("Choose today or a day that has passed."))
    return day


class NoteForm(forms.Form):
    """A step that needs nothing but a word on why."""

    note = forms.CharField(
        label=_("note"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For those who read the discussion. It is never public."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        capitalise(self)

    @property
    def values(self) -> Mapping[str, Any]:
        """What the step is taken with."""
        return self.cleaned_data


class SubmitForm(NoteForm):
    """When it was sent to whom it concerns."""

    submitted_on = forms.DateField(label=_("submitted on"), required=False, widget=DayInput())
    field_order = ("submitted_on", "note")

    def clean_submitted_on(self) -> date | None:
        """No day to come; left out, today."""
        return _past_day(self.cleaned_data["submitted_on"])


class ConcludeForm(NoteForm):
    """What came of it."""

    outcome_nb = forms.CharField(
        label=_("outcome (Norwegian)"),
        max_length=OUTCOME_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What was decided, by whom, and what it means for the parks."),
    )
    outcome_en = forms.CharField(
        label=_("outcome (English)"),
        max_length=OUTCOME_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    concluded_on = forms.DateField(label=_("concluded on"), required=False, widget=DayInput())
    field_order = ("outcome_nb", "outcome_en", "concluded_on", "note")

    def clean_concluded_on(self) -> date | None:
        """No day to come; left out, today."""
        return _past_day(self.cleaned_data["concluded_on"])


STEP_FORMS: Final[Mapping[str, type[NoteForm]]] = {
    "discuss": NoteForm,
    "agree": NoteForm,
    "reconsider": NoteForm,
    "submit": SubmitForm,
    "conclude": ConcludeForm,
}


class PositionForm(forms.ModelForm[PolicyMatter]):
    """What the parks say; of what is agreed only its English can still be written.

    ``seen`` tells which text was opened, so that nobody writes over somebody else's unread.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    class Meta:
        model = PolicyMatter
        fields: ClassVar[list[str]] = ["title_en", "addressee", "position_nb", "position_en"]
        widgets: ClassVar[dict[str, Any]] = {
            "position_nb": forms.Textarea(attrs={"rows": 12}),
            "position_en": forms.Textarea(attrs={"rows": 8}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "position_nb": _("What the parks want changed, and why. Public once it is submitted."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.Meta.fields) - set(writable(self.instance)):
            del self.fields[name]
        self.initial["seen"] = digest(self.instance)

    def show_against(self, standing: PolicyMatter) -> None:
        """Keep what was typed, to be saved over ``standing`` the next time it is sent."""
        data = QueryDict(mutable=True)
        data.update({**self.data, "seen": digest(standing)})
        self.data = data

    @property
    def values(self) -> Mapping[str, str]:
        """What was written, by field."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "seen"}


class StandForm(forms.ModelForm[ParkStand]):
    """Where one of the reader's parks stands."""

    class Meta:
        model = ParkStand
        fields: ClassVar[list[str]] = ["park", "stance", "comment"]
        widgets: ClassVar[dict[str, Any]] = {
            "stance": forms.RadioSelect(choices=ParkStand.Stance.choices),
            "comment": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "comment": _("Public together with the stand once the matter is submitted."),
        }

    def __init__(self, parks: frozenset[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_one(self.fields["stance"], ParkStand.Stance)
        field = self.fields["park"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Park.objects.filter(pk__in=parks).order_by("name_nb")
        if len(parks) == 1:
            field.initial = next(iter(parks))
            field.empty_label = None


class DocumentForm(forms.Form):
    """A letter that was sent, an answer that came."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        validators=[FileExtensionValidator(FILE_EXTENSIONS)],
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    name = forms.CharField(
        label=_("name"),
        max_length=200,
        required=False,
        help_text=_("As it should stand in the list, such as: Letter to the ministry."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        capitalise(self)

    def clean_file(self) -> Any:
        """Not larger than uploads may be."""
        file = self.cleaned_data["file"]
        if file.size > settings.MAX_UPLOAD_BYTES:
            raise ValidationError(
                _text("The file is larger than %(limit)s.")
                % {"limit": filesizeformat(settings.MAX_UPLOAD_BYTES)}
            )
        return file
