"""The form with which somebody says that they do the same."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network.organisations.models import Organisation
from network.parks.models import Park
from pages.practice.models import Adoption
from pages.practice.permissions import organisations_spoken_for, parks_spoken_for


class AdoptionForm(forms.ModelForm[Adoption]):
    """How far one has come, and what came of it."""

    class Meta:
        model = Adoption
        fields = ("status", "since", "effect")
        widgets = {
            "status": forms.RadioSelect,
            "since": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "effect": forms.Textarea(attrs={"rows": 5}),
        }


class NewAdoptionForm(AdoptionForm):
    """The same, with the park or organisation that one speaks for."""

    who = forms.ChoiceField(label=_("For whom do you say so?"))
    field_order = ("who", "status", "since", "effect")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._parks = {f"park:{park.pk}": park for park in parks_spoken_for(person)}
        own = organisations_spoken_for(person).order_by("name")
        self._organisations = {f"organisation:{each.pk}": each for each in own}
        choices = [(key, park.name) for key, park in self._parks.items()]
        choices += [(key, each.title) for key, each in self._organisations.items()]
        field = self.fields["who"]
        field.choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them
        if len(choices) == 1:
            field.initial = choices[0][0]

    @property
    def park(self) -> Park | None:
        """The park that was chosen."""
        return self._parks.get(self.cleaned_data["who"])

    @property
    def organisation(self) -> Organisation | None:
        """The organisation that was chosen."""
        return self._organisations.get(self.cleaned_data["who"])
