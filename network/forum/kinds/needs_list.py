"""Open needs and offers, narrowed as an address says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import F, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import AnyUser
from network.forum.kinds.querysets import NeedQuerySet
from network.forum.models import Need
from network.forum.reading.addresses import here, thread_path
from network.forum.reading.rows import shown_name
from network.forum.reading.times import Clock
from network.parks.models import Theme
from ui.icons import icon_markup

PAGE: Final = 25
MAX_PLACE: Final = 80
SOON: Final = timedelta(days=7)
DEADLINES: Final[Mapping[str, int]] = {"14": 14, "30": 30, "90": 90}
FIELDS: Final = (
    *("pk", "direction", "place", "deadline", "thread__title", "thread__slug"),
    *("thread__created_at", "thread__post_count", "thread__sample", "thread__author__first_name"),
    *("thread__author__last_name", "thread__author__erased_at"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that the list can be narrowed to."""

    value: str
    label: str
    chosen: bool


class NeedsList:
    """A page of the open needs that the reader may see. Three queries.

    What ends first goes first, then what has no deadline, the newest first.
    """

    def __init__(self, user: AnyUser, parameters: QueryDict) -> None:
        self._user = user
        self._page = parameters.get("page", "1")
        self.direction = _one_of(parameters.get("direction", ""), Need.Direction.values)
        self.theme = parameters.get("theme", "")[:MAX_PLACE].replace("\x00", "")
        self.place = " ".join(parameters.get("place", "").replace("\x00", " ").split())[:MAX_PLACE]
        self.within = _one_of(parameters.get("within", ""), DEADLINES)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.direction or self.theme or self.place or self.within)

    @property
    def directions(self) -> list[Choice]:
        """Needs, offers, or both."""
        return [
            Choice(value, str(label), value == self.direction)
            for value, label in Need.Direction.choices
        ]

    @cached_property
    def themes(self) -> list[Choice]:
        """All themes."""
        return [Choice(each.slug, each.name, each.slug == self.theme) for each in _themes()]

    @property
    def deadlines(self) -> list[Choice]:
        """How soon it must end."""
        return [
            Choice(
                value,
                ngettext("within %(number)d day", "within %(number)d days", days)
                % {"number": days},
                value == self.within,
            )
            for value, days in DEADLINES.items()
        ]

    @cached_property
    def page(self) -> Page[tuple[Any, ...]]:
        """The page asked for, or the nearest that there is."""
        return Paginator(self._found.values_list(*FIELDS), PAGE).get_page(self._page[:9])

    @property
    def count(self) -> int:
        """How many there are on all pages."""
        return self.page.paginator.count

    @property
    def rows(self) -> SafeString:
        """The page as items of a list."""
        return need_rows(self.page.object_list)

    @property
    def _found(self) -> NeedQuerySet:
        found: NeedQuerySet = Need.objects.visible_to(self._user).listed()
        if self.direction:
            found = found.filter(direction=self.direction)
        if self.theme:
            found = found.filter(thread__themes__slug=self.theme)
        if self.place:
            found = found.filter(_in_place(self.place)).distinct()
        if self.within:
            last = timezone.localdate() + timedelta(days=DEADLINES[self.within])
            found = found.filter(deadline__lte=last)
        return found.order_by(F("deadline").asc(nulls_last=True), "-thread__created_at", "-pk")


def _in_place(text: str) -> Q:
    """At a place called so, or of a park called so or in that municipality."""
    return (
        Q(place__icontains=text)
        | Q(thread__parks__name_nb__icontains=text)
        | Q(thread__parks__name_en__icontains=text)
        | Q(thread__parks__municipality__iexact=text)
    )


def _one_of(value: str, known: Any) -> str:
    return value if value in known else ""


def _themes() -> Sequence[Theme]:
    return sorted(Theme.objects.all(), key=lambda theme: theme.name)


def need_rows(rows: Iterable[tuple[Any, ...]]) -> SafeString:
    """Needs as items of a list, written in Python as all lists of the forum."""
    return mark_safe("\n".join(map(_Writer().row, rows)))  # noqa: S308 - texts are escaped below


class _Writer:
    """Writes rows for one page, with the words that all of them need."""

    def __init__(self) -> None:
        self._today, self._start, self._clock = timezone.localdate(), here(), Clock()
        self._directions = {value: str(label) for value, label in Need.Direction.choices}
        self._place, self._day = icon_markup("map"), icon_markup("calendar")
        self._started, self._gone = escape(_("%(name)s started this %(when)s")), _("Deleted user")

    def row(self, row: tuple[Any, ...]) -> str:
        """One ``<li>``."""
        pk, direction, place, deadline, title, slug, at, posts, sample = row[:9]
        tags = [_tag(self._directions[direction], "info" if direction == "need" else "success")]
        if place:
            tags.append(f'<li class="pn-thread__kind">{self._place}{escape(place)}</li>')
        if deadline:
            tone, text = _deadline(deadline, self._today)
            tags.append(_tag(text, tone, self._day))
        if sample:
            tags.append(_tag(_("Sample data"), "neutral"))
        by = self._started % {
            "name": escape(shown_name(row[9:12], self._gone)),
            "when": self._clock.element(at),
        }
        number = max(0, posts - 1)
        answers = ngettext("%(number)d answer", "%(number)d answers", number)
        return (
            f'<li class="pn-thread"><div class="pn-thread__what"><h2 class="pn-thread__title">'
            f'<a href="{thread_path(self._start, pk, slug)}">{escape(title)}</a></h2>'
            f'<ul class="pn-tags">{"".join(tags)}</ul><p class="pn-thread__by">{by}</p></div>'
            f'<div class="pn-thread__now"><span>{escape(answers % {"number": number})}</span>'
            "</div></li>"
        )


def _tag(text: str, tone: str, icon: str = "") -> str:
    return f'<li class="ds-tag" data-color="{tone}">{icon}{escape(text)}</li>'


def _deadline(deadline: date, today: date) -> tuple[str, str]:
    """The colour of a deadline and what is said of it."""
    day = date_format(deadline, "SHORT_DATE_FORMAT")
    if deadline < today:
        return "danger", _("the deadline was %(day)s") % {"day": day}
    tone = "warning" if deadline - today <= SOON else "neutral"
    return tone, _("by %(day)s") % {"day": day}
