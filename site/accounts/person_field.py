"""The form field that names a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class PersonField(forms.EmailField):
    """Names a person by their e-mail address, so that nobody has to be listed to be chosen."""

    default_error_messages = {"unknown": _("Nobody with this e-mail address has an account here.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("E-mail address of the person"))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The address of a person given by primary key."""
        if isinstance(value, int):
            return User.objects.filter(pk=value).values_list("email", flat=True).first()
        return value

    def clean(self, value: Any) -> Any:
        """The person; raises ValidationError when nobody has the address."""
        address = super().clean(value)
        if not address:
            return None
        person = User.objects.filter(email__iexact=address, is_active=True).first()
        if person is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return person

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another person was named."""
        before = str(self.prepare_value(initial) or "").casefold()
        return before != str(data or "").strip().casefold()
