"""What a person may change about themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class ProfileForm(forms.ModelForm[User]):
    """Name and language."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["first_name", "last_name", "language"]
        labels: ClassVar[dict[str, Any]] = {
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "language": _("Language of e-mails and the admin"),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
        }
