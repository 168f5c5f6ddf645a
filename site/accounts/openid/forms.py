"""What a provider did not tell of somebody who comes for the first time."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.socialaccount.forms import SignupForm as AllauthSocialSignupForm
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts.names import valid_name
from accounts.signup import MAX_ADDRESS


class FirstVisitForm(AllauthSocialSignupForm):  # type: ignore[misc]  # allauth has no types
    """Name and address, filled in with what the provider told; the address is confirmed by mail."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=150,
        validators=[valid_name],
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=150,
        validators=[valid_name],
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )

    field_order: ClassVar[list[str]] = ["first_name", "last_name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = _("E-mail address")
        email.help_text = _("Use your address at work: your organisation knows you by it.")
        email.widget.attrs |= {"inputmode": "email", "autocomplete": "email", "spellcheck": "false"}
        email.validators.append(MaxLengthValidator(MAX_ADDRESS))
        email.widget.attrs.pop("placeholder", None)
