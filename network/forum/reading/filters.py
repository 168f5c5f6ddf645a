"""What a list of threads can be narrowed to, as its address says."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import AnyUser
from activity.models import Follow
from network.forum.models import Post, Tag, Thread, ThreadKind
from network.forum.models.need import Need
from network.forum.models.policy import PolicyMatter
from network.forum.reading.unread import CaughtUp, unread_threads
from search.facets import value_names

UNSOLVED: Final = "uloste"
UNREAD: Final = "uleste"
FOLLOWED: Final = "fulgte"
MINE: Final = "mine"
HIDE: Final = "skjul"
SOLVED: Final = "loste"
LONGEST_VALUE: Final = 80
MOST_FOLLOWED: Final = 1000
BIGGEST_KEY: Final = 2**63 - 1

# Those that are about the reader are for people who are logged in.
PARTS: Final = (
    ("", pgettext_lazy("threads", "All"), False),
    (UNSOLVED, gettext_lazy("Unsolved"), False),
    (UNREAD, gettext_lazy("Unread"), True),
    (FOLLOWED, gettext_lazy("Followed"), True),
    (MINE, pgettext_lazy("threads", "Mine"), True),
)
RESOLVED: Final = (
    Q(kind=ThreadKind.QUESTION, solved_at__isnull=False)
    | Q(kind=ThreadKind.NEED, need__state__in=[Need.State.MET, Need.State.GIVEN_UP])
    | Q(kind=ThreadKind.POLICY, policy__stage=PolicyMatter.Stage.CONCLUDED)
)
WAITING: Final = Q(kind=ThreadKind.QUESTION, solved_at=None) | Q(
    kind=ThreadKind.NEED, need__state=Need.State.OPEN
)


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Something the list is narrowed to, with the address that lifts it."""

    label: str
    url: str


