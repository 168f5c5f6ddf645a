"""From what is told of counts, no small count can be worked out."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from network.facilities.enquiries.suppression import FEWEST, told, told_rows, told_totals

COLUMNS = 3
CLASSES = "abcdefg"
UNHURRIED = settings(deadline=None)


@st.composite
def tables(draw):
    """Rows whose columns each count a part of the one before."""
    rows = {}
    for name in CLASSES[: draw(st.integers(1, len(CLASSES)))]:
        counts, most = [], draw(st.integers(0, 40) | st.integers(0, 6))
        for _ in range(COLUMNS):
            counts.append(most)
            most = draw(st.integers(0, most))
        rows[name] = tuple(counts)
    return rows


def is_possible(rows, shown, totals):
    """Whether a table fits all that is told, as somebody who reads it would try."""
    descending = all(
        later <= earlier for counts in rows.values() for earlier, later in pairwise(counts)
    )
    fits = all(
        cell is None or told(count) == cell
        for name, counts in rows.items()
        for count, cell in zip(counts, shown[name], strict=True)
    )
    return (
        descending
        and min(min(counts) for counts in rows.values()) >= 0
        and fits
        and told_totals(rows, COLUMNS) == totals
    )


def bounds(cell, most):
    """The counts that may be behind a cell, of which there are at most ``most``."""
    return (0, most) if cell is None else (max(cell - 2, FEWEST), cell + 2)


def moved(rows, source, target, count):
    """The table if ``count`` of those who asked had been of another class."""
    staying = tuple(min(each, rows[source][0] - count) for each in rows[source])
    gone = tuple(a - b for a, b in zip(rows[source], staying, strict=True))
    there = tuple(a + b for a, b in zip(rows[target], gone, strict=True))
    return {**rows, source: staying, target: there}


@UNHURRIED
@given(tables())
def test_no_count_below_five_is_told(rows):
    shown = told_rows(rows, COLUMNS)
    for name, counts in rows.items():
        for count, cell in zip(counts, shown[name], strict=True):
            assert cell is None or (count >= FEWEST and cell % 5 == 0 and abs(cell - count) <= 2)


@UNHURRIED
@given(tables())
def test_what_is_hidden_stays_hidden_in_its_parts(rows):
    for cells in told_rows(rows, COLUMNS).values():
        first = cells.index(None) if None in cells else len(cells)
        assert not any(cells[first:])


@UNHURRIED
@given(tables())
def test_a_hidden_count_is_never_alone_and_never_without_company_beside_a_sum(rows):
    shown = told_rows(rows, COLUMNS)
    for column in range(COLUMNS):
        hidden = [name for name in rows if shown[name][column] is None]
        if hidden and len(hidden) < len(rows):
            assert len(hidden) > 1
            assert sum(rows[name][column] for name in hidden) >= FEWEST


@UNHURRIED
@given(tables())
def test_no_hidden_count_is_left_with_a_single_possibility(rows):
    shown, totals = told_rows(rows, COLUMNS), told_totals(rows, COLUMNS)
    most = dict.fromkeys(rows, 1000)
    for column in range(COLUMNS):
        least_sum, most_sum = bounds(totals[column], FEWEST - 1)
        held = {name: bounds(shown[name][column], most[name]) for name in rows}
        for name in rows:
            low = least_sum - sum(held[each][1] for each in rows if each != name)
            high = most_sum - sum(held[each][0] for each in rows if each != name)
            most[name] = min(high, held[name][1])
            if shown[name][column] is None:
                assert most[name] - max(low, 0) >= 2


@UNHURRIED
@given(tables())
def test_every_small_count_of_those_who_asked_is_possible_where_one_is_hidden(rows):
    shown, totals = told_rows(rows, COLUMNS), told_totals(rows, COLUMNS)
    hidden = [name for name in rows if shown[name][0] is None]
    if len(hidden) == len(rows):
        return
    for name in hidden:
        for wanted in range(FEWEST):
            other, rest = rows, [each for each in hidden if each != name]
            for each in rest:
                missing = wanted - other[name][0]
                if missing > 0:
                    other = moved(other, each, name, min(missing, other[each][0]))
                elif missing < 0:
                    other = moved(other, name, each, -missing)
            assert other[name][0] == wanted
            assert is_possible(other, shown, totals)
