"""Bounces: what mail servers send back, and the addresses that are stopped because of it.

A bounce is believed when it quotes the Message-ID of a letter that we sent, which nobody but its
readers and their mail servers know (RFC 3464; see ``activity.letters.message_id``).
"""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from activity.models import Letter, StoppedAddress

# Full mailboxes and filters come and go; an address is stopped when that is all that ever comes.
PASSING: Final = re.compile(r"5\.(2\.2|2\.3|3\.|4\.|5\.|6\.|7\.)")
PASSING_ALLOWED: Final = 3
PASSING_WITHIN: Final = timedelta(days=30)
MAX_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report that a letter was not delivered. ``status`` is as in RFC 3463, "5.1.1"."""

    message_id: str
    status: str
    reason: str

    @property
    def is_final(self) -> bool:
        """Whether the server will not try again."""
        return self.status.startswith("5.")

    @property
    def is_passing(self) -> bool:
        """Whether the next letter may well arrive."""
        return bool(PASSING.match(self.status))


def stop_address(address: str, reason: str) -> None:
    """Send nothing more to an address until its owner lets it in again."""
    if StoppedAddress.objects.filter(address__iexact=address).exists():
        return
    try:
        with transaction.atomic():
            StoppedAddress.objects.create(address=address, reason=reason[:MAX_REASON])
    except IntegrityError:
        return  # somebody else has just done it


def bounces_in(path: Path) -> Iterator[Bounce]:
    """The bounces in an mbox file or a Maildir. Raises FileNotFoundError when there is neither."""
    if not path.exists():
        raise FileNotFoundError(path)
    box: mailbox.Maildir | mailbox.mbox
    box = mailbox.Maildir(path, create=False) if path.is_dir() else mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            bounce = read_bounce(box.get_bytes(key))
            if bounce is not None:
                yield bounce
    finally:
        box.close()


def read_bounce(raw: bytes) -> Bounce | None:
    """The report in an e-mail, or None when it is something else."""
    message = message_from_bytes(raw, policy=policy.default)
    if message.get_content_type() != "multipart/report":
        return None
    status = reason = message_id = ""
    for part in message.walk():
        content_type = part.get_content_type()
        if content_type == "message/delivery-status":
            status, reason = _failure(part)
        elif content_type in {"message/rfc822", "text/rfc822-headers"}:
            message_id = _quoted_id(part)
    if not (status and message_id):
        return None
    return Bounce(message_id, status, reason)


@transaction.atomic
def take(bounce: Bounce) -> Letter | None:
    """Note a bounce on its letter and stop the address where it is for good.

    Gives the letter, or None when we have sent none with that Message-ID or this is nothing new.
    """
    if not bounce.is_final:
        return None
    letter = Letter.objects.filter(
        message_id=bounce.message_id, state__in=[Letter.State.SENT, Letter.State.UNCERTAIN]
    ).first()
    if letter is None:
        return None
    letter.state = Letter.State.FAILED
    letter.problem = f"{bounce.status} {bounce.reason}"[:MAX_REASON]
    letter.save(update_fields=["state", "problem"])
    if not bounce.is_passing or _keeps_bouncing(letter.to):
        stop_address(letter.to, letter.problem)
    return letter


def _keeps_bouncing(address: str) -> bool:
    recent = Letter.objects.filter(
        to__iexact=address, ended_at__gte=timezone.now() - PASSING_WITHIN
    ).order_by("-ended_at", "-pk")
    states = list(recent.values_list("state", flat=True)[:PASSING_ALLOWED])
    return len(states) == PASSING_ALLOWED and set(states) == {Letter.State.FAILED}


def _failure(part: Message) -> tuple[str, str]:
    """Status and explanation of the first recipient that the report says failed."""
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == "failed":
            status = str(block.get("Status", "")).strip()
            return status, " ".join(str(block.get("Diagnostic-Code", "")).split())
    return "", ""


def _quoted_id(part: Message) -> str:
    inner = part.get_payload()
    if isinstance(inner, list) and inner and isinstance(inner[0], Message):
        quoted = inner[0]
    else:
        raw = part.get_payload(decode=True)
        quoted = message_from_bytes(raw if isinstance(raw, bytes) else b"", _class=EmailMessage)
    return str(quoted.get("Message-ID", "")).strip()
