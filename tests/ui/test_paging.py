import re

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from search.listing import ResultPage, ResultPages
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


@given(st.integers(1, 600), st.integers(1, 600), st.integers(0, 4))
def test_whatever_the_page_each_gap_hides_two_pages_or_more(current, last, around):
    shown = page_numbers(current, last, around)
    current = min(current, last)
    pages = [page for page in shown if page != GAP]
    near = range(max(1, current - around), min(last, current + around) + 1)
    assert pages == sorted(set(pages))
    assert {1, last, *near} <= set(pages) <= set(range(1, last + 1))
    for place, page in enumerate(shown):
        if page == GAP:
            assert shown[place + 1] - shown[place - 1] > 2
        elif place and shown[place - 1] != GAP:
            assert page == shown[place - 1] + 1


@given(st.integers(1, 600), st.integers(1, 60))
def test_whatever_the_page_exactly_one_link_is_the_current_one(number, last):
    links = page_links(ResultPage(number, ResultPages(last)), QueryDict("q=a"))
    assert [link.number for link in links.pages if link.current] == [min(number, last)]
    assert bool(links.next) == (number < last)
    assert bool(links.previous) == (last > 1 and number > 1)


@pytest.mark.parametrize("number", [1, 4, 9])
def test_dots_are_shown_for_gaps_alone(rf, number):
    page = ResultPage(number, ResultPages(9))
    request = rf.get("/")
    html = render_to_string("components/pagination.html", {"page": page, "request": request})
    assert not re.search(r"<li>\s*</li>", html), "the design system draws an empty item as dots"
    assert html.count("…") == sum(not link.number for link in page_links(page, request.GET).pages)
    assert html.count("<li>") == 2 + len(page_links(page, request.GET).pages)


def test_links_leave_out_what_the_form_left_empty():
    page = Paginator(range(30), 10).page(1)
    assert page_links(page, QueryDict("q=&near=+&park=mo")).next == "?park=mo&page=2"
