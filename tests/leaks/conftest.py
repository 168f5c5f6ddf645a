"""Two kinds of people, what is hidden from one of them, and the site asked for all it has."""

import pytest
from django.core.cache import cache

from accounts.groups import sync_groups
from config.public_api import RateLimit
from pages.frame import forget_frame
from pages.front_page import forget_front_page
from search import facets, knowledge
from search.feed import Feed
from tests.leaks.canaries import Canaries, everything_in
from tests.leaks.surfaces import surfaces
from tests.leaks.world import people, public_world


@pytest.fixture(autouse=True)
def _own_files_and_no_limits(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(RateLimit, "allow_request", lambda self, request: True)


@pytest.fixture
def canaries():
    return Canaries()


@pytest.fixture
def world(db):
    sync_groups()
    return public_world()


@pytest.fixture
def everybody(world):
    return people(world)


@pytest.fixture
def catch_up(indexed):
    """Brings the index up to date as the feed does, and forgets what processes keep for a while."""
    indexed()
    fed = Feed()

    def catch_up():
        fed.run()
        fed.settle()
        cache.clear()
        facets.forget_names()
        forget_frame()
        forget_front_page()
        knowledge.forget()

    yield catch_up
    fed.close()


@pytest.fixture
def ask(client, everybody):
    """Ask for a path as somebody; gives the answer."""

    def ask(path, role="visitor", method="get", **headers):
        person = everybody[role]
        client.logout()
        if person is not None:
            client.force_login(person)
        return getattr(client, method)(path, headers=headers)

    return ask


@pytest.fixture
def tell_all(ask, world):
    """Everything that every surface tells somebody, by path."""

    def tell_all(role, words, slugs, extra=()):
        return {
            path: everything_in(ask(path, role))
            for path in (*surfaces(world, words, slugs), *extra)
        }

    return tell_all
