"""What is kept of the parks' pages is of the state that is stored, whatever becomes of the process."""

import pytest
from django.db import transaction

from network.parks import edition
from network.parks.models import EditionChange
from tests.factories.network import OrganisationFactory, ParkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def announced(django_capture_on_commit_callbacks):
    """Does something in a transaction after whose commit the process dies."""

    def change(what):
        with django_capture_on_commit_callbacks(execute=False), transaction.atomic():
            what()

    ParkFactory()
    return change


def test_a_change_is_in_the_edition_as_soon_as_it_is_stored(announced):
    before = edition.current()
    announced(OrganisationFactory)
    after_first = edition.current()
    edition.connection.run_on_commit.clear()
    announced(OrganisationFactory)
    assert len({before, after_first, edition.current()}) == 3


def test_a_change_that_was_rolled_back_is_in_no_edition(announced):
    before = edition.current()
    with transaction.atomic():
        OrganisationFactory()
        transaction.set_rollback(True)
    assert edition.current() == before


def test_a_new_edition_takes_up_what_was_noted(announced):
    announced(OrganisationFactory)
    noted = edition.current()
    edition.renew()
    assert edition.current() != noted
    assert not EditionChange.objects.exists()


def test_the_edition_is_told_by_one_query(django_assert_num_queries, announced):
    announced(OrganisationFactory)
    with django_assert_num_queries(1):
        edition.current()


def test_before_anything_was_changed_nothing_is_kept(db):
    assert not edition.current()
    assert edition.kept(edition.current(), "x", lambda: 1) == 1
    assert edition.kept(edition.current(), "x", lambda: 2) == 2
