"""Signing up: a name, an address and a password, and nothing learnt about who has an account."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmEmailVerificationCodeForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import EmailAddress, Login
from allauth.account.utils import setup_user_email
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import valid_name

MAX_ADDRESS: Final = 254
MAX_PASSWORD: Final = (
    200  # characters; hashing longer ones would be work for an attacker to hand out
)


class SignupForm(AllauthSignupForm):  # type: ignore[misc]  # allauth has no types
    """First and last name beside what allauth asks for."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=150,
        validators=[valid_name],
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "autocapitalize": "words"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=150,
        validators=[valid_name],
        widget=forms.TextInput(attrs={"autocomplete": "family-name", "autocapitalize": "words"}),
    )

    account_already_exists: bool
    field_order: ClassVar[list[str]] = ["first_name", "last_name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email, password = self.fields["email"], self.fields["password1"]
        email.label = _("E-mail address")
        email.help_text = _("Use your address at work: your organisation knows you by it.")
        email.widget.attrs |= {"inputmode": "email", "autocomplete": "email", "spellcheck": "false"}
        password.label = _("Password")
        password.help_text = _("At least ten characters. Some words that make a sentence are good.")
        password.validators.append(MaxLengthValidator(MAX_PASSWORD))
        email.validators.append(MaxLengthValidator(MAX_ADDRESS))
        password.widget.attrs |= {"data-show-password": "", "maxlength": str(MAX_PASSWORD)}
        for field in (email, password):
            field.widget.attrs.pop("placeholder", None)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account, or answer just so where there is one.

        Each way computes one password hash. Who signs up anew with the same password, after a
        double click or with the page lost, gets a new code for the account that waits for it.
        """
        if self.account_already_exists:
            return self._answer_alike(request)
        try:
            return self.save(request), None
        except IntegrityError:
            # Somebody, or a second click, was faster.
            self.account_already_exists = True
            return super().try_save(request)  # type: ignore[no-any-return]

    def _answer_alike(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        email, password = self.cleaned_data["email"], self.cleaned_data["password1"]
        user = User.objects.filter(email__iexact=email, is_active=True, last_login=None).first()
        if user is None:
            make_password(password)
        elif user.check_password(password) and not _is_confirmed(user):
            return None, perform_login(request, Login(user=user, email=email, signup=True))
        return super().try_save(request)  # type: ignore[no-any-return]

    def save(self, request: HttpRequest) -> User:
        """Store person and address together; the password is hashed before the lock is taken."""
        adapter = get_adapter()
        user: User = adapter.save_user(request, adapter.new_user(request), self, commit=False)
        with transaction.atomic():
            user.save()
            setup_user_email(request, user, [EmailAddress(email=self.cleaned_data["email"])])
        return user


class ConfirmCodeForm(ConfirmEmailVerificationCodeForm):  # type: ignore[misc]  # allauth has no types
    """The code, with the digits of a phone to type it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = self.fields["code"].widget
        widget.attrs |= {"inputmode": "numeric", "maxlength": "16"}
        widget.attrs.pop("placeholder", None)


def _is_confirmed(user: User) -> bool:
    confirmed: bool = EmailAddress.objects.filter(user=user, verified=True).exists()
    return confirmed
