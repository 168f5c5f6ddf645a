"""The form with which an organisation's own people say what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.merged_forms import MergedForm
from network.organisations.models import Organisation

SUMMARY_LENGTH: Final = 1000
COMPETENCES_LENGTH: Final = 2000


@dataclass(frozen=True, slots=True)
class Section:
    """Some of a form's fields under a heading; pairs stand side by side."""

    id: str
    title: str
    rows: tuple[tuple[BoundField, ...], ...]
    lead: str = ""


def _text(label: Any, rows: int, length: int, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=length, widget=widget, required=False, **more)


class ProfileForm(MergedForm):
    """Everything of the profile that its own people decide."""

    summary_nb = _text(gettext_lazy("Summary in Norwegian"), 5, SUMMARY_LENGTH)
    summary_en = _text(gettext_lazy("Summary in English"), 5, SUMMARY_LENGTH)
    competences_nb = _text(
        gettext_lazy("Competences in Norwegian"),
        6,
        COMPETENCES_LENGTH,
        help_text=gettext_lazy("One a line."),
    )
    competences_en = _text(
        gettext_lazy("Competences in English"),
        6,
        COMPETENCES_LENGTH,
        help_text=gettext_lazy("One a line."),
    )
    web = forms.URLField(
        label=gettext_lazy("Web address"),
        assume_scheme="https",
        max_length=200,
        required=False,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    class Meta:
        model = Organisation
        fields: ClassVar[list[str]] = [
            "name", "name_en", "kind", "summary_nb", "summary_en", "competences_nb",
            "competences_en", "number", "industry_code", "industry_code_version", "chain_place",
            "themes", "municipality", "country", "lat", "lon", "web", "contact_role",
            "contact_email", "contact_phone",
        ]  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "name": gettext_lazy("Name"),
            "name_en": gettext_lazy("Name in English"),
            "kind": gettext_lazy("Kind"),
            "number": gettext_lazy("Organisation number"),
            "industry_code": gettext_lazy("Industry code"),
            "industry_code_version": gettext_lazy("Version of the industry code"),
            "chain_place": gettext_lazy("Place in the value chain"),
            "themes": gettext_lazy("Themes"),
            "municipality": gettext_lazy("Municipality"),
            "country": gettext_lazy("Country"),
            "lat": gettext_lazy("Latitude"),
            "lon": gettext_lazy("Longitude"),
            "contact_role": gettext_lazy("Contact point"),
            "contact_email": gettext_lazy("Contact e-mail"),
            "contact_phone": gettext_lazy("Contact phone"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "industry_code": gettext_lazy("For instance 24.100."),
            "country": gettext_lazy("Two letters: NO for Norway."),
            "lat": gettext_lazy("Degrees north, for instance 66.3128."),
            "lon": gettext_lazy("Degrees east, for instance 14.1428."),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "themes": forms.CheckboxSelectMultiple,
            "number": forms.TextInput(attrs={"inputmode": "numeric"}),
            "lat": forms.TextInput(attrs={"inputmode": "decimal"}),
            "lon": forms.TextInput(attrs={"inputmode": "decimal"}),
            "contact_phone": forms.TextInput(attrs={"type": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lat", "lon"):
            # A comma from a Norwegian keyboard is as good as a point.
            self.fields[name].localize = self.fields[name].widget.is_localized = True

    def clean_country(self) -> str:
        """The code in capitals."""
        return str(self.cleaned_data["country"]).upper()

    def clean_number(self) -> str | None:
        """The number, which no other organisation may have."""
        number: str | None = self.cleaned_data["number"] or None
        taken = Organisation.objects.filter(number=number).exclude(pk=self.instance.pk)
        if number and taken.exists():
            raise ValidationError(_("Another organisation has this number."))
        return number

    @property
    def sections(self) -> list[Section]:
        """The fields as the page groups them."""
        return [
            self._section("navn", _("Name and kind"), ("name", "name_en"), ("kind",)),
            self._section(
                "tekst",
                _("What it does"),
                ("summary_nb", "summary_en"),
                ("competences_nb", "competences_en"),
            ),
            self._section(
                "fakta",
                _("Facts"),
                ("number",),
                ("industry_code", "industry_code_version"),
                ("chain_place",),
                ("themes",),
            ),
            self._section(
                "sted",
                _("Place"),
                ("municipality", "country"),
                ("lat", "lon"),
                lead=_(
                    "The place on the map is given in degrees. In most map services, a right click "
                    "or a long press on the place shows them. Leave both empty to be shown at your "
                    "park."
                ),
            ),
            self._section(
                "kontakt",
                _("Contact"),
                ("web",),
                ("contact_role",),
                ("contact_email", "contact_phone"),
                lead=_("All of this is public. A function lasts longer than a person."),
            ),
        ]

    def _section(self, section: str, title: str, *rows: tuple[str, ...], lead: str = "") -> Section:
        fields = tuple(tuple(self[name] for name in row) for row in rows)
        return Section(section, title, fields, lead)
