"""The page that gathers everything on one theme."""

import pytest
from django.urls import reverse

from search.feed import Feed
from tests.factories.forum import category_of_group, join, thread
from tests.factories.network import FacilityFactory, OrganisationFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def page(client, theme):
    Feed().run()
    return client.get(reverse("parks:theme", args=[theme.slug])).content.decode()


def test_it_shows_what_is_tied_to_the_theme_by_type(client):
    theme, other = ThemeFactory(name_nb="Vannbruk"), ThemeFactory()
    FacilityFactory(name_nb="Vannlaben", themes=[theme])
    FacilityFactory(name_nb="Ovnslaben", themes=[other])
    organisation = OrganisationFactory(name="Vannverket")
    organisation.themes = [theme]
    organisation.save()
    shown = page(client, theme)
    assert "Vannlaben" in shown
    assert "Vannverket" in shown
    assert "Ovnslaben" not in shown


def test_it_says_so_when_there_is_nothing(client):
    assert "Ingenting er knyttet til dette temaet ennå" in page(client, ThemeFactory())


def test_a_theme_that_there_is_not_is_not_found(client):
    assert client.get(reverse("parks:theme", args=["finnes-ikke"])).status_code == 404


def test_a_hidden_group_adds_nothing_to_it(client):
    theme = ThemeFactory()
    category = category_of_group("hidden", name_nb="Skyggegruppa")
    category.group.themes.set([theme])
    thread(category, by=join(category.group), title="Skyggetråd", themes=[theme])
    shown = page(client, theme)
    assert "Skygge" not in shown
    assert "Ingenting er knyttet" in shown


def test_its_queries_do_not_grow_with_what_there_is(client, django_assert_max_num_queries):
    theme = ThemeFactory()
    for _ in range(12):
        FacilityFactory(themes=[theme])
    Feed().run()
    url = reverse("parks:theme", args=[theme.slug])
    client.get(url)
    with django_assert_max_num_queries(14):
        client.get(url)
