"""What a person may change about themselves."""

from __future__ import annotations

from typing import Any, ClassVar, Final
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.erasure import require_erasable
from accounts.models import User
from accounts.names import valid_name
from accounts.spoken import SPOKEN_LANGUAGES

MAX_COMPETENCES: Final = 30
MAX_COMPETENCE: Final = 80
valid_phone = RegexValidator(
    r"^\+?[0-9 ()\-]{5,29}$", _("Write the number with digits, for instance +47 22 00 00 00.")
)


def time_zones() -> list[tuple[str, str]]:
    """Zones of places, as options by their names in the time zone database."""
    places = (zone for zone in available_timezones() if "/" in zone)
    return [(zone, zone.replace("_", " ")) for zone in sorted(places) if not zone.startswith("Etc")]


class ProfileForm(forms.ModelForm[User]):
    """Who one is, what one knows, and in which language and hours one is reached."""

    spoken_languages = forms.MultipleChoiceField(
        label=_("Languages you speak"),
        choices=SPOKEN_LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=time_zones,
        help_text=_("For times in e-mails, and for the hours in which we send none."),
    )

    class Meta:
        model = User
        fields: ClassVar[list[str]] = [
            "first_name",
            "last_name",
            "title",
            "phone",
            "competences",
            "spoken_languages",
            "language",
            "time_zone",
        ]
        labels: ClassVar[dict[str, Any]] = {
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "title": _("Job title"),
            "phone": _("Phone"),
            "competences": _("What you know"),
            "language": _("Language of e-mails and the admin"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "competences": _(
                "One a line, such as: corrosion testing, project management, robotics."
            ),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "title": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "phone": forms.TextInput(
                attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
            ),
            "competences": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].required = True
            self.fields[name].validators.append(valid_name)
        self.fields["phone"].validators.append(valid_phone)

    def clean_competences(self) -> str:
        """One a line, without empty ones and repetitions; at most thirty of eighty characters."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["competences"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > MAX_COMPETENCES or any(len(each) > MAX_COMPETENCE for each in found):
            raise ValidationError(
                _now("At most %(count)d lines of %(length)d characters each.")
                % {"count": MAX_COMPETENCES, "length": MAX_COMPETENCE},
                code="too_much",
            )
        return "\n".join(found)


class EraseForm(forms.Form):
    """The person's own address, typed: nobody does that by mistake."""

    email = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"inputmode": "email", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_email(self) -> str:
        """Raises ValidationError for any other address."""
        typed: str = self.cleaned_data["email"]
        if typed.strip().casefold() != self._user.email.casefold():
            raise ValidationError(_now("This is not the address of the account."), code="other")
        return typed

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for somebody whom the site cannot be without."""
        require_erasable(self._user)
        return super().clean() or {}