class Filters:
    """What somebody narrows a list to. Values that nothing is called by are left out."""

    def __init__(self, user: AnyUser, parameters: QueryDict) -> None:
        self.user = user
        self.is_person = isinstance(user, User)
        self._parameters = parameters
        self._language = get_language() or settings.LANGUAGE_CODE
        part = self._value("vis")
        known = {name for name, _label, own in PARTS if not own or self.is_person}
        self.part = part if part in known else ""
        kind = self._value("kind")
        self.kind = kind if kind in ThreadKind.values else ""
        self.hides_resolved = self._value(HIDE) == SOLVED
        person = self._value("person")
        is_number = person.isascii() and person.isdecimal() and len(person) < LONGEST_VALUE
        self.person = int(person) if is_number and int(person) <= BIGGEST_KEY else None

    def _value(self, name: str) -> str:
        value: str = self._parameters.get(name, "")
        return value if len(value) <= LONGEST_VALUE and "\x00" not in value else ""

    @cached_property
    def theme(self) -> str:
        """The slug of the theme that was chosen."""
        slug = self._value("theme")
        return slug if slug in self._themes else ""

    @cached_property
    def park(self) -> str:
        """The slug of the park that was chosen."""
        slug = self._value("park")
        return slug if slug in self._parks else ""

    @cached_property
    def tag(self) -> Tag | None:
        """The tag that was chosen."""
        slug = self._value("tag")
        return Tag.objects.filter(slug=slug).first() if slug else None

    @cached_property
    def _themes(self) -> dict[str, str]:
        return value_names("theme", self._language)

    @cached_property
    def _parks(self) -> dict[str, str]:
        return value_names("park", self._language)

    @property
    def state(self) -> Hashable:
        """All that what stands above a list is made of, to keep it by."""
        names = tuple(self._themes.items()), tuple(self._parks.items())
        return self.address(), self.is_person, names

    @property
    def tag_asked(self) -> str:
        """The tag as it stands in the address."""
        return self._value("tag")

    @property
    def person_asked(self) -> str:
        """The person as they stand in the address."""
        return self._value("person")

    @property
    def wants_nothing_there_is(self) -> bool:
        """Whether a tag, park or theme is asked for that does not exist."""
        named = (("theme", "theme"), ("park", "park"), ("tag", "tag"))
        missing = any(self._parameters.get(name) and not getattr(self, own) for name, own in named)
        return missing or bool(self._parameters.get("person") and self.person is None)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for at all."""
        names = ("theme", "park", "tag", "person")
        plain = bool(self.part or self.kind or self.hides_resolved)
        return plain or any(self._parameters.get(name) for name in names)

    @property
    def kinds(self) -> list[Option]:
        """The kinds of threads."""
        return [Option(kind, str(kind.label), kind == self.kind) for kind in ThreadKind]

    @property
    def themes(self) -> list[Option]:
        """The themes."""
        return [Option(slug, name, slug == self.theme) for slug, name in self._themes.items()]

    @property
    def parks(self) -> list[Option]:
        """The parks."""
        return [Option(slug, name, slug == self.park) for slug, name in self._parks.items()]

    def apply(
        self, threads: QuerySet[Thread, Thread], known: CaughtUp | None
    ) -> QuerySet[Thread, Thread]:
        """Those of the threads that are asked for."""
        if self.wants_nothing_there_is:
            return threads.none()
        if self.kind:
            threads = threads.filter(kind=self.kind)
        if self.person is not None:
            threads = threads.filter(author=self.person)
        tied: QuerySet[Any]
        if self.theme:
            tied = Thread.themes.through.objects.filter(theme__slug=self.theme)
            threads = threads.filter(pk__in=tied.values("thread"))
        if self.park:
            tied = Thread.parks.through.objects.filter(park__slug=self.park)
            threads = threads.filter(pk__in=tied.values("thread"))
        if self.tag is not None:
            tied = Thread.tags.through.objects.filter(tag=self.tag)
            threads = threads.filter(pk__in=tied.values("thread"))
        if self.hides_resolved:
            threads = threads.exclude(RESOLVED)
        return self._part(threads, known)

    def _part(
        self, threads: QuerySet[Thread, Thread], known: CaughtUp | None
    ) -> QuerySet[Thread, Thread]:
        if self.part == UNSOLVED:
            return threads.filter(WAITING)
        if not isinstance(self.user, User) or known is None:
            return threads
        if self.part == UNREAD:
            return unread_threads(threads, self.user, known)
        if self.part == FOLLOWED:
            return threads.filter(pk__in=followed_threads(self.user))
        if self.part == MINE:
            written = Post.objects.filter(author=self.user).order_by().values("thread")
            return threads.filter(Q(author=self.user) | Q(pk__in=written))
        return threads

    def address(self, **changes: str) -> str:
        """The query string with values changed or ("") left out; begins on the first page."""
        query = QueryDict(mutable=True)
        for name in ("vis", "kind", "theme", "park", "tag", "person", HIDE):
            value = changes.get(name, self._value(name))
            if value:
                query[name] = value
        return f"?{query.urlencode()}"

    @property
    def parts(self) -> list[tuple[str, str, bool]]:
        """The parts of the list: label, address, whether it is shown."""
        return [
            (str(label), self.address(vis=name), name == self.part)
            for name, label, own in PARTS
            if not own or self.is_person
        ]

    def narrowings(self, author: str) -> list[Narrowing]:
        """What the list is narrowed to; ``author`` is the person's name, empty where none shows.

        A tag is shown as it was typed, so that nobody learns which words hidden groups use.
        """
        found: list[tuple[str, str]] = []
        if self.kind:
            found.append((str(ThreadKind(self.kind).label), "kind"))
        for name, names in (("theme", self._themes), ("park", self._parks)):
            if slug := self._value(name):
                found.append((names.get(slug, slug), name))
        if slug := self._value("tag"):
            found.append((f"#{slug}", "tag"))
        if self._value("person"):
            found.append((author or _("One person"), "person"))
        if self.hides_resolved:
            found.append((_("Without what is solved"), HIDE))
        return [Narrowing(label, self.address(**{name: ""})) for label, name in found]


def followed_threads(user: User) -> list[int]:
    """The threads that somebody follows, those they followed last first."""
    things = Follow.objects.filter(
        user=user, state=Follow.State.FOLLOWING, thing__startswith="thread:"
    ).order_by("-pk")
    names: Callable[..., Any] = things.values_list
    return [int(name.partition(":")[2]) for name in names("thing", flat=True)[:MOST_FOLLOWED]]
