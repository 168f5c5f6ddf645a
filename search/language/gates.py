"""Which ideas of a query an entry must meet to be found.

Counting words is too blunt: in "flottøren vår ruster i sjøvann" an entry about rust in sea water is
what is sought though no facility knows the word for the product, while for "MR-skanning av laks" an
entry about salmon is not. So each idea weighs by its kind (what is to be done weighs twice what it
is done to), and an entry must carry half of the weight, and more than half when it does none of
what is to be done, or when the query is about things of which no entry knows anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

MAX_IDEAS: Final = 5
MAX_GATES: Final = 12
ACTION: Final = 2.0
QUALITY: Final = 1.5
OBJECT: Final = 1.0
_MANY_FOREIGN: Final = 2


@dataclass(frozen=True, slots=True)
class Idea:
    """A required group: its ``index`` in the plan, its weight and the base ideas it covers.

    A base idea covers itself; a way of asking covers all ideas whose words it contains. A
    ``foreign`` idea is one that no entry can meet.
    """

    index: int
    weight: float
    covers: frozenset[int]
    foreign: bool = False


def gates(ideas: Sequence[Idea], *, strict: bool = False) -> tuple[tuple[int, ...], ...]:
    """Smallest sets of group indices that let an entry through; empty without ideas.

    ``strict`` says that two foreign ideas make the query one about something else.
    """
    ideas = sorted(ideas, key=lambda idea: -idea.weight)[: MAX_IDEAS + 2]
    base = {idea.index: idea.weight for idea in ideas if idea.covers == {idea.index}}
    for index in sorted(base, key=lambda each: -base[each])[MAX_IDEAS:]:
        del base[index]
    total = sum(base.values())
    has_action = any(weight >= QUALITY for weight in base.values())
    foreign = sum(idea.foreign for idea in ideas if idea.index in base) >= _MANY_FOREIGN
    accepted: list[frozenset[int]] = []
    for size in range(1, len(ideas) + 1):
        for chosen in combinations(ideas, size):
            members = frozenset(idea.index for idea in chosen)
            if any(smaller <= members for smaller in accepted):
                continue
            covered = {index for idea in chosen for index in idea.covers if index in base}
            if _enough(
                [base[index] for index in covered],
                total,
                lenient=has_action and not (foreign and strict),
            ):
                accepted.append(members)
    return tuple(tuple(sorted(members)) for members in accepted[:MAX_GATES])


def _enough(weights: list[float], total: float, *, lenient: bool) -> bool:
    met = sum(weights)
    if lenient and max(weights, default=0.0) >= QUALITY:
        return met * 2 >= total
    return met * 2 > total
