from __future__ import annotations

from search.language.gates import ACTION, OBJECT, Idea, gates


def ideas(*weights: float) -> list[Idea]:
    return [Idea(index, weight, frozenset({index})) for index, weight in enumerate(weights)]


def test_no_ideas_have_no_gates() -> None:
    assert gates([]) == ()


def test_objects_need_a_majority() -> None:
    assert gates(ideas(OBJECT)) == ((0,),)
    assert gates(ideas(OBJECT, OBJECT)) == ((0, 1),)
    assert gates(ideas(OBJECT, OBJECT, OBJECT)) == ((0, 1), (0, 2), (1, 2))


def test_what_is_to_be_done_suffices_for_one_or_two_objects() -> None:
    assert gates(ideas(ACTION, OBJECT)) == ((0,),)
    assert (0,) in gates(ideas(ACTION, OBJECT, OBJECT))
    assert (0,) not in gates(ideas(ACTION, OBJECT, OBJECT, OBJECT))


def test_foreign_things_close_the_gate() -> None:
    foreign = [
        Idea(1, OBJECT, frozenset({1}), foreign=True),
        Idea(2, OBJECT, frozenset({2}), foreign=True),
    ]
    asked = [Idea(0, ACTION, frozenset({0})), *foreign]
    assert (0,) in gates(asked)
    assert (0,) not in gates(asked, strict=True)


def test_a_way_of_asking_stands_for_the_ideas_it_covers() -> None:
    base = ideas(OBJECT, OBJECT)
    assert (2,) in gates([*base, Idea(2, OBJECT, frozenset({0, 1}))])


def test_gates_are_bounded() -> None:
    assert len(gates(ideas(*[OBJECT] * 10))) <= 12
