"""People and organisations that a post names with an @.

A name counts when it is that of one person who may read the post, or of one organisation that its
author sees. Of several people with the same name each is told apart by a number that the list of
suggestions puts in: "@Kari Nordmann#12". Whoever may not read the post is not named by it, so nothing
tells who is there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from accounts.models import User
from accounts.roles import roles_of
from network.forum.models import Category, Post
from network.forum.models.thread import Visibility
from network.organisations.models import Membership, Organisation

# What is looked up of one post.
MOST_MENTIONS: Final = 20
MOST_WORDS: Final = 6
MOST_ALIKE: Final = 200
SUGGESTED_PEOPLE: Final = 6
SUGGESTED_ORGANISATIONS: Final = 3
LETTERS: Final = 2
LONGEST_QUERY: Final = 60

_NAMED: Final = re.compile(
    rf"(?<![\w@.])@(\w[\w.'’&+-]*(?: [\w&][\w.'’&+-]*){{0,{MOST_WORDS - 1}}})(#(?:org)?\d{{1,9}})?"
)
_ENDS: Final = ".,:;!?'’-&+"


@dataclass(frozen=True)
class Named:
    """Whom a text names; ``marks`` maps what stands there to the address of a page, if there is one."""

    people: Sequence[User] = ()
    organisations: Sequence[Organisation] = ()
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody to name: what is shown, what helps to tell them apart, what is put into the text."""

    name: str
    note: str
    text: str


def readers(category: Category) -> QuerySet[User]:
    """People who may read a category; network administrators, who may read all, only if they do."""
    people = User.objects.filter(is_active=True, erased_at=None)
    if category.group_id and category.audience != "public":
        return people.filter(
            group_memberships__group=category.group_id, group_memberships__state="member"
        )
    if category.park_id:
        at_home = Membership.objects.filter(
            user=OuterRef("pk"), organisation__parks=category.park_id
        )
        return people.filter(Exists(at_home) | Q(park_staff__park=category.park_id)).distinct()
    return people


def named_in(passages: Iterable[str], category: Category, author: User) -> Named:
    """Whom passages of a text name, as far as they may read the category."""
    occurrences = _occurrences(passages)
    if not occurrences:
        return Named()
    names = {name for candidates in occurrences for name, _ in candidates}
    named: dict[str, list[User | Organisation]] = defaultdict(list)
    for person in _with_names(readers(category)).filter(full__in=names)[:MOST_ALIKE]:
        named[person.full].append(person)
    for firm in Organisation.objects.visible_to(author).filter(name__in=names)[:MOST_ALIKE]:
        named[firm.name].append(firm)
    return _chosen(occurrences, named)


def _occurrences(passages: Iterable[str]) -> list[list[tuple[str, str]]]:
    """What each @ may mean, the longest name first, each with the number after it or nothing."""
    found: list[list[tuple[str, str]]] = []
    for passage in passages:
        for match in _NAMED.finditer(passage):
            if len(found) == MOST_MENTIONS:
                return found
            words = match[1].split(" ")
            if match[2]:
                found.append([(match[1], match[2])])
                continue
            names = [" ".join(words[:length]) for length in range(len(words), 0, -1)]
            stripped = ((name, name.rstrip(_ENDS)) for name in names)
            found.append([(name, "") for both in stripped for name in dict.fromkeys(both)])
    return found


def _chosen(
    occurrences: Sequence[Sequence[tuple[str, str]]],
    named: Mapping[str, Sequence[User | Organisation]],
) -> Named:
    people: dict[int, User] = {}
    firms: dict[int, Organisation] = {}
    marks: dict[str, str] = {}
    for candidates in occurrences:
        # A shorter name is not meant where the longer one is somebody's.
        name, number = next((each for each in candidates if each[0] in named), ("", ""))
        meant = [each for each in named.get(name, ()) if number in {"", _number(each)}]
        if len(meant) != 1:
            continue
        one = meant[0]
        if isinstance(one, Organisation):
            firms[one.pk] = one
            marks[f"@{name}{number}"] = one.get_absolute_url()
        else:
            people[one.pk] = one
            marks[f"@{name}{number}"] = ""
    return Named(list(people.values()), list(firms.values()), marks)


def suggested(typed: str, category: Category, writer: User) -> list[Suggestion]:
    """Whom somebody may mean who has typed these letters after an @ in this category.

    Where everybody may read, only people are listed whom the writer knows of: those who have written
    what the writer can read, and those of the same organisations and groups. Anybody else has to be
    named in full, for signing up must not be enough to list all members.
    """
    typed = " ".join(typed.split())[:LONGEST_QUERY]
    if len(typed) < LETTERS:
        return []
    people = _people_suggested(typed, category, writer)
    visible = Organisation.objects.visible_to(writer).filter(_begins("name", typed))
    firms = list(visible.order_by("name")[:SUGGESTED_ORGANISATIONS])
    doubles = _doubled(category, people, firms)
    found: list[tuple[str, str, User | Organisation]] = [
        *((each.get_full_name(), each.title, each) for each in people),
        *((each.name, each.get_kind_display(), each) for each in firms),
    ]
    return [
        Suggestion(name, note, f"@{name}{_number(each) if name in doubles else ''}")
        for name, note, each in found
    ]


def _people_suggested(typed: str, category: Category, writer: User) -> list[User]:
    named = _begins("first_name", typed) | _begins("last_name", typed) | _begins("full", typed)
    found = _with_names(readers(category)).filter(named).exclude(pk=writer.pk)
    if category.audience in {"public", "member"}:
        roles = roles_of(writer)
        written = Post.objects.filter(
            author=OuterRef("pk"),
            state=Visibility.PUBLISHED,
            thread__state=Visibility.PUBLISHED,
            thread__category__audience__in=roles.audience,
        )
        colleague = Membership.objects.filter(
            user=OuterRef("pk"), organisation__in=roles.organisations
        )
        of_group = Q(group_memberships__group__in=roles.groups, group_memberships__state="member")
        found = found.filter(Exists(written) | Exists(colleague) | of_group).distinct()
    return list(found.order_by("first_name", "last_name", "pk")[:SUGGESTED_PEOPLE])


def _doubled(
    category: Category, people: Sequence[User], firms: Sequence[Organisation]
) -> frozenset[str]:
    """Those of the names that do not say by themselves who is meant."""
    names = {person.get_full_name() for person in people} | {firm.name for firm in firms}
    alike = _with_names(readers(category)).filter(full__in=names).order_by().values("full")
    counts: dict[str, int] = defaultdict(int)
    for name, count in alike.annotate(count=Count("pk", distinct=True)).values_list(
        "full", "count"
    ):
        counts[name] += count
    for name, count in (
        Organisation.objects.filter(name__in=names)
        .order_by()
        .values_list("name")
        .annotate(count=Count("pk"))
    ):
        counts[name] += count
    return frozenset(name for name, count in counts.items() if count > 1)


def _number(named: User | Organisation) -> str:
    return f"#{named.pk}" if isinstance(named, User) else f"#org{named.pk}"


def _with_names(people: QuerySet[User]) -> QuerySet[Any]:
    return people.annotate(full=Concat("first_name", Value(" "), "last_name"))


def _begins(field_name: str, typed: str) -> Q:
    # SQLite compares without regard to case only what is ASCII, so "ø" is tried as "Ø", too.
    return Q(**{f"{field_name}__istartswith": typed}) | Q(
        **{f"{field_name}__startswith": typed[:1].upper() + typed[1:]}
    )
