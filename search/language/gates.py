"""Which ideas of a query an entry must meet to be found.

Counting words is too blunt: in "flottøren vår ruster i sjøvann" an entry about rust in sea water is
what is sought though no facility knows the word for the product, while for "MR-skanning av laks" an
entry about salmon is not. So each idea weighs by its kind (what is to be done weighs twice what it
is done to), and an entry must carry half of the weight, and more than half when it does none of
what is to be done.
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


@dataclass(frozen=True, slots=True)
class Idea:
    """A required group: its ``index`` in the plan, its weight and the base ideas it covers.

    A base idea covers itself; a way of asking covers all ideas whose words it contains.
    """

    index: int
    weight: float
    covers: frozenset[int]


def gates(ideas: Sequence[Idea]) -> tuple[tuple[int, ...], ...]:
    """Smallest sets of group indices that let an entry through; empty without ideas."""
    ideas = sorted(ideas, key=lambda idea: -idea.weight)[: MAX_IDEAS + 2]
    base = {idea.index: idea.weight for idea in ideas if idea.covers == {idea.index}}
    for index in sorted(base, key=lambda each: -base[each])[MAX_IDEAS:]:
        del base[index]
    total = sum(base.values())
    has_action = any(weight >= QUALITY for weight in base.values())
    accepted: list[frozenset[int]] = []
    for size in range(1, len(ideas) + 1):
        for chosen in combinations(ideas, size):
            members = frozenset(idea.index for idea in chosen)
            if any(smaller <= members for smaller in accepted):
                continue
            covered = {index for idea in chosen for index in idea.covers if index in base}
            if _enough([base[index] for index in covered], total, has_action=has_action):
                accepted.append(members)
    return tuple(tuple(sorted(members)) for members in accepted[:MAX_GATES])


def _enough(weights: list[float], total: float, *, has_action: bool) -> bool:
    met = sum(weights)
    if has_action and max(weights, default=0.0) >= QUALITY:
        return met * 2 >= total
    return met * 2 > total if not has_action else met * 3 >= total * 2
