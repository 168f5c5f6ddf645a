"""What fits a need or an offer, each with the reasons why it is shown.

The search is asked as the reader would ask it, so that nothing comes that they may not see. Whoever
has what the other needs goes first, then facilities, articles and organisations; people by the
competences they declare, for members alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.roles import AnyUser, roles_of
from network.forum.kinds.competence import people_who_know
from network.forum.models import Need, Post, ThreadKind
from network.forum.text import plain
from network.parks.places import find_place
from search.documents import documents
from search.facets import value_name
from search.finding import Found, find
from search.models import SearchEntry
from search.query import MAX_PAGE_SIZE, MAX_QUERY_LENGTH, Point, SearchRequest
from search.subjects import Subject
from ui.numbers import format_distance

SHOWN: Final = 4
OF_THEME: Final = 2
PEOPLE_SHOWN: Final = 5
LOOKED_AT: Final = 12
NEAR_KM: Final = 150.0
MOST_REASONS: Final = 5
# Which of the search's types are asked, in the order in which they are shown.
TYPES: Final = ("facility", "practice", "page", "organisation", "startup", "stream")
# Where an entry has terms by which it can be of help.
TERMS: Final = ("method", "material", "standard", "theme")


@dataclass(frozen=True, slots=True)
class Match:
    """Something that may help. ``reasons`` are short texts, the weightiest first."""

    title: str
    url: str
    note: str
    reasons: Sequence[str]
    sample: bool = False
    only_theme: bool = False


@dataclass(frozen=True, slots=True)
class Matches:
    """Matches of one type under their heading."""

    name: str
    heading: str
    items: Sequence[Match]


def matches_of(need: Need, user: AnyUser) -> list[Matches]:
    """Everything that may help with a need, as ``user`` may see it; empty groups are left out."""
    first = Post.objects.filter(thread=need.thread, number=1).only("source").first()
    text = plain(first.source) if first is not None else ""
    asked = _Asked(need, text, user)
    groups = [Matches("opposite", _opposite_heading(need), asked.opposite())]
    for type_name in TYPES:
        document = documents().get(type_name)
        if document is not None:
            found = asked.of_type(type_name)
            groups.append(Matches(type_name, str(document.plural), found))
    groups.append(Matches("people", _("People who know about it"), asked.people()))
    return [group for group in groups if group.items]


def _opposite_heading(need: Need) -> str:
    if need.direction == Need.Direction.NEED:
        return _("Somebody has this")
    return _("Somebody needs this")


class _Asked:
    """A need put as questions to the search."""

    def __init__(self, need: Need, text: str, user: AnyUser) -> None:
        self._need, self._text, self._user = need, text, user
        self._themes = frozenset(need.thread.themes.values_list("slug", flat=True))
        self._parks = frozenset(need.thread.parks.values_list("slug", flat=True))
        self._request = SearchRequest(
            size=LOOKED_AT,
            language=get_language() or "nb",
            audience=roles_of(user).audience,
            near=self._place(),
        )

    def of_type(self, type_name: str) -> list[Match]:
        """Entries of a type that help, those first that do so by what they say."""
        found = self._found(replace(self._request, types=(type_name,)))
        return self._ranked(self._match(each) for each in found)

    def opposite(self) -> list[Match]:
        """Open needs of the other direction, the best first."""
        request = replace(
            self._request,
            types=("thread",),
            filters={"thread_kind": (ThreadKind.NEED.value,)},
            size=MAX_PAGE_SIZE,
        )
        found = {int(each.entry.key.rpartition(":")[2]): each for each in self._found(request)}
        needs = Need.objects.listed().filter(pk__in=list(found)).exclude(pk=self._need.pk)
        wanted = set(needs.exclude(direction=self._need.direction).values_list("pk", flat=True))
        return self._ranked(self._match(each) for pk, each in found.items() if pk in wanted)

    def people(self) -> list[Match]:
        """Members who declare a competence for it, for members alone."""
        thread = self._need.thread
        if not roles_of(self._user).member:
            return []
        asker = [thread.author_id] if thread.author_id else []
        knowing = people_who_know(
            Subject(thread.title, self._text), thread.category, but=[*asker, self._user.pk or 0]
        )
        return [
            Match(
                title=each.person.get_full_name() or _("A member"),
                url="",
                note=each.organisation or each.person.title,
                reasons=[_("declares: %(competence)s") % {"competence": each.because}],
            )
            for each in knowing[:PEOPLE_SHOWN]
        ]

    def _ranked(self, matches: Iterable[Match]) -> list[Match]:
        """What says it itself, and after that a little of what only has the same theme."""
        helping = [match for match in matches if match.reasons]
        telling = [match for match in helping if not match.only_theme]
        others = [match for match in helping if match.only_theme]
        return [*telling, *others[:OF_THEME]][:SHOWN]

    def _found(self, request: SearchRequest) -> Iterable[Found]:
        """What the whole text finds, and if that is little, what the title alone does."""
        found: dict[str, Found] = {}
        for text in dict.fromkeys(
            (_cut(f"{self._need.thread.title} {self._text}"), _cut(self._need.thread.title))
        ):
            if len(found) >= SHOWN:
                break
            for each in find(replace(request, text=text), self._user).items:
                found.setdefault(each.entry.key, each)
        return found.values()

    def _place(self) -> Point | None:
        return find_place(self._need.place) if self._need.place else None

    def _match(self, found: Found) -> Match:
        says, theme = list(dict.fromkeys(self._says(found))), list(self._theme(found))
        helps = [*says, *theme]
        # Near and in the same park are worth saying only of what can help.
        reasons = [*helps, *self._suits(found)] if helps else []
        return Match(
            title=found.title,
            url=found.url,
            note=value_name("park", found.entry.meta.get("park", ""), found.language),
            reasons=reasons[:MOST_REASONS],
            sample=found.sample,
            only_theme=not says,
        )

    def _says(self, found: Found) -> Iterator[str]:
        for facet in TERMS:
            for slug in found.entry.facets.get(facet, ()):
                name = value_name(facet, slug, found.language)
                if _is_asked_for(name, found):
                    yield name
        if _is_asked_for(f"{found.title} {found.summary}", found):
            yield _("described with the words you use")

    def _theme(self, found: Found) -> Iterator[str]:
        for slug in self._themes.intersection(found.entry.facets.get("theme", ())):
            name = value_name("theme", slug, found.language)
            yield _("same theme: %(theme)s") % {"theme": name}

    def _suits(self, found: Found) -> Iterator[str]:
        for slug in found.entry.facets.get("park", ()):
            if slug in self._parks:
                yield _("in %(park)s") % {"park": value_name("park", slug, found.language)}
        distance = found.distance_km
        if distance is not None and distance <= NEAR_KM:
            yield _("%(distance)s from %(place)s") % {
                "distance": format_distance(distance),
                "place": self._need.place,
            }


def _cut(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= MAX_QUERY_LENGTH:
        return words
    return words[:MAX_QUERY_LENGTH].rpartition(" ")[0] or words[:MAX_QUERY_LENGTH]


def _is_asked_for(text: str, found: Found) -> bool:
    """Whether the search would mark anything in ``text``, synonyms and compounds included."""
    if found.plan.empty:
        return False
    shown = Found(SearchEntry(title_nb=text), found.hit, found.plan, "nb")
    return "<mark>" in shown.marked_title
