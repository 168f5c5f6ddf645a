"""Forms with which facilities are edited on the site, a part at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import AnyUser, roles_of
from network.facilities.forms import TermPicker
from network.facilities.models import Facility
from network.facilities.permissions import can_place_facility
from network.merged_forms import MergedForm
from network.organisations.models import Organisation
from network.parks.models import Park

MOST_NAMES_SHOWN: Final = 4


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


def area(rows: int) -> forms.Textarea:
    """A text of several lines."""
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
        widgets: ClassVar[dict[str, Any]] = {"summary_nb": area(4), "summary_en": area(4)}


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
            "summary_nb": area(4), "summary_en": area(4),
            "description_nb": area(12), "description_en": area(12),
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
            name: area(4)
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
