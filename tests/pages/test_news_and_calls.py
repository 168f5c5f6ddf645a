"""News and calls: their lists, their pages, and what the search and the front page know of them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pages.front_page import forget_front_page
from pages.models import CallPage, NewsPage
from search.models import SearchEntry

pytestmark = pytest.mark.django_db


def publish(index, page):
    index.add_child(instance=page)
    page.save_revision().publish()
    return page


def news(index, title, **values):
    return publish(index, NewsPage(title=title, locale=index.locale, **values))


def call(index, title, days=None, **values):
    deadline = None if days is None else timezone.localdate() + timedelta(days=days)
    page = CallPage(title=title, funder="Fondet", deadline=deadline, locale=index.locale, **values)
    return publish(index, page)


def test_lists_are_empty_in_so_many_words(initial_pages, client):
    assert "Ingen nyheter ennå" in client.get("/nyheter/").content.decode()
    assert "No calls just now" in client.get("/en/calls/").content.decode()


def test_news_are_listed_found_and_told_on_the_front_page(
    initial_pages, client, django_assert_max_num_queries
):
    index = initial_pages("news")
    yesterday = timezone.localdate() - timedelta(days=1)
    news(index, "Gammelt nytt", day=yesterday)
    page = news(index, "Nytt anlegg", lead="Det er i drift.")
    client.get("/nyheter/")
    with django_assert_max_num_queries(12):
        text = client.get("/nyheter/").content.decode()
    assert text.index("Nytt anlegg") < text.index("Gammelt nytt")
    assert SearchEntry.objects.get(key=f"news:{page.pk}").title_nb == "Nytt anlegg"
    assert "Det er i drift." in client.get(page.url).content.decode()
    forget_front_page()
    assert "Nytt anlegg" in client.get("/").content.decode()
    assert "Nytt anlegg" in client.get("/nytt/atom.xml").content.decode()
    page.unpublish()
    assert "Nytt anlegg" not in client.get("/nyheter/").content.decode()
    assert "Nytt anlegg" not in client.get("/").content.decode()


def test_open_calls_come_by_their_deadline_and_closed_ones_last(initial_pages, client):
    index = initial_pages("calls")
    for title, days in (("Stengt", -1), ("Alltid", None), ("Snart", 0), ("Siden", 30)):
        call(index, f"Utlysning {title}", days)
    response = client.get("/utlysninger/")
    listed = [each.title for each in response.context["calls"].page]
    assert listed == [f"Utlysning {each}" for each in ("Snart", "Siden", "Alltid", "Stengt")]
    assert "3 åpne utlysninger" in response.content.decode()


def test_a_call_says_who_can_apply_and_until_when(initial_pages, client):
    page = call(initial_pages("calls"), "Pilotmidler", 5, eligible="Bedrifter i en park.")
    text = client.get(page.url).content.decode()
    assert "Bedrifter i en park." in text
    assert "Åpen</span>" in text
    assert SearchEntry.objects.filter(key=f"call:{page.pk}").exists()


@pytest.mark.parametrize(("opens", "closes", "state"), [(1, 5, "coming"), (0, 0, "open"), (-9, -1, "closed"), (None, None, "open")])  # fmt: skip
def test_a_call_is_open_from_its_first_to_its_last_day(opens, closes, state):
    today = timezone.localdate()
    days = [None if each is None else today + timedelta(days=each) for each in (opens, closes)]
    assert CallPage(opens_on=days[0], deadline=days[1]).state == state


def test_a_call_does_not_close_before_it_opens():
    today = timezone.localdate()
    with pytest.raises(ValidationError, match="Fristen er før"):
        CallPage(opens_on=today, deadline=today - timedelta(days=1)).clean()
