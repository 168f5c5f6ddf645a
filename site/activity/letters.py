"""Writing letters: e-mail to an address, which may belong to nobody who has an account.

A letter is a row. The worker sends it once; see :mod:`activity.sending`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any, Final

from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from activity import models
from activity.things import Link

MAX_SUBJECT: Final = 200
MAX_ATTACHED_BYTES: Final = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter, such as an invitation's iCal file."""

    name: str
    content: bytes
    content_type: str


@transaction.atomic
def post(
    key: str,
    *,
    to: str,
    language: str,
    subject: str,
    paragraphs: Sequence[str],
    action: Link | None = None,
    reply_to: str = "",
    user: User | None = None,
    attachments: Sequence[Attachment] = (),
    urgent: bool = False,
) -> None:
    """Write a letter in the caller's transaction; nothing happens when ``key`` has been used.

    ``subject`` and ``paragraphs`` are plain text in ``language``, ``action`` is the button, whose
    address is a path on this site or absolute. ``urgent`` is for what the reader has asked for a
    moment ago and waits for, a code for instance: it is sent also to an address that is stopped. For
    what a person can choose not to get, use :func:`activity.services.notify` instead.

    Raises ValidationError for an address that is none, ValueError for attachments above 2 MiB.
    """
    validate_email(to)
    if reply_to:
        validate_email(reply_to)
    if sum(len(each.content) for each in attachments) > MAX_ATTACHED_BYTES:
        raise ValueError(f"attachments are above {MAX_ATTACHED_BYTES} bytes")
    content: dict[str, Any] = {
        "subject": one_line(subject),
        "paragraphs": [str(each) for each in paragraphs],
        "action": [str(action.label), action.url] if action else None,
        "reply_to": reply_to,
        "urgent": urgent,
    }
    letter, is_new = models.Letter.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "language": language,
            "user": user,
            "content": content,
            "message_id": message_id(key),
            "due_at": timezone.now(),
        },
    )
    if is_new and attachments:
        models.Attachment.objects.bulk_create(
            models.Attachment(
                letter=letter, name=each.name, content_type=each.content_type, content=each.content
            )
            for each in attachments
        )


def one_line(text: str) -> str:
    """A subject: one line of at most 200 characters."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_SUBJECT else f"{line[: MAX_SUBJECT - 1]}…"


def message_id(key: str) -> str:
    """The Message-ID of the letter with this key.

    It always is the same, and nobody outside can work it out, so whoever quotes it has had the
    letter: that is what a bounce is believed on.
    """
    digest = salted_hmac("activity.message_id", key, algorithm="sha256").hexdigest()[:40]
    return f"<{digest}@{_domain()}>"


def thread_id(thing: str, user_id: int) -> str:
    """What all letters of one thing to one person refer to, so that they are shown as one thread."""
    digest = salted_hmac("activity.thread", f"{user_id} {thing}", algorithm="sha256").hexdigest()
    return f"<thread.{digest[:32]}@{_domain()}>"


def _domain() -> str:
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return address.rpartition("@")[2] or "localhost"
