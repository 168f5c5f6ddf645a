"""Signed addresses in e-mails with which one stops more of the same without logging in.

Opening such an address changes nothing, for mail filters open every link; only a POST does, be it
the page's button or a mail program's own (RFC 8058).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from activity import services
from activity.choosing import choose_timing, timings_of
from activity.kinds import Timing

_SALT: Final = "activity.stop"
DIGESTS: Final = (Timing.DAILY, Timing.WEEKLY)


@dataclass(frozen=True, slots=True)
class Stop:
    """What an address stops for whom: a thing, or a summary ("daily", "weekly")."""

    user_id: int
    what: str

    @property
    def is_digest(self) -> bool:
        """Whether it is a summary that is stopped."""
        return self.what in DIGESTS


def stop_url(user: User, what: str) -> str:
    """The absolute address that stops ``what`` for the person, in the active language."""
    token = signing.dumps([user.pk, what], salt=_SALT)
    return settings.BASE_URL.rstrip("/") + reverse("activity:stop", args=[token])


def read_token(token: str) -> Stop | None:
    """What a token stops; None for one that is not ours. It holds for as long as the mail is kept."""
    try:
        user_id, what = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Stop(int(user_id), str(what))


@transaction.atomic
def stop(user: User, what: str) -> bool:
    """Tell the person nothing more of a thing, or send no more summaries of that kind.

    Gives whether they followed the thing, which is what :func:`start_again` needs to know.
    """
    if what in DIGESTS:
        for kind, timing in timings_of(user).items():
            if timing == what:
                choose_timing(user, kind, Timing.NEVER)
        return False
    followed = services.is_following(user, what)
    services.mute(user, what)
    return followed


def start_again(user: User, what: str, *, followed: bool) -> None:
    """Undo the muting of a thing. Raises ValueError for what names no thing."""
    if followed:
        services.follow(user, what)
    else:
        services.unfollow(user, what)
