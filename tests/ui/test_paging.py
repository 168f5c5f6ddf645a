import pytest
from django.core.paginator import Paginator
from django.http import QueryDict

from ui.paging import page_links, page_numbers

GAP = 0


@pytest.mark.parametrize(
    ("current", "last", "expected"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, GAP, 9]),
        (4, 9, [1, 2, 3, 4, 5, GAP, 9]),
        (5, 9, [1, GAP, 4, 5, 6, GAP, 9]),
        (9, 9, [1, GAP, 8, 9]),
    ],
)
def test_first_last_and_neighbours_are_shown_and_a_gap_hides_two_or_more(current, last, expected):
    assert page_numbers(current, last) == expected


def test_links_keep_the_filters_and_the_first_page_has_no_number():
    page = Paginator(range(30), 10).page(2)
    links = page_links(page, QueryDict("q=stål&park=raufoss&park=mo&page=2"))
    assert links.previous == "?q=st%C3%A5l&park=raufoss&park=mo"
    assert links.next == "?q=st%C3%A5l&park=raufoss&park=mo&page=3"
    assert [link.current for link in links.pages] == [False, True, False]


def test_there_is_no_step_beyond_the_ends():
    only = page_links(Paginator(range(3), 10).page(1), QueryDict())
    assert (only.previous, only.next) == ("", "")
