"""Forms with which facilities are edited on the site, a part at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images.fields import WagtailImageField

from accounts.roles import AnyUser, roles_of
from network.facilities.editing import EQUIPMENT_FIELDS, PRICE_FIELDS
from network.facilities.forms import TermPicker
from network.facilities.models import Equipment, Facility, PriceNote
from network.facilities.models.parts import DOCUMENT_EXTENSIONS, validate_file_size
from network.facilities.models.suggestion import TermSuggestion
from network.facilities.permissions import can_place_facility
from network.merged_forms import MergedForm
from network.organisations.models import Organisation
from network.parks.models import Park

MOST_EQUIPMENT: Final = 60
MORE_ROWS: Final = 3
MOST_NAMES_SHOWN: Final = 4
# The first bytes of files that say what they are; the others are text.
SIGNATURES: Final = {
    "pdf": b"%PDF-", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "odt": b"PK\x03\x04",
    "ods": b"PK\x03\x04",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under a heading; ``rows`` stand one below the other, those of one side by side."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    lead: str = ""


class SiteTermPicker(TermPicker):
    """Terms to tick, each with what else it is called, so that a page search finds them, too."""

    template_name = "facilities/editing_terms.html"

    def optgroups(
        self, name: str, value: list[str], attrs: dict[str, Any] | None = None
    ) -> list[Any]:
        """The options with their other names in words."""
        groups = super().optgroups(name, value, attrs)
        for _group, options, _index in groups:
            for option in options:
                term = getattr(option["value"], "instance", None)
                called = [each for each in getattr(term, "forms", ()) if each != option["label"]]
                option["also"] = ", ".join(called[:MOST_NAMES_SHOWN])
        return groups

    class Media:
        """The page links the script itself; styles are the site's own."""

        extend = False


