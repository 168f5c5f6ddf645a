"""The addresses that answers by e-mail go to: one for each person and thread, and not to be guessed.

``svar@example.org`` becomes ``svar+5.2n.<signature>@example.org``: person and thread in base 36 and
a signature over both, in letters and digits alone since mail servers may change the case of the
rest. It never expires, for people answer old mails; whether the person may write is asked when the
answer comes.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from accounts.models import User
from network.forum.models import Thread

# 128 bits; the whole local part stays below the 64 characters of RFC 5321.
_SIGNED: Final = re.compile(r"([0-9a-z]{1,11})\.([0-9a-z]{1,11})\.([a-z2-7]{26})")
_SIGNATURE_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whose answer it must be, and in which thread; ids that were valid when the mail was sent."""

    user: int
    thread: int


def reply_address(user: User, thread: Thread) -> str:
    """Where the person answers the thread by e-mail; empty where the site takes none."""
    if not settings.REPLY_ADDRESS or user.pk is None:
        return ""
    local, _at, domain = settings.REPLY_ADDRESS.rpartition("@")
    return f"{local}+{_token(user.pk, thread.pk)}@{domain}"


def read(address: str) -> Addressed | None:
    """Whom and what an address is for; None for one that the site has not made."""
    local, _at, domain = settings.REPLY_ADDRESS.lower().rpartition("@")
    given, _at, given_domain = address.strip().lower().rpartition("@")
    base, plus, token = given.partition("+")
    if not (local and plus) or (base, given_domain) != (local, domain):
        return None
    parts = _SIGNED.fullmatch(token)
    if parts is None:
        return None
    user, thread = base36_to_int(parts[1]), base36_to_int(parts[2])
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if constant_time_compare(parts[3], _signature(user, thread, secret)):
            return Addressed(user, thread)
    return None


def _token(user: int, thread: int) -> str:
    signature = _signature(user, thread, settings.SECRET_KEY)
    return f"{int_to_base36(user)}.{int_to_base36(thread)}.{signature}"


def _signature(user: int, thread: int, secret: str | bytes) -> str:
    mac = salted_hmac("forum.mail.reply", f"{user}.{thread}", secret=secret, algorithm="sha256")
    return base64.b32encode(mac.digest()[:_SIGNATURE_BYTES]).decode().rstrip("=").lower()
