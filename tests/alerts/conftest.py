"""Somebody with saved searches, and the worker's run."""

import pytest
from django.http import QueryDict
from django.utils import timezone

from activity.models import Notification
from activity.reading import told
from alerts import running
from alerts.lists import lists
from alerts.services import save_search
from alerts.sieve import Sieve
from alerts.wanted import canonical
from tests.factories.accounts import UserFactory


@pytest.fixture(autouse=True)
def _fresh_sieve(monkeypatch):
    monkeypatch.setattr(running, "_sieve", Sieve())


@pytest.fixture
def kari(db):
    return UserFactory(email="kari@example.org", first_name="Kari")


def saved(user, address, list_name="search", **changed):
    """A search saved from the query string of a list's address."""
    query = canonical(lists()[list_name], QueryDict(address))
    values = {"name": address, "language": "nb"} | changed
    return save_search(user, list_name, query, **values)


def run():
    """What the worker does about saved searches, once."""
    running.run(timezone.now())


def told_to(user):
    """Titles of what the person sees among their notifications, latest first."""
    rows = Notification.objects.on_site_of(user).select_related("event").order_by("-pk")
    return [each.message.title for each in told(list(rows), user)]
