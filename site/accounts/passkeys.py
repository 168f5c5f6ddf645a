"""The forms of passkeys and security keys: allauth's, with a label for the name and a limit to it."""

from __future__ import annotations

from typing import Any, Final

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

NAME_LENGTH: Final = 100


def _name(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("What you call it"),
        max_length=NAME_LENGTH,
        required=required,
        help_text=_("For instance the device that holds it: “The phone” or “Key on my key ring”."),
    )


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Add a key. Without a name it gets one, since the device has made it by then."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name(required=False)


class EditKeyForm(EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Call a key something else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name(required=True)
