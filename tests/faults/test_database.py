"""A database that is held, or drops its connection: who writes waits, or is told so and keeps it."""

import contextlib
import sqlite3

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.models import User
from network.facilities.models import Facility
from network.facilities.services import confirm_facility
from operations.errors import passes_by_itself, unavailable
from search.models import OutboxItem, SearchEntry
from tests.factories.accounts import UserFactory, network_administrator
from tests.factories.network import FacilityFactory

TYPED = {"first_name": "Kari & Ola", "last_name": '"><script>'}


@pytest.fixture
def held(shared_database):
    """Another process holds SQLite's only pen."""
    holder = sqlite3.connect(shared_database, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    yield holder
    holder.close()


@pytest.fixture
def person(transactional_db):
    return UserFactory()


def post_facility_confirmation(session, pk, patience):
    connection.connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = session
    facility = Facility.objects.get(pk=pk)
    answer = client.post(reverse("facilities:confirm", args=[facility.slug]), TYPED)
    return {"status": answer.status_code, "text": answer.text, "headers": dict(answer.items())}


@pytest.fixture
def asked(transactional_db):
    """Somebody who looks after a facility is about to say that it is right."""
    client = Client()
    client.force_login(network_administrator())
    return client.cookies["sessionid"].value, FacilityFactory().pk


def test_a_write_that_cannot_wait_any_longer_is_a_clean_503_that_keeps_what_was_typed(
    asked, held, in_child
):
    found = in_child(post_facility_confirmation, *asked, 0.05)
    assert found["status"] == 503
    assert found["headers"]["Retry-After"]
    assert found["headers"]["Cache-Control"] == "no-store"
    assert "Parknett er opptatt" in found["text"]
    assert 'name="first_name" value="Kari &amp; Ola"' in found["text"]
    assert "<script>" not in found["text"]


def test_a_write_waits_for_another_that_ends_in_time(asked, held, in_child):
    held.execute("COMMIT")
    assert in_child(post_facility_confirmation, *asked, 0.05)["status"] == 302


def test_the_patience_of_the_settings_is_longer_than_any_write_of_ours(settings):
    if connection.vendor == "sqlite":
        assert settings.DATABASES["default"]["OPTIONS"]["timeout"] >= 20


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error", [OperationalError("database is locked"), OSError(28, "No space left on device")]
)
def test_what_passes_by_itself_is_503_wherever_it_happens(error, client, monkeypatch):
    def fail(*_, **__):
        raise error

    client.raise_request_exception = False
    monkeypatch.setattr("network.parks.views.render", fail)
    page = client.get(reverse("parks:list"))
    assert page.status_code == 503
    assert "Prøv igjen" in page.text
    monkeypatch.setattr("network.parks.api.Park.objects", None)
    monkeypatch.setattr("ninja.operation.Operation.run", fail)
    problem = client.get("/api/v1/parks")
    assert problem.status_code == 503
    assert problem["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_an_error_of_ours_stays_a_500(client, monkeypatch):
    def fail(*_, **__):
        raise ValueError

    client.raise_request_exception = False
    monkeypatch.setattr("network.parks.views.render", fail)
    assert client.get(reverse("parks:list")).status_code == 500
    assert not passes_by_itself(OperationalError("no such table: parks_park"))


def test_passwords_are_never_written_into_a_page():
    request = RequestFactory().post("/konto/", {"password": "hemmelig", "email": "a@example.org"})
    text = unavailable(request).text
    assert "hemmelig" not in text
    assert "Gå ett steg tilbake" in text


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_a_connection_that_is_dropped_at_the_commit_leaves_nothing_half_done(client, monkeypatch):
    facility = FacilityFactory()
    entries = SearchEntry.objects.filter(key=f"facility:{facility.pk}")
    version = entries.get().version
    client.force_login(network_administrator())
    logged = ModelLogEntry.objects.count()
    client.raise_request_exception = False
    database = type(connections["default"])
    really_commit = database._commit

    def drop_and_commit(self):
        monkeypatch.setattr(database, "_commit", really_commit)
        if self.vendor == "postgresql":
            self.connection.pgconn.finish()
        else:
            self._rollback()
            raise OperationalError("server closed the connection unexpectedly")
        return really_commit(self)

    monkeypatch.setattr(database, "_commit", drop_and_commit)
    path = reverse("facilities:confirm", args=[facility.slug])
    assert client.post(path).status_code == 503
    connection.close()
    facility.refresh_from_db()
    assert facility.confirmed_on is None
    assert entries.get().version == version
    assert ModelLogEntry.objects.count() == logged
    # Sent again, it is done, once.
    assert client.post(path).status_code == 302
    facility.refresh_from_db()
    assert facility.confirmed_on is not None
    assert ModelLogEntry.objects.filter(action="facilities.confirm").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_a_rollback_leaves_no_ghost(monkeypatch):
    facility = FacilityFactory()
    before = _everything()
    monkeypatch.setattr("search.projection._write", _raising)
    with pytest.raises(DatabaseError):
        confirm_facility(facility, user=network_administrator())
    monkeypatch.undo()
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        confirm_facility(facility, user=network_administrator())
        raise ZeroDivisionError
    assert _everything() == before


def _everything():
    return (
        list(SearchEntry.objects.values_list("key", "version")),
        list(OutboxItem.objects.values_list("key", flat=True)),
        list(ModelLogEntry.objects.values_list("action", flat=True)),
        list(Facility.objects.values_list("confirmed_on", flat=True)),
    )


def _raising(*_):
    raise DatabaseError


def test_the_page_itself_needs_no_database(db):
    with connection.execute_wrapper(_refuse):
        page = unavailable(RequestFactory().get("/parker/"))
    assert (page.status_code, get_user_model()) == (503, User)


def _refuse(*_):
    raise OperationalError("away")
