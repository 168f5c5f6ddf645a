"""Forms with which people come to belong to organisations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from stdnum.no import orgnr

from accounts.roles import AnyUser
from network.organisations.models import Organisation, OrganisationProposal
from network.organisations.models.joining import MESSAGE_LENGTH
from network.organisations.models.number import TYPED_LENGTH
from ui.numbers import format_organisation_number

MOST_ADDRESSES: Final = 30
ADDRESSES_LENGTH: Final = 4000


class JoinForm(forms.Form):
    """What somebody wants to say to those who confirm that they belong."""

    message = forms.CharField(
        label=gettext_lazy("Message"),
        help_text=gettext_lazy("For instance what you do there. It is read by those who confirm."),
        max_length=MESSAGE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RefusalForm(forms.Form):
    """Why not; whoever asked reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The person who asked reads this."),
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InviteForm(forms.Form):
    """Addresses of colleagues, pasted as they come."""

    addresses = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        help_text=gettext_lazy(
            "One or several, separated by commas, semicolons or line breaks. They may have names, as "
            "when copied from an e-mail."
        ),
        max_length=ADDRESSES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the invitation"), choices=settings.LANGUAGES
    )
    message = forms.CharField(
        label=gettext_lazy("A line from you"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    administrator = forms.BooleanField(
        label=gettext_lazy("As administrators"),
        help_text=gettext_lazy(
            "They may then edit the profile and the test facilities, and say who belongs."
        ),
        required=False,
    )

    def clean_addresses(self) -> list[str]:
        """The addresses in small letters, each once; ValidationError names those that are none."""
        found = _addresses_in(self.cleaned_data["addresses"])
        addresses = dict.fromkeys(each.lower() for each in found if _is_address(each))
        wrong = [each for each in found if not _is_address(each)]
        if wrong:
            raise ValidationError(
                ngettext(
                    "This is not an e-mail address: %(wrong)s",
                    "These are not e-mail addresses: %(wrong)s",
                    len(wrong),
                )
                % {"wrong": ", ".join(wrong[:10])}
            )
        if len(addresses) > MOST_ADDRESSES:
            raise ValidationError(
                _("At most %(most)d addresses at a time.") % {"most": MOST_ADDRESSES}
            )
        return list(addresses)


class ProposalForm(forms.ModelForm[OrganisationProposal]):
    """An organisation that is not here yet."""

    number = forms.CharField(
        label=gettext_lazy("Organisation number"),
        help_text=gettext_lazy("Nine digits. Leave it empty if the organisation is not Norwegian."),
        max_length=TYPED_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    web = forms.URLField(
        label=gettext_lazy("Web address"),
        assume_scheme="https",
        required=False,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    class Meta:
        model = OrganisationProposal
        fields: ClassVar[list[str]] = [
            "number", "name", "kind", "municipality", "web", "park", "message",
        ]  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "name": gettext_lazy("Name"),
            "kind": gettext_lazy("Kind"),
            "municipality": gettext_lazy("Municipality"),
            "park": gettext_lazy("Park"),
            "message": gettext_lazy("Message to those who confirm it"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "name": gettext_lazy("As it is registered."),
            "park": gettext_lazy(
                "Its staff confirm the organisation. Without a park, the network does."
            ),
            "message": gettext_lazy("For instance what you do there."),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "message": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        park = self.fields["park"]
        assert isinstance(park, forms.ModelChoiceField)
        park.empty_label = _("none of the parks")

    def clean_number(self) -> str:
        """The number without its spaces."""
        return str(orgnr.compact(self.cleaned_data["number"]))

    def clean_name(self) -> str:
        """The name with single spaces."""
        return " ".join(self.cleaned_data["name"].split())


class MergeForm(forms.Form):
    """Which organisation a proposed one is."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("The organisation it is"),
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    administrator = forms.BooleanField(
        label=gettext_lazy("Make the proposer its administrator"), required=False
    )

    def __init__(
        self, *args: Any, user: AnyUser, offered: Iterable[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.visible_to(user)
        field.widget.choices = [(each.pk, _described(each)) for each in offered]


def _described(organisation: Organisation) -> str:
    """Name, number and municipality, as far as they are known."""
    number = format_organisation_number(organisation.number or "")
    return ", ".join(filter(None, (organisation.title, number, organisation.municipality)))


def _addresses_in(written: str) -> list[str]:
    """The addresses of a pasted text, right or wrong, without the names before them."""
    unquoted = re.sub(r'"[^"\r\n]*"', "", written)
    found: list[str] = []
    for part in re.split(r"[,;\r\n]+", unquoted):
        bracketed = re.search(r"<([^<>]*)>\s*\Z", part)
        found += [bracketed[1].strip()] if bracketed else part.split()
    return found


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
