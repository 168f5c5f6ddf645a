"""The Central Coordinating Register's open interface: what it says about a number.

Off unless ``BRREG_URL`` is set. Answers are kept with their date; a form asks at most once a month
about one number, and goes on without an answer when the register gives none in time.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import urllib3
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from stdnum.no import orgnr

from network.organisations.models import RegisterEntry

TIMEOUT_SECONDS: Final = 2.5
KEPT_FOR: Final = timedelta(days=30)
MAX_ANSWER_BYTES: Final = 200_000
NOT_THERE: Final = (404, 410)
SMALL_WORDS: Final = frozenset({"OG", "I", "PÅ"})

logger = logging.getLogger(__name__)


class NoAnswer(Exception):  # noqa: N818 - says what there is
    """The register did not answer in time, or not as it should."""


def is_used() -> bool:
    """Whether the register is asked at all."""
    return bool(settings.BRREG_URL)


def look_up(number: str) -> RegisterEntry | None:
    """What the register says about an organisation number, fetched when we know nothing recent.

    None when it is not asked, when ``number`` is none, or when it does not answer and never has.
    Raises RuntimeError inside a transaction, which must not wait for others.
    """
    if not is_used() or not orgnr.is_valid(number):
        return None
    number = orgnr.compact(number)
    known = RegisterEntry.objects.filter(number=number).first()
    if known is not None and known.fetched_at > timezone.now() - KEPT_FOR:
        return known
    try:
        answer = _fetch(number)
    except NoAnswer as error:
        logger.warning("the register gave no answer: %s", error)
        return known
    values = _read(answer) if answer is not None else {"found": False}
    entry, _ = RegisterEntry.objects.update_or_create(
        number=number, defaults={**_NOTHING, **values, "fetched_at": timezone.now()}
    )
    return entry


_NOTHING: Final[Mapping[str, Any]] = {
    "found": True,
    "name": "",
    "form": "",
    "industry_code": "",
    "industry": "",
    "municipality": "",
    "web": "",
    "dissolved": False,
}


def _fetch(number: str) -> Mapping[str, Any] | None:
    """The register's record; None when it has none. Raises NoAnswer."""
    # Only its complaint is wanted: that there is a transaction.
    with transaction.atomic(durable=True):
        pass
    url = f"{settings.BRREG_URL.rstrip('/')}/enheter/{number}"
    try:
        response = urllib3.request(
            "GET",
            url,
            headers={"Accept": "application/json"},
            timeout=urllib3.Timeout(total=TIMEOUT_SECONDS),
            retries=False,
            redirect=False,
            preload_content=False,
        )
        content = response.read(MAX_ANSWER_BYTES + 1, decode_content=True)
        response.release_conn()
    except (urllib3.exceptions.HTTPError, ValueError, OSError) as error:
        raise NoAnswer(type(error).__name__) from error
    if response.status in NOT_THERE:
        return None
    if response.status != 200 or len(content) > MAX_ANSWER_BYTES:  # noqa: PLR2004 - HTTP's "OK"
        raise NoAnswer(f"status {response.status}, {len(content)} bytes")
    try:
        answer = json.loads(content)
    except ValueError as error:
        raise NoAnswer("not JSON") from error
    if not isinstance(answer, dict) or str(answer.get("organisasjonsnummer")) != number:
        raise NoAnswer("not about this number")
    return answer


def _read(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The parts that we use, cut to the room there is for them."""
    address = _part(answer, "forretningsadresse") or _part(answer, "postadresse")
    industry = _part(answer, "naeringskode1")
    texts = {
        "name": answer.get("navn"),
        "form": _part(answer, "organisasjonsform").get("beskrivelse"),
        "industry_code": industry.get("kode"),
        "industry": industry.get("beskrivelse"),
        "municipality": in_title_case(str(address.get("kommune") or "")),
        "web": answer.get("hjemmeside"),
    }
    ended = ("konkurs", "underAvvikling", "underTvangsavviklingEllerTvangsopplosning")
    return {
        **{name: _text(name, value) for name, value in texts.items()},
        "dissolved": bool(answer.get("slettedato")) or any(answer.get(each) for each in ended),
    }


def in_title_case(name: str) -> str:
    """``NORE OG UVDAL`` as it is written elsewhere: ``Nore og Uvdal``."""
    words = [word.lower() if word in SMALL_WORDS else _capital(word) for word in name.split()]
    return " ".join(words)


def _capital(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))


def _part(answer: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = answer.get(name)
    return part if isinstance(part, dict) else {}


def _text(name: str, value: Any) -> str:
    length: int = RegisterEntry._meta.get_field(name).max_length  # type: ignore[union-attr,assignment]  # a text
    return " ".join(str(value or "").split())[:length]
