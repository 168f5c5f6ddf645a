"""What the letters about one's account say, by the names under which allauth sends them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ui.chrome import Link

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Context = Mapping[str, Any]
MAX_BROWSER: Final = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in the active language; a code to type stands in a paragraph of its own."""

    subject: str
    paragraphs: tuple[str, ...]
    action: Link | None = None


def written(name: str, context: Context) -> Letter:
    """The letter that allauth calls ``name``. Raises KeyError for one that we do not know."""
    if name in NOTICES:
        return _notice(str(NOTICES[name]), context)
    return LETTERS[name](context)


def _confirm_address(context: Context) -> Letter:
    return Letter(
        _("Your code is %(code)s") % {"code": context["code"]},
        (
            _(
                "Type this code on the page that waits for it, to confirm that this is your address:"
            ),
            str(context["code"]),
            _("Have you closed the page? Log in, on any device, and we send you a new code."),
            _("If you have not asked for this, you need do nothing."),
        ),
        Link(_("Log in"), reverse("account_login")),
    )


def _account_exists(context: Context) -> Letter:
    return Letter(
        _("You already have an account"),
        (
            _(
                "Somebody, presumably you, wanted to make an account with %(email)s. There is one"
                " already, so log in instead. If you have forgotten the password, choose a new one."
            )
            % {"email": context["email"]},
            _("If it was not you, you need do nothing."),
        ),
        Link(_("Choose a new password"), reverse("account_reset_password")),
    )


def _account_unknown(context: Context) -> Letter:
    return Letter(
        _("No account with this address"),
        (
            _(
                "Somebody, presumably you, has asked for a new password for %(email)s. There is no"
                " account with this address here; perhaps you have one with another address."
            )
            % {"email": context["email"]},
            _("If it was not you, you need do nothing."),
        ),
        Link(_("Create an account"), reverse("account_signup")),
    )


def _new_password(context: Context) -> Letter:
    return Letter(
        _("Choose a new password"),
        (
            _("Somebody, presumably you, has asked for a new password for this address."),
            _("If it was not you, you need do nothing. Your password stays as it is."),
        ),
        Link(_("Choose a new password"), str(context["password_reset_url"])),
    )


LETTERS: Final[Mapping[str, Callable[[Context], Letter]]] = {
    "account/email/email_confirmation": _confirm_address,
    "account/email/email_confirmation_signup": _confirm_address,
    "account/email/account_already_exists": _account_exists,
    "account/email/unknown_account": _account_unknown,
    "account/email/password_reset_key": _new_password,
}

# Notices of what was done with the account, so that its owner sees what was not them.
NOTICES: Final[Mapping[str, StrPromise]] = {
    "account/email/password_changed": gettext_lazy("Your password has been changed."),
    "account/email/password_reset": gettext_lazy("Your password has been changed."),
    "account/email/password_set": gettext_lazy("Your account has got a password."),
    "account/email/email_changed": gettext_lazy(
        "The main address of your account has been changed from %(from_email)s to %(to_email)s."
    ),
    "account/email/email_confirm": gettext_lazy("Your e-mail address has been confirmed."),
    "account/email/email_deleted": gettext_lazy(
        "The address %(deleted_email)s has been removed from your account."
    ),
    "mfa/email/recovery_codes_generated": gettext_lazy("Your account has got new recovery codes."),
    "mfa/email/totp_activated": gettext_lazy(
        "Log-in with an authenticator app has been switched on."
    ),
    "mfa/email/totp_deactivated": gettext_lazy(
        "Log-in with an authenticator app has been switched off."
    ),
    "mfa/email/webauthn_added": gettext_lazy("Your account has got a passkey or security key."),
    "mfa/email/webauthn_removed": gettext_lazy(
        "A passkey or security key has been removed from your account."
    ),
    "socialaccount/email/account_connected": gettext_lazy(
        "You can now log in to your account with %(provider)s."
    ),
    "socialaccount/email/account_disconnected": gettext_lazy(
        "You can no longer log in to your account with %(provider)s."
    ),
}


def _notice(sentence: str, context: Context) -> Letter:
    """What was done, in a sentence that also is the subject, with where it came from."""
    provider = context.get("provider")
    said = sentence % {**context, "provider": getattr(provider, "name", provider)}
    return Letter(
        said.removesuffix("."),
        (
            said,
            _("Was this not you? Choose a new password at once and log out of all other devices."),
            _("The change came from:")
            + "\n"
            + _("IP address: %(ip)s") % {"ip": context["ip"]}
            + "\n"
            + _("Browser: %(browser)s") % {"browser": str(context["user_agent"])[:MAX_BROWSER]}
            + "\n"
            + _("Time: %(time)s")
            % {"time": date_format(localtime(context["timestamp"]), "DATETIME_FORMAT")},
        ),
        Link(_("Choose a new password"), reverse("account_reset_password")),
    )