class PlacedForm(MergedForm):
    """A form that asks in which park a facility is and who runs it."""

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        roles = roles_of(user)
        host = self.fields["host"]
        assert isinstance(host, forms.ModelChoiceField)
        if roles.network_administrator or not roles.parks:
            hosts = Organisation.objects.edited_by(user)
        else:
            # Staff may look after a facility in their park, whoever runs it.
            hosts = Organisation.objects.visible_to(user)
        mine = Organisation.objects.filter(pk=self.instance.host_id or 0)
        offered = Organisation.objects.filter(pk__in=hosts.order_by().values("pk")) | mine
        host.queryset = offered.order_by("name")
        if not self.instance.pk and host.queryset.count() == 1:
            host.initial = host.queryset.get().pk

    def clean(self) -> dict[str, Any]:
        """Nobody puts a facility where they have no say."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        park, host = cleaned.get("park"), cleaned.get("host")
        if isinstance(park, Park) and isinstance(host, Organisation):
            allowed = can_place_facility(self._user, park_id=park.pk, host_id=host.pk)
            if not allowed:
                raise ValidationError(
                    _("Choose a park that you work for, or an organisation that you administer.")
                )
        return cleaned


LABELS: Final[dict[str, Any]] = {
    "name_nb": gettext_lazy("Name in Norwegian"),
    "name_en": gettext_lazy("Name in English"),
    "summary_nb": gettext_lazy("Summary in Norwegian"),
    "summary_en": gettext_lazy("Summary in English"),
    "description_nb": gettext_lazy("Description in Norwegian"),
    "description_en": gettext_lazy("Description in English"),
    "park": gettext_lazy("Park"),
    "host": gettext_lazy("Host organisation"),
    "methods": gettext_lazy("Methods"),
    "materials": gettext_lazy("Materials"),
    "standards": gettext_lazy("Standards"),
    "themes": gettext_lazy("Themes"),
    "scale": gettext_lazy("Scale"),
    "trl_min": gettext_lazy("TRL from"),
    "trl_max": gettext_lazy("TRL to"),
    "access": gettext_lazy("Access"),
    "lead_time_days": gettext_lazy("Lead time (days)"),
    "safety_nb": gettext_lazy("Safety in Norwegian"),
    "safety_en": gettext_lazy("Safety in English"),
    "certificates_nb": gettext_lazy("Certificates required, in Norwegian"),
    "certificates_en": gettext_lazy("Certificates required, in English"),
    "place": gettext_lazy("Place"),
    "lat": gettext_lazy("Latitude"),
    "lon": gettext_lazy("Longitude"),
    "contact_name": gettext_lazy("Contact"),
    "contact_email": gettext_lazy("Contact e-mail"),
    "contact_phone": gettext_lazy("Contact phone"),
}
HELP: Final[dict[str, Any]] = {
    "summary_nb": gettext_lazy("One or two sentences: what somebody can find out here."),
    "description_nb": gettext_lazy(
        "Describe typical problems in the customer's words. Markdown: blank line for a new "
        "paragraph, - for lists, **bold**."
    ),
    "lead_time_days": gettext_lazy("Days from an order until the work can begin."),
    "trl_min": gettext_lazy("Technology readiness levels, 1 to 9."),
    "lat": gettext_lazy("Degrees north, for instance 66.3128."),
    "lon": gettext_lazy("Degrees east, for instance 14.1428."),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class NewFacilityForm(PlacedForm):
    """The least that a draft needs."""

    groups: ClassVar[tuple[Group, ...]] = (
        Group("", (("host", "park"), ("name_nb", "name_en"), ("summary_nb", "summary_en"))),
    )

    class Meta:
        model = Facility
        fields: ClassVar[list[str]] = [
            "host", "park", "name_nb", "name_en", "summary_nb", "summary_en",
        ]  # fmt: skip
        labels = LABELS
        help_texts = HELP
        widgets: ClassVar[dict[str, Any]] = {"summary_nb": _area(4), "summary_en": _area(4)}


class AboutForm(PlacedForm):
    """What it is, in words, and who runs it where."""

    groups: ClassVar[tuple[Group, ...]] = (
        Group(
            "",
            (
                ("name_nb", "name_en"),
                ("summary_nb", "summary_en"),
                ("description_nb", "description_en"),
                ("host", "park"),
            ),
        ),
    )

    class Meta:
        model = Facility
        fields: ClassVar[list[str]] = [
            "name_nb", "name_en", "summary_nb", "summary_en", "description_nb", "description_en",
            "host", "park",
        ]  # fmt: skip
        labels = LABELS
        help_texts = HELP
        widgets: ClassVar[dict[str, Any]] = {
            "summary_nb": _area(4), "summary_en": _area(4),
            "description_nb": _area(12), "description_en": _area(12),
        }  # fmt: skip


class CapabilitiesForm(MergedForm):
    """What can be done with what, by which standards."""

    groups: ClassVar[tuple[Group, ...]] = (
        Group("", (("methods",), ("materials",), ("standards",), ("themes",))),
    )

    class Meta:
        model = Facility
        fields: ClassVar[list[str]] = ["methods", "materials", "standards", "themes"]
        labels = LABELS
        widgets: ClassVar[dict[str, Any]] = dict.fromkeys(fields, SiteTermPicker)


class PracticalForm(MergedForm):
    """How big, how ready, for whom, how soon, and what one must know."""

    groups: ClassVar[tuple[Group, ...]] = (
        Group(
            "",
            (
                ("scale", "access"),
                ("trl_min", "trl_max", "lead_time_days"),
                ("safety_nb", "safety_en"),
                ("certificates_nb", "certificates_en"),
            ),
        ),
    )

    class Meta:
        model = Facility
        fields: ClassVar[list[str]] = [
            "scale", "access", "trl_min", "trl_max", "lead_time_days", "safety_nb", "safety_en",
            "certificates_nb", "certificates_en",
        ]  # fmt: skip
        labels = LABELS
        help_texts = HELP
        widgets: ClassVar[dict[str, Any]] = {
            name: _area(4)
            for name in ("safety_nb", "safety_en", "certificates_nb", "certificates_en")
        }


class ContactForm(MergedForm):
    """Where it is and whom to ask."""

    url = forms.URLField(
        label=gettext_lazy("Web address"),
        assume_scheme="https",
        max_length=200,
        required=False,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    groups: ClassVar[tuple[Group, ...]] = (
        Group("", (("place",), ("lat", "lon"), ("contact_name",), ("contact_email",
              "contact_phone"), ("url",))),
    )  # fmt: skip

    class Meta:
        model = Facility
        fields: ClassVar[list[str]] = [
            "place", "lat", "lon", "contact_name", "contact_email", "contact_phone", "url",
        ]  # fmt: skip
        labels = LABELS
        help_texts = HELP
        widgets: ClassVar[dict[str, Any]] = {
            "lat": forms.TextInput(attrs={"inputmode": "decimal"}),
            "lon": forms.TextInput(attrs={"inputmode": "decimal"}),
            "contact_phone": forms.TextInput(attrs={"type": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lat", "lon"):
            # A comma from a Norwegian keyboard is as good as a point.
            self.fields[name].localize = self.fields[name].widget.is_localized = True


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


class AltForm(forms.Form):
    """What a picture shows."""

    alt_nb = forms.CharField(
        label=gettext_lazy("What it shows, in Norwegian"),
        help_text=gettext_lazy("For those who cannot see it: what is to be seen, in one sentence."),
        max_length=200,
    )
    alt_en = forms.CharField(
        label=gettext_lazy("What it shows, in English"), max_length=200, required=False
    )


class PictureForm(AltForm):
    """A picture with what it shows."""

    image = WagtailImageField(label=gettext_lazy("Picture"))
    field_order = ("image", "alt_nb", "alt_en")


class DocumentForm(forms.Form):
    """A file for those who want to know more."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        validators=[FileExtensionValidator(DOCUMENT_EXTENSIONS), validate_file_size],
        widget=forms.FileInput(attrs={"accept": ",".join(f".{e}" for e in DOCUMENT_EXTENSIONS)}),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)

    def clean_file(self) -> Any:
        """The file, if it begins as its name says."""
        file = self.cleaned_data["file"]
        kind = file.name.rpartition(".")[2].lower()
        start = file.read(8192)
        file.seek(0)
        expected = SIGNATURES.get(kind)
        is_right = start.startswith(expected) if expected else b"\x00" not in start
        if not is_right:
            raise ValidationError(
                _("The file is not what its name says: %(kind)s."), params={"kind": kind}
            )
        return file


