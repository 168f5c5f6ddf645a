"""Numbers, money and distances as Norwegians and English readers write them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import get_language
from stdnum.exceptions import ValidationError
from stdnum.no import orgnr as organisation_number

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MAX_DECIMALS = 6
EXACT_BELOW_KM = 10

Number = float | Decimal | str


def _reads_english() -> bool:
    return (get_language() or "nb").startswith("en")


def _as_decimal(value: Number | None) -> Decimal | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def format_number(value: Number | None, decimals: int | None = None) -> str:
    """``1234.5`` as ``1 234,5`` (nb) or ``1,234.5`` (en).

    ``decimals`` fixes how many are shown (half is rounded up); without it, as many as the number
    has, at most six. Four digits are grouped too, so that columns line up. What is no finite
    number gives an empty string.
    """
    number = _as_decimal(value)
    if number is None:
        return ""
    places = MAX_DECIMALS if decimals is None else decimals
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if not _reads_english():
        text = text.translate({ord(","): NBSP, ord("."): ","})
    return f"{MINUS}{text}" if rounded < 0 else text


def format_nok(value: Number | None) -> str:
    """An amount in whole kroner: ``12 500 kr`` (nb), ``NOK 12,500`` (en)."""
    text = format_number(value, 0)
    if not text:
        return ""
    return f"NOK{NBSP}{text}" if _reads_english() else f"{text}{NBSP}kr"


def format_distance(kilometres: Number | None) -> str:
    """Kilometres, with one decimal below ten: ``3,4 km``, ``128 km``."""
    number = _as_decimal(kilometres)
    if number is None:
        return ""
    return f"{format_number(number, 1 if number < EXACT_BELOW_KM else 0)}{NBSP}km"


def format_organisation_number(value: str | None) -> str:
    """``974760673`` as ``974 760 673``; a text that is no organisation number is left as it is."""
    if not value:
        return ""
    try:
        compact = organisation_number.validate(str(value))
    except ValidationError:
        return str(value)
    return NBSP.join((compact[:3], compact[3:6], compact[6:]))
