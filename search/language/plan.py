"""What a query means, in terms that every engine can carry out.

The language layer turns typed text into a :class:`QueryPlan`; the engines compile it. All terms
are *index terms*: folded, stemmed words as :func:`search.language.analyse.index_terms` writes them
into the index, so engines need no language analysis of their own.

How an engine reads a plan:

* found: for any one of :attr:`QueryPlan.gates`, every group in it is met by a *decisive*
  alternative (weak ones only rank). This is a filter and scores nothing;
* score: the sum over all groups of the best ``weight × rarity`` among their alternatives, and a
  bonus for each of ``phrases``; what meets one of ``preferred`` goes before all that does not;
* ``prefix``, when set, must begin a word of the entry as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from typing import Final

DECISIVE_WEIGHT: Final = 0.5
NEAR_SLOP: Final = 2


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way in which a group can be met.

    ``terms`` must all occur in one entry (any field); ``weight`` is in (0, 1], 1 for what was
    typed. ``near`` asks that they follow each other: the index holds pairs of terms. ``rarity`` is
    what meeting it says, more for a term that few public entries hold.
    """

    terms: tuple[str, ...]
    weight: float = 1.0
    near: bool = False
    rarity: float = 1.0

    @property
    def tokens(self) -> tuple[str, ...]:
        """What of the index must be there: its terms, or the pairs of those that stand together."""
        return pairs(self.terms) if self.near and len(self.terms) > 1 else self.terms

    @property
    def decisive(self) -> bool:
        """Whether meeting it is enough to be found; otherwise it only raises what is found."""
        return self.weight >= DECISIVE_WEIGHT


@dataclass(frozen=True, slots=True)
class Group:
    """One idea of the query with everything that counts as meeting it.

    ``required`` groups carry the meaning ("plast", "kulde"); the others ("teste", "utstyr") only
    help ranking and never decide whether an entry is found.
    """

    surface: str
    alternatives: tuple[Alternative, ...]
    required: bool = True


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """An interpreted query.

    ``accept`` holds sets of indices into ``groups``; an entry is found if it meets all groups of
    any one set. Where it is empty, ``minimum`` says how many of the required groups must be met.
    ``phrases`` are sequences of stems which, found in that order, raise an entry. ``prefix`` is the
    unfinished last word when the reader is still typing (folded as
    :func:`search.language.analyse.prefixes` folds), else empty. ``correction`` is the whole query
    respelled ("did you mean"), or empty. ``spoken`` says that the query is put as people talk.
    ``wider`` is for when few entries meet this plan: it lets through what meets any one required
    group, and those that meet this plan still go first; None when that would let nothing more through.
    """

    text: str
    groups: tuple[Group, ...] = ()
    minimum: int = 0
    phrases: tuple[tuple[str, ...], ...] = ()
    prefix: str = ""
    correction: str = ""
    accept: tuple[tuple[int, ...], ...] = ()
    preferred: tuple[tuple[int, ...], ...] = ()
    spoken: bool = False
    wider: QueryPlan | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was asked, so that every visible entry matches."""
        return not self.groups and not self.prefix

    @property
    def nonsense(self) -> bool:
        """Whether something was typed in which there is nothing to search for."""
        return self.empty and bool(self.text.strip())

    @property
    def gates(self) -> tuple[tuple[int, ...], ...]:
        """Sets of group indices, any one of which lets an entry through when wholly met.

        At most 12 sets of at most 5. Empty when the plan has no groups, so that all entries pass.
        """
        if self.accept:
            return self.accept
        required = [index for index, group in enumerate(self.groups) if group.required]
        if not required:
            return tuple((index,) for index in range(len(self.groups)))
        return tuple(combinations(required, min(max(self.minimum, 1), len(required))))

    def with_wider(self) -> QueryPlan:
        """This plan with its :attr:`wider` one."""
        ways = tuple((index,) for index, group in enumerate(self.groups) if group.required)
        if not ways or set(ways) <= set(self.gates):
            return self
        return replace(self, wider=replace(self, accept=ways, preferred=self.gates))


def pairs(terms: Sequence[str]) -> tuple[str, ...]:
    """The index tokens of terms that follow each other; no term holds an underscore."""
    return tuple(map("_".join, pairwise(terms)))


@dataclass(frozen=True, slots=True)
class IndexTerms:
    """The terms of one text. ``words`` are stems in order, ``parts`` the parts of its compounds."""

    words: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
