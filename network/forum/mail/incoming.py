"""An e-mail as it came: from whom, to what address, and whether a person has sent it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from functools import cached_property
from hashlib import sha256
from itertools import islice
from typing import Any, Final

from django.conf import settings

from network.forum.mail.addresses import Addressed, read
from network.forum.mail.mailboxes import MAX_BYTES

MAX_HEADERS: Final = 64 * 1024
MAX_ADDRESSES: Final = 50
# What the standard library's parser of headers raises for some that are malformed.
MALFORMED: Final = (ValueError, IndexError, AttributeError, TypeError)
# Where mail servers say to whom a mail was delivered, beside where its sender wrote it.
_RECIPIENTS: Final = (
    *("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Resent-To"),
)
_AUTOMATIC_SUBJECT: Final = re.compile(
    r"^\s*(automatisk svar|autosvar|auto:|automatic reply|out of office|autoreply|auto-reply|"
    r"fraværsmelding|ikke til stede|undeliverable|kan ikke leveres|delivery status)",
    re.IGNORECASE,
)
_MACHINES: Final = re.compile(r"^(mailer-daemon|postmaster|no-?reply|ikke-?svar)@", re.IGNORECASE)
_RESULT: Final = re.compile(r"\b(dmarc|dkim|spf)\s*=\s*([a-z]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Incoming:
    """An e-mail. ``raw`` may be cut; of what is too large only the head is read."""

    raw: bytes

    @property
    def is_too_large(self) -> bool:
        """Whether it is larger than is read."""
        return len(self.raw) > MAX_BYTES

    @cached_property
    def message(self) -> EmailMessage:
        """The mail, its body left out when it is too large."""
        raw = self.raw
        if self.is_too_large:
            raw = raw[:MAX_HEADERS].partition(b"\r\n\r\n")[0].partition(b"\n\n")[0] + b"\n\n"
        return message_from_bytes(raw, policy=policy.default)

    def header(self, name: str) -> str:
        """A header as one line; empty when it is missing or cannot be read."""
        return next(iter(self.headers(name)), "")

    def headers(self, name: str) -> list[str]:
        """All headers of a name. What cannot be parsed is taken for missing."""
        try:
            return [" ".join(str(each).split()) for each in self.message.get_all(name, [])]
        except MALFORMED:
            return []

    def _addresses(self, name: str) -> list[str]:
        """The bare addresses in all headers of a name."""
        try:
            found = [_bare(each) for each in self.message.get_all(name, [])]
        except MALFORMED:
            return []
        # Bytes that are no text stay as surrogates, which no database takes and no address has.
        addresses = (each for several in found for each in several if each.isprintable())
        return list(islice(addresses, MAX_ADDRESSES))

    @cached_property
    def key(self) -> str:
        """What tells it from others: a digest of its Message-ID, else of all of it."""
        named = self.header("Message-ID")
        return sha256(named.encode(errors="replace") if named else self.raw).hexdigest()

    @cached_property
    def sender(self) -> str:
        """The one address that it says it is from, in small letters; empty for none or several."""
        found = [each.lower() for each in self._addresses("From") if "@" in each]
        return found[0] if len(found) == 1 else ""

    @cached_property
    def addressed(self) -> Addressed | None:
        """Whose answer it is to be and in which thread, by the address that it was sent to."""
        given = (each for name in _RECIPIENTS for each in self._addresses(name))
        return next((found for each in given if (found := read(each)) is not None), None)

    @cached_property
    def is_automatic(self) -> bool:
        """Whether a machine has sent it: a bounce, a holiday notice, a list."""
        if self.header("Auto-Submitted").lower() not in {"", "no"}:
            return True
        precedence = self.header("Precedence").lower()
        return bool(
            precedence in {"bulk", "junk", "list", "auto_reply"}
            or self.header("X-Autoreply")
            or self.header("X-Autorespond")
            or self.header("List-Id")
            or self.header("Return-Path") == "<>"
            or _MACHINES.match(self.sender)
            or _AUTOMATIC_SUBJECT.match(self.header("Subject"))
            or self.message.get_content_type() == "multipart/report"
        )

    @property
    def is_forged(self) -> bool:
        """Whether the mail servers on the way say that it is not from whom it names.

        With ``PARKNETT_REPLY_AUTHSERV_ID``, our own server's word must be there and be good; what
        others wrote is not believed then. Without it, a failed DMARC counts whoever says so.
        """
        own = settings.REPLY_AUTHSERV_ID.lower()
        told = self.headers("Authentication-Results")
        if not own:
            return any(_results(each).get("dmarc") == "fail" for each in told)
        # Ours is the one on top: whoever came before it stands below.
        ours = next((each for each in told if each.lower().split(";")[0].split()[:1] == [own]), "")
        results = _results(ours)
        if results.get("dmarc", "none") in {"none", "bestguesspass"}:
            return "pass" not in {results.get("dkim"), results.get("spf")}
        return results["dmarc"] != "pass"


def _bare(header: Any) -> list[str]:
    parsed = getattr(header, "addresses", None)
    if parsed is not None:
        return [each.addr_spec for each in parsed]
    # Those that servers add are no address headers for the standard library.
    return [address for _name, address in getaddresses([str(header)]) if address]


def _results(header: str) -> dict[str, str]:
    """What one server found, by method; the worst where one is named twice."""
    found: dict[str, str] = {}
    for method, result in _RESULT.findall(header.lower()):
        if found.get(method, "pass") == "pass":
            found[method] = result
    return found
