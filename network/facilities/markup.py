"""The long lists of a facility's page as HTML; a template would take ten times as long."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.utils.html import conditional_escape as esc
from django.utils.safestring import SafeString, mark_safe


class LinkedTerm(Protocol):
    """A term with the catalogue narrowed to it."""

    @property
    def label(self) -> str:
        """What the reader sees."""

    @property
    def url(self) -> str:
        """The catalogue narrowed to it."""

    @property
    def note(self) -> str:
        """What a code means."""


class Machinery(Protocol):
    """A machine or instrument."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def make(self) -> str:
        """Who made it."""

    @property
    def reach(self) -> str:
        """What it covers, with its unit."""

    @property
    def quantity(self) -> int:
        """How many there are."""


def chips(terms: Iterable[LinkedTerm]) -> SafeString:
    """Terms as a list of links."""
    items = "".join(
        f'<li><a class="pn-chip" href="{esc(term.url)}">{esc(term.label)}</a></li>'
        for term in terms
    )
    return mark_safe(f'<ul class="pn-tags">{items}</ul>')  # noqa: S308 - escaped above


def standards_list(terms: Iterable[LinkedTerm]) -> SafeString:
    """Standards by their codes, each with what it is about."""
    items = "".join(
        f'<li><a href="{esc(term.url)}">{esc(term.label)}</a>'
        f"{f' <span>{esc(term.note)}</span>' if term.note else ''}</li>"
        for term in terms
    )
    return mark_safe(f'<ul class="pn-standards">{items}</ul>')  # noqa: S308 - escaped above


def equipment_rows(machines: Iterable[Machinery]) -> SafeString:
    """Rows of the table of equipment: what, make, range."""
    return mark_safe("\n".join(map(_row, machines)))  # noqa: S308 - escaped below


def _row(machine: Machinery) -> str:
    several = (
        f' <span class="pn-quantity">× {machine.quantity}</span>' if machine.quantity > 1 else ""
    )
    return (
        f'<tr><th scope="row">{esc(machine.name)}{several}</th>'
        f"<td>{esc(machine.make) or '–'}</td><td>{esc(machine.reach) or '–'}</td></tr>"
    )


def levels_list(first: int, last: int) -> SafeString:
    """The nine technology readiness levels, of which ``first`` to ``last`` are served."""
    marks = [' class="is-inside"' if first <= level <= last else "" for level in range(1, 10)]
    items = "".join(f"<li{mark}>{level}</li>" for level, mark in enumerate(marks, start=1))
    return mark_safe(f'<ol class="pn-trl" aria-hidden="true">{items}</ol>')  # noqa: S308 - numbers
