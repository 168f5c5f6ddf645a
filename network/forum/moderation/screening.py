"""Whether a post looks like spam: points with reasons that a moderator can read, no third party.

Each sign gives points; where they reach a threshold, the post waits until a moderator has looked.
Nothing is thrown away and nobody is blocked by it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.forum.models import Post, Screening

# From somebody the forum hardly knows, and from somebody it knows.
SUSPICIOUS: Final = 3
GROSS: Final = 5

FREE_LINKS: Final = 2
MAX_LINK_POINTS: Final = 4
SAME_WORDS_WITHIN: Final = timedelta(days=7)
# Shorter ones ("Takk for hjelpen!") are said by everybody.
MIN_FINGERPRINTED: Final = 40
MIN_LETTERS: Final = 20
MOSTLY: Final = 0.6
FOREIGN_RUN: Final = 12

# Addresses that say nothing of where they lead, and ways out of the site to a private chat.
HIDING_HOSTS: Final = frozenset(
    (
        *("bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "buff.ly", "cutt.ly"),
        *("rebrand.ly", "shorturl.at", "tiny.cc", "rb.gy", "t.ly", "s.id", "lnkd.in"),
        *("t.me", "wa.me", "telegram.me"),
    )
)

_LINK: Final = re.compile(r"(?:https?://|\bwww\.)[^\s<>()\[\]\"']{1,500}", re.IGNORECASE)
_NAMED_LINK: Final = re.compile(
    r"\[[ *_]{0,5}((?:https?://|www\.)[^\s\]]{1,200})[^\]]{0,200}\]\((https?://[^\s)]{1,500})",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"\w{1,200}")
_SPACED_OUT: Final = re.compile(r"(?:\b[^\W\d_][ .\-_*]){5}[^\W\d_]\b")
_INVISIBLE: Final = re.compile("\\w[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]\\w")
_FENCE: Final = re.compile(r" {0,3}(```|~~~)")
_CODE: Final = re.compile(r"`[^`\n]{1,500}`")


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that was found: a code of :data:`WORDS`, how often or how much, and its points."""

    code: str
    amount: int
    points: int


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found in a text."""

    signs: tuple[Sign, ...]
    fingerprint: str

    @property
    def points(self) -> int:
        """How suspicious it is."""
        return sum(sign.points for sign in self.signs)

    @property
    def reasons(self) -> list[list[str | int]]:
        """The signs as they are kept (``Screening.reasons``)."""
        return [[sign.code, sign.amount] for sign in self.signs]


def screen(text: str, *, but_for: Post | None = None) -> Found:
    """What is suspicious in a text (title and body), which may be of the post ``but_for``. One query."""
    prose = _prose(text)
    fingerprint = fingerprint_of(prose)
    signs = [*_links(prose), *_writing(prose)]
    if fingerprint and (times := _posted_before(fingerprint, but_for)):
        signs.append(Sign("repeated", times, 3))
    return Found(tuple(signs), fingerprint)


def links_in(text: str) -> list[str]:
    """The different addresses in a text that lead away from this site."""
    own = (urlsplit(settings.BASE_URL).hostname or "").lower()
    found = dict.fromkeys(each.rstrip(".,;:!?").lower() for each in _LINK.findall(text))
    return [each for each in found if _host(each) != own]


def fingerprint_of(text: str) -> str:
    """The same for texts of the same words, whatever stands between them; empty for short ones."""
    words = " ".join(_WORD.findall(_LINK.sub(" ", text).casefold()))
    if len(words) < MIN_FINGERPRINTED:
        return ""
    return sha256(words.encode()).hexdigest()[:32]


def worded(reasons: Sequence[Sequence[str | int]]) -> list[str]:
    """Kept reasons in the reader's language; codes that are no longer known are left out."""
    return [
        WORDS[str(code)](int(amount)) for code, amount in reasons if str(code) in WORDS
    ]  # fmt: skip


def _prose(text: str) -> str:
    """The text without code, in which addresses and capitals are what they are."""
    lines, fence = [], ""
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if mark is not None and fence in {"", mark[1]}:
            fence = "" if fence else mark[1]
        elif not fence:
            lines.append(_CODE.sub(" ", line))
    return "\n".join(lines)


def _links(text: str) -> Iterator[Sign]:
    links = links_in(text)
    if len(links) > FREE_LINKS:
        yield Sign("links", len(links), min(len(links) - FREE_LINKS, MAX_LINK_POINTS))
    if hiding := sum(_host(each) in HIDING_HOSTS for each in links):
        yield Sign("hiding", hiding, 2)
    lying = sum(_host(said) != _host(true) for said, true in _NAMED_LINK.findall(text))
    if lying:
        yield Sign("lying", lying, 3)


def _writing(text: str) -> Iterator[Sign]:
    letters = [each for each in _LINK.sub(" ", text) if each.isalpha()]
    capitals = sum(each.isupper() for each in letters)
    if len(letters) >= MIN_LETTERS and capitals > MOSTLY * len(letters):
        yield Sign("capitals", round(100 * capitals / len(letters)), 2)
    foreign = _longest_foreign_run(text)
    if foreign >= FOREIGN_RUN:
        yield Sign("foreign", foreign, 2)
    hidden = len(_SPACED_OUT.findall(text)) + len(_INVISIBLE.findall(text)) + _mixed_words(text)
    if hidden:
        yield Sign("obfuscated", hidden, 3)


def _posted_before(fingerprint: str, but_for: Post | None) -> int:
    since = timezone.now() - SAME_WORDS_WITHIN
    same = Screening.objects.filter(fingerprint=fingerprint, at__gte=since)
    return same.exclude(post=but_for).count() if but_for else same.count()


def _host(link: str) -> str:
    address = link if "://" in link else f"https://{link}"
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:  # brackets that are no IPv6 address
        return ""
    return host.lower().removeprefix("www.")


def _is_ours(letter: str) -> bool:
    """Latin, and the Greek that stands in formulas."""
    # The name is looked up for the few letters beyond Latin Extended-B only.
    return letter < "\u0250" or unicodedata.name(letter, "").startswith(("LATIN", "GREEK"))


def _longest_foreign_run(text: str) -> int:
    longest = run = 0
    for letter in text:
        if letter.isalpha():
            run = 0 if _is_ours(letter) else run + 1
            longest = max(longest, run)
    return longest


def _mixed_words(text: str) -> int:
    """Words with letters of another script among Latin ones, which look alike and read otherwise."""
    if text.isascii():
        return 0
    mixed = 0
    for word in _WORD.findall(text):
        letters = [each for each in word if each.isalpha()]
        ours = sum(map(_is_ours, letters))
        mixed += 0 < ours < len(letters)
    return mixed


WORDS: Final[Mapping[str, Callable[[int], str]]] = {
    "first": lambda _n: _("It is the first post of a new account."),
    "links": lambda n: (
        ngettext("It has %(count)s link.", "It has %(count)s links.", n) % {"count": n}
    ),
    "hiding": lambda _n: _("A link does not show where it leads."),
    "lying": lambda _n: _("A link says one address and leads to another."),
    "repeated": lambda n: (
        ngettext(
            "The same text was posted %(count)s time this week.",
            "The same text was posted %(count)s times this week.",
            n,
        )
        % {"count": n}
    ),
    "capitals": lambda n: _("%(share)s per cent of it is in capitals.") % {"share": n},
    "foreign": lambda _n: _("Much of it is in another alphabet."),
    "obfuscated": lambda _n: _(
        "Words are disguised, by spaces, hidden signs or lookalike letters."
    ),
}
