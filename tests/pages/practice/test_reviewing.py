"""Asking, when its time has come, whether an article is still right."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from activity.models import Notification
from pages.practice.due import AGAIN_DAYS, ask
from pages.practice.links import review_link
from pages.practice.models import Article, PracticePerson
from tests.factories.accounts import UserFactory, network_administrator
from tests.factories.practice import article_of, make_article

pytestmark = pytest.mark.django_db


def old_article(days=400, **values):
    article = article_of(make_article(**values))
    article.confirmed_on = timezone.localdate() - timedelta(days=days)
    article.save()
    return article


def asked(person):
    return Notification.objects.filter(user=person, event__kind="practice.review").count()


def author_of(person):
    return [PracticePerson(name="Ola", part="author", user=person)]


def test_publishing_counts_as_confirming():
    assert article_of(make_article()).confirmed_on == timezone.localdate()


@pytest.mark.parametrize(("months", "days", "due"), [(12, 364, False), (12, 366, True), (24, 400, False), (6, 190, True)])  # fmt: skip
def test_an_article_is_asked_about_as_often_as_it_says(months, days, due):
    author = UserFactory()
    old_article(days, people=author_of(author), review_months=months)
    ask(timezone.now())
    assert bool(asked(author)) is due


def test_nobody_is_asked_twice_at_once_but_again_after_a_while():
    author = UserFactory()
    old_article(people=author_of(author))
    ask(timezone.now())
    ask(timezone.now())
    assert asked(author) == 1
    ask(timezone.now() + timedelta(days=AGAIN_DAYS))
    assert asked(author) == 2


def test_editors_are_asked_where_nobody_is_named():
    editor = network_administrator()
    old_article()
    ask(timezone.now())
    assert asked(editor) == 1


def test_a_draft_is_not_asked_about():
    author = UserFactory()
    article_of(make_article(live=False, people=author_of(author)))
    Article.objects.update(confirmed_on=timezone.localdate() - timedelta(days=900))
    ask(timezone.now())
    assert not asked(author)


@pytest.fixture
def waiting():
    """An article whose author was asked, and the link of the letter."""
    author = UserFactory()
    article = old_article(people=author_of(author))
    ask(timezone.now())
    article.refresh_from_db()
    return article, author, review_link(article, author)


def test_opening_the_link_changes_nothing_and_a_click_confirms(client, waiting):
    article, _author, link = waiting
    assert client.get(link).status_code == 200
    article.refresh_from_db()
    assert article.asked_on is not None
    assert client.post(link).status_code == 302
    article.refresh_from_db()
    assert (article.asked_on, article.confirmed_on) == (None, timezone.localdate())
    assert "Takk. Artikkelen ble bekreftet" in client.get(link).content.decode()


def test_a_link_holds_in_both_languages(client, waiting):
    article, author, _link = waiting
    with translation.override("en"):
        link = review_link(article, author)
    assert link.startswith("/en/best-practice/still-right/")
    assert client.get(link).status_code == 200


def test_a_forged_link_and_that_of_somebody_no_longer_named_do_not_hold(client, waiting):
    article, _author, link = waiting
    assert client.get(f"{link[:-3]}x/").status_code == 404
    article.page.people.all().delete()
    PracticePerson.objects.all().delete()
    assert client.get(link).status_code == 404
    assert client.post(link).status_code == 404


def test_the_author_confirms_from_the_list_of_their_own(client, waiting):
    article, author, _link = waiting
    client.force_login(author)
    assert "Alt stemmer fortsatt" in client.get("/god-praksis/mine/").content.decode()
    address = f"/god-praksis/artikler/{article.page_id}/stemmer/"
    assert client.post(address).status_code == 302
    article.refresh_from_db()
    assert article.asked_on is None


def test_others_confirm_nothing(client, waiting):
    article = waiting[0]
    client.force_login(UserFactory())
    address = f"/god-praksis/artikler/{article.page_id}/stemmer/"
    assert client.post(address).status_code == 404


def test_the_list_of_ones_own_costs_few_queries(client, django_assert_max_num_queries):
    author = UserFactory()
    for _ in range(6):
        make_article(owner=author)
    client.force_login(author)
    client.get("/god-praksis/mine/")
    with django_assert_max_num_queries(14):
        assert client.get("/god-praksis/mine/").content.decode().count("Varme fra ovnen") >= 6
