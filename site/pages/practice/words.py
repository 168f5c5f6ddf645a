"""Numbers of articles in words."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from ui.numbers import MINUS, NBSP, format_number

WHOLE_FROM = 10


def change_in_words(percent: Decimal | None) -> str:
    """``−38 %`` or ``+4.5 %``; empty where there is nothing to say."""
    if percent is None:
        return ""
    decimals = 0 if abs(percent) >= WHOLE_FROM or percent == int(percent) else 1
    number = format_number(abs(percent), decimals)
    sign = "" if not percent else MINUS if percent < 0 else "+"
    return f"{sign}{number}{NBSP}%"


def years_in_words(years: Decimal) -> str:
    """How long it takes until something has paid for itself."""
    if years < 1:
        return _("less than a year")
    exact = Decimal("0.1") if years < WHOLE_FROM else Decimal(1)
    return _("%(years)s years") % {"years": format_number(years.quantize(exact))}
