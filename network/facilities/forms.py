"""Forms of the admin: a facility, and a table of many."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from network.facilities.models import Facility
from network.facilities.models.parts import validate_file_size
from network.facilities.permissions import can_place_facility
from network.facilities.services import render_descriptions

TERM_FIELDS: Final = frozenset({"methods", "materials", "standards"})
TABLE_EXTENSIONS: Final = ("csv", "xlsx")


class TermPicker(forms.CheckboxSelectMultiple):
    """Many terms to tick, those chosen first, narrowed by typing any of their names."""

    template_name = "facilities/admin/term_picker.html"

    def optgroups(
        self, name: str, value: list[str], attrs: dict[str, Any] | None = None
    ) -> list[Any]:
        """The options with what they are found by, chosen ones first."""
        groups = super().optgroups(name, value, attrs)
        for _group, options, _index in groups:
            for option in options:
                term = getattr(option["value"], "instance", None)
                option["words"] = (
                    " ".join(getattr(term, "forms", ())).lower() or str(option["label"]).lower()
                )
        return sorted(groups, key=lambda group: not group[1][0]["selected"])

    class Media:
        css = {"all": ["facilities/term-picker.css"]}
        js = ["facilities/term-picker.js"]


class FacilityForm(WagtailAdminModelForm):
    """What editors write; Markdown is rendered when it is saved.

    Of the words that nobody has looked at, only those that the facility has already are offered.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TERM_FIELDS & self.fields.keys():
            field = self.fields[name]
            chosen = [term.pk for term in getattr(self.instance, name).all()]
            field.queryset = field.queryset.filter(Q(approved=True) | Q(pk__in=chosen))

    def clean(self) -> dict[str, Any]:
        """Nobody puts a facility where they have no say."""
        cleaned: dict[str, Any] = super().clean()
        park, host = cleaned.get("park"), cleaned.get("host")
        if self.for_user is None or park is None or host is None:
            return cleaned
        if not can_place_facility(self.for_user, park_id=park.pk, host_id=host.pk):
            raise ValidationError(
                _("Choose a park that you work for, or an organisation that you administer.")
            )
        return cleaned

    def save(self, commit: bool = True) -> Facility:  # noqa: FBT001, FBT002 - Django's signature
        """Save with the descriptions rendered."""
        render_descriptions(self.instance)
        facility: Facility = super().save(commit=commit)
        return facility


class ImportForm(forms.Form):
    """A table to take in."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX with the columns below. Nothing is changed before you confirm."),
        validators=[FileExtensionValidator(TABLE_EXTENSIONS), validate_file_size],
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
