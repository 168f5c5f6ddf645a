"""Forms of a facility's equipment and prices: rows that are saved together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.facilities.editing import EQUIPMENT_FIELDS, PRICE_FIELDS
from network.facilities.editing_forms import LABELS
from network.facilities.models import Equipment, PriceNote

MOST_EQUIPMENT: Final = 60
MORE_ROWS: Final = 3


class EquipmentForm(forms.ModelForm[Equipment]):
    """A machine or instrument."""

    class Meta:
        model = Equipment
        fields = EQUIPMENT_FIELDS
        labels: ClassVar[dict[str, Any]] = {
            "name_nb": LABELS["name_nb"],
            "name_en": LABELS["name_en"],
            "make": gettext_lazy("Make"),
            "range": gettext_lazy("Range"),
            "unit": gettext_lazy("Unit"),
            "quantity": gettext_lazy("Number of them"),
        }


class PriceForm(forms.ModelForm[PriceNote]):
    """What it costs for one type of user."""

    class Meta:
        model = PriceNote
        fields = PRICE_FIELDS
        labels: ClassVar[dict[str, Any]] = {
            "user_type": gettext_lazy("For whom"),
            "note_nb": gettext_lazy("Note in Norwegian"),
            "note_en": gettext_lazy("Note in English"),
        }


class Rows(BaseFormSet[Any]):
    """Rows that are saved together; what is empty or to be deleted is left out."""

    def values(self) -> list[dict[str, Any]]:
        """The rows to keep, in their order."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
            for form in self.forms
            if form.has_changed() and not form.cleaned_data.get("DELETE")
        ]


def written_rows(data: QueryDict, formset: type[BaseFormSet[Any]]) -> BaseFormSet[Any]:
    """The formset over what was posted, in which an emptied row counts as none."""
    prefix = formset.get_default_prefix()
    plain = data.copy()
    plain[f"{prefix}-INITIAL_FORMS"] = "0"
    return formset(plain)


def rows_with_room(
    rows: Sequence[Mapping[str, Any]], formset: type[BaseFormSet[Any]], more: int = 1
) -> BaseFormSet[Any]:
    """The formset over ``rows``, not judged, with ``more`` empty ones after them."""
    made = formset(initial=list(rows))
    made.extra = more
    return made


def raw_rows(data: QueryDict, formset: type[BaseFormSet[Any]]) -> list[dict[str, Any]]:
    """What was posted, row by row, as it was written; empty rows are left out."""
    prefix, names = formset.get_default_prefix(), list(formset.form.base_fields)
    numbers = range(formset.absolute_max)
    rows = [{name: data.get(f"{prefix}-{i}-{name}", "") for name in names} for i in numbers]
    blank = {name: str(formset.form.base_fields[name].initial or "") for name in names}
    return [row for row in rows if any(row.values()) and row != blank]


class PriceRows(Rows):
    """One note for each type of user."""

    def clean(self) -> None:
        """No type of user may have two notes."""
        if any(self.errors):
            return
        users = [row["user_type"] for row in self.values()]
        if len(set(users)) < len(users):
            raise ValidationError(_("Write one note for each type of user."))


EquipmentRows = formset_factory(
    EquipmentForm, formset=Rows, extra=1, can_delete=True, max_num=MOST_EQUIPMENT,
    absolute_max=MOST_EQUIPMENT, validate_max=True,
)  # fmt: skip
PriceNoteRows = formset_factory(
    PriceForm, formset=PriceRows, extra=1, can_delete=True, max_num=len(PriceNote.UserType),
    absolute_max=len(PriceNote.UserType) + MORE_ROWS, validate_max=True,
)  # fmt: skip
