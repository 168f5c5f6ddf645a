"""The host's queue: what waits for an answer, what is out, what is booked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from network.facilities.models import BookingState, FacilityRequest, RequestState
from network.facilities.models.request import WAITS_FOR_HOST

PAGE: Final = 25
TO_ANSWER: Final = "besvar"
OVERDUE: Final = "forfalt"
OFFERS: Final = "tilbud"
BOOKINGS: Final = "bestilt"
ALL: Final = "alle"
FIELDS: Final = (
    *("pk", "state", "respond_by", "facility__name_nb", "facility__name_en", "enquiry__title"),
    *("enquiry__confidentiality", "promised_at", "enquiry__organisation__name"),
    *("enquiry__guest_company", "enquiry__wanted_from", "booking__pk", "booking__starts_at"),
    *("booking__state", "enquiry__sample"),
)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One request as the queue shows it. ``tone`` colours its state."""

    pk: int
    title: str
    facility: str
    company: str
    state: str
    tone: str
    due: str
    overdue: bool
    when: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A part of the queue; ``count`` is None where it is not worth counting."""

    name: str
    label: str
    count: int | None
    current: bool


class HostQueue:
    """A page of the requests to ``hosts`` (ids), as the address asks for it. At most four queries.

    The part that waits is ordered by the day on which an answer is due, all else newest first.
    """

    def __init__(self, hosts: frozenset[int], parameters: QueryDict) -> None:
        self._hosts = hosts
        self._today = timezone.localdate()
        chosen = parameters.get("vis", TO_ANSWER)
        self.part = chosen if chosen in {OVERDUE, OFFERS, BOOKINGS, ALL} else TO_ANSWER
        self._after = parameters.get("etter", "")[:40]

    @property
    def _by_day(self) -> bool:
        return self.part in {TO_ANSWER, OVERDUE}

    @property
    def _sent(self) -> QuerySet[FacilityRequest]:
        found: QuerySet[FacilityRequest] = FacilityRequest.objects.filter(host__in=self._hosts)
        return found

    @cached_property
    def _counts(self) -> dict[str, int]:
        rows = self._sent.order_by().values_list("state").annotate(Count("pk"))
        return dict(rows)

    @cached_property
    def overdue(self) -> int:
        """How many answers are late."""
        late = self._sent.filter(state__in=WAITS_FOR_HOST, respond_by__lt=self._today)
        return late.order_by().count()

    @property
    def waiting(self) -> int:
        """How many requests wait for an answer."""
        return sum(self._counts.get(state, 0) for state in WAITS_FOR_HOST)

    @property
    def filters(self) -> list[Filter]:
        """The parts of the queue."""
        offers = self._counts.get(RequestState.OFFERED, 0)
        parts = (
            (TO_ANSWER, _("To answer"), self.waiting),
            (OVERDUE, _("Overdue"), self.overdue),
            (OFFERS, _("Offers out"), offers),
            (BOOKINGS, pgettext("part of the queue", "Bookings"), None),
            (ALL, pgettext("part of the queue", "All"), None),
        )
        return [Filter(name, label, n, name == self.part) for name, label, n in parts]

    @cached_property
    def _rows(self) -> list[tuple[Any, ...]]:
        part = self._sent.exclude(state=RequestState.CHOSEN)
        if self.part == TO_ANSWER:
            part = self._sent.filter(state__in=WAITS_FOR_HOST)
        elif self.part == OVERDUE:
            part = self._sent.filter(state__in=WAITS_FOR_HOST, respond_by__lt=self._today)
        elif self.part == OFFERS:
            part = self._sent.filter(state=RequestState.OFFERED)
        elif self.part == BOOKINGS:
            part = self._sent.filter(state=RequestState.ACCEPTED)
        day, pk = _key(self._after)
        if self._by_day:
            part = part.order_by("respond_by", "pk")
            if day is not None:
                part = part.filter(Q(respond_by__gt=day) | Q(respond_by=day, pk__gt=pk))
        else:
            part = part.order_by("-pk")
            if pk:
                part = part.filter(pk__lt=pk)
        return list(part.values_list(*FIELDS)[: PAGE + 1])

    @cached_property
    def rows(self) -> Sequence[QueueRow]:
        """What the page shows."""
        english = (get_language() or "nb").startswith("en")
        return [_row(row, self._today, english=english) for row in self._rows[:PAGE]]

    @property
    def next(self) -> str:
        """The query string of what comes after this page; empty on the last one."""
        if len(self._rows) <= PAGE:
            return ""
        pk, _state, day = self._rows[PAGE - 1][:3]
        return f"?vis={self.part}&etter={day}.{pk}"

    @property
    def is_first(self) -> bool:
        """Whether nothing comes before this page."""
        return not self._after


def _key(after: str) -> tuple[date | None, int]:
    """The day and number of the row before the page; (None, 0) for what is neither."""
    day, _dot, pk = after.partition(".")
    number = int(pk) if pk.isascii() and pk.isdecimal() else 0
    try:
        return date.fromisoformat(day), number
    except ValueError:
        return None, number


def _row(row: tuple[Any, ...], today: date, *, english: bool) -> QueueRow:
    pk, state, due, name_nb, name_en, title, confidential, promised, company, guest = row[:10]
    wanted, booking, starts_at, booked, sample = row[10:]
    waits = state in WAITS_FOR_HOST
    overdue = waits and due is not None and due < today
    hidden = confidential == "confidential" and promised is None
    label, tone = _state_shown(state, booked if booking else "", overdue=overdue)
    when = timezone.localdate(starts_at) if starts_at else wanted
    return QueueRow(
        pk=pk,
        title=title,
        facility=(name_en if english else "") or name_nb,
        company=_("Confidential") if hidden else company or guest,
        state=label,
        tone=tone,
        due=_("answer by %(day)s") % {"day": date_format(due, "SHORT_DATE_FORMAT")}
        if due and waits
        else "",
        overdue=overdue,
        when=date_format(when, "SHORT_DATE_FORMAT") if when else "",
        sample=sample,
    )


def _state_shown(state: str, booked: str, *, overdue: bool) -> tuple[str, str]:
    if overdue:
        return _("Overdue"), "danger"
    if booked:
        tone = {"tentative": "warning", "confirmed": "success"}.get(booked, "neutral")
        return str(BookingState(booked).label), tone
    tones = {"sent": "info", "answered": "info", "offered": "success", "question": "warning"}
    return str(HOST_STATES[RequestState(state)]()), tones.get(state, "neutral")


HOST_STATES: Final[dict[RequestState, Callable[[], str]]] = {
    RequestState.CHOSEN: lambda: "",
    RequestState.SENT: lambda: _("To answer"),
    RequestState.QUESTION: lambda: _("Waits for the answer to your question"),
    RequestState.ANSWERED: lambda: _("Your question is answered"),
    RequestState.OFFERED: lambda: _("Offer out"),
    RequestState.REFUSED: lambda: _("Refused"),
    RequestState.EXPIRED: lambda: _("Expired"),
    RequestState.ACCEPTED: lambda: _("Accepted"),
    RequestState.DECLINED: lambda: _("Another was chosen"),
    RequestState.WITHDRAWN: lambda: _("Withdrawn"),
}
