"""The pages of one's account that accounts itself has."""

from __future__ import annotations

from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.sections import Group, Section, register

SECURITY: Final = Group.SECURITY


def register_all() -> None:
    """Register them; called from ``AppConfig.ready``."""
    for section in (
        Section(gettext_lazy("My details"), "accounts:profile", _name, "person", Group.PERSON),
        Section(
            gettext_lazy("E-mail addresses"), "account_email", _addresses, "mail", Group.PERSON
        ),
        Section(gettext_lazy("Password"), "account_change_password", _password, "lock", SECURITY),
        Section(gettext_lazy("Two-step log-in and passkeys"), "mfa_index", _steps, "key", SECURITY),
        Section(gettext_lazy("Devices"), "usersessions_list", _devices, "system", SECURITY),
        Section(gettext_lazy("Take out my data"), "accounts:export", None, "download", Group.DATA),
        Section(gettext_lazy("Erase my account"), "accounts:erase", None, "danger", Group.DATA),
    ):
        register(section)
    if settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        register(
            Section(
                gettext_lazy("Log-in with others"),
                "socialaccount_connections",
                _others,
                "link",
                SECURITY,
            )
        )


def _name(user: User) -> str:
    return ", ".join(filter(None, (user.get_full_name(), user.title)))


def _addresses(user: User) -> str:
    waiting = EmailAddress.objects.filter(user=user, verified=False).count()
    if waiting:
        return ngettext(
            "%(count)d address waits to be confirmed",
            "%(count)d addresses wait to be confirmed",
            waiting,
        ) % {"count": waiting}
    return user.email


def _password(user: User) -> str:
    return "" if user.has_usable_password() else _("You have none")


def _steps(user: User) -> str:
    on = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return _("On") if on.exists() else _("Off: your password alone opens the account")


def _devices(user: User) -> str:
    count = UserSession.objects.filter(user=user).count()
    return ngettext("Logged in on %(count)d device", "Logged in on %(count)d devices", count) % {
        "count": count
    }


def _others(user: User) -> str:
    found = SocialAccount.objects.filter(user=user)
    return ", ".join(account.get_provider().name for account in found)
