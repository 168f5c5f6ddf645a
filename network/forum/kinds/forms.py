"""What a thread of a kind is asked beside its text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from network.forum.models import Need, PolicyMatter, ThreadKind

LATEST_DEADLINE: Final = timedelta(days=2 * 365)


class DayInput(forms.DateInput):
    """A day, chosen as the device likes best."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def choose_one(field: forms.Field, choices: type[TextChoices]) -> None:
    """Offer these choices and no empty one, which a model's field would have among its buttons."""
    assert isinstance(field, forms.TypedChoiceField)
    field.choices = [(value, capfirst(str(label))) for value, label in choices.choices]


class NeedForm(forms.ModelForm[Need]):
    """Who has what the other is to have, where and until when."""

    class Meta:
        model = Need
        fields: ClassVar[list[str]] = ["direction", "place", "deadline"]
        widgets: ClassVar[dict[str, Any]] = {
            "direction": forms.RadioSelect(choices=Need.Direction.choices),
            "deadline": DayInput(),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "place": _("A park or a municipality, where it matters."),
            "deadline": _("Left out, we ask you after three months whether it still holds."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_one(self.fields["direction"], Need.Direction)

    def clean_deadline(self) -> date | None:
        """A day to come; the one that stands already may have passed."""
        day: date | None = self.cleaned_data["deadline"]
        today = timezone.localdate()
        if day is None or day == self.initial.get("deadline"):
            return day
        if not today <= day <= today + LATEST_DEADLINE:
            raise ValidationError(_text("Choose a day within the next two years."))
        return day

    @property
    def values(self) -> Mapping[str, Any]:
        """What was filled in, once it is valid."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class PolicyForm(forms.ModelForm[PolicyMatter]):
    """Whom the parks will write to, as far as it is known when the matter is raised."""

    class Meta:
        model = PolicyMatter
        fields: ClassVar[list[str]] = ["addressee"]

    @property
    def values(self) -> Mapping[str, Any]:
        """What was filled in, once it is valid."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


KindForm = NeedForm | PolicyForm

FORMS: Final[Mapping[str, type[KindForm]]] = {
    ThreadKind.NEED: NeedForm,
    ThreadKind.POLICY: PolicyForm,
}


def form_for(kind: str, *args: Any, **kwargs: Any) -> KindForm | None:
    """The fields that a thread of this kind has beside its text, or None where it has none."""
    form = FORMS.get(kind)
    return form(*args, **kwargs) if form else None