class SuggestionForm(forms.ModelForm[TermSuggestion]):
    """A term that is missed."""

    class Meta:
        model = TermSuggestion
        fields: ClassVar[list[str]] = ["kind", "name_nb", "name_en", "note"]
        labels: ClassVar[dict[str, Any]] = {
            "kind": gettext_lazy("Which list it belongs in"),
            "name_nb": gettext_lazy("The term in Norwegian"),
            "name_en": gettext_lazy("The term in English"),
            "note": gettext_lazy("What it means"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "name_nb": gettext_lazy("For a standard its code, for instance ISO 6892-1."),
        }
        widgets: ClassVar[dict[str, Any]] = {"note": _area(3)}

    def clean_name_nb(self) -> str:
        """The term with single spaces."""
        return " ".join(self.cleaned_data["name_nb"].split())


class DecisionForm(forms.Form):
    """What a suggested term is."""

    name_nb = forms.CharField(label=gettext_lazy("The term in Norwegian"), max_length=120)
    name_en = forms.CharField(
        label=gettext_lazy("The term in English"), max_length=120, required=False
    )
    known = forms.CharField(
        label=gettext_lazy("A term that is here"),
        help_text=gettext_lazy("Any of its names. It learns the suggested one as a synonym."),
        max_length=200,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, required=False, widget=_area(2)
    )


def rows_of(form: forms.BaseForm, groups: Iterable[Group]) -> list[Mapping[str, Any]]:
    """The groups of a form with their fields, for the template."""
    return [
        {
            "title": group.title,
            "lead": group.lead,
            "rows": [[form[name] for name in row] for row in group.rows],
        }
        for group in groups
    ]
