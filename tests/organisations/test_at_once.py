"""What people do to one organisation at the same moment, from several threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from wagtail.models import ModelLogEntry

from network.merging import ChangedMeanwhile, stamp
from network.organisations import services
from network.organisations.models import JoinRequest, Membership, Organisation
from network.organisations.services import memberships
from tests.factories.accounts import UserFactory, administrator_of
from tests.factories.network import OrganisationFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

EXPECTED = (services.LastAdministrator, services.AlreadyDecided, ChangedMeanwhile)


def at_once(*acts):
    """Do all of it from as many threads, which begin together; gives what each came to."""
    ready = Barrier(len(acts))

    def run(act):
        try:
            ready.wait(timeout=60)
            return act()
        except EXPECTED as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_many_clicks_confirm_once():
    organisation = OrganisationFactory()
    administrator, asker = administrator_of(organisation), UserFactory()
    request = services.ask_to_join(organisation, asker)
    at_once(*[lambda: services.confirm_request(request, by=administrator)] * 6)
    assert Membership.objects.filter(user=asker).count() == 1
    logged = ModelLogEntry.objects.filter(action="organisations.confirm_request")
    assert logged.count() == 1


def test_of_yes_and_no_at_once_one_holds():
    organisation = OrganisationFactory()
    administrator, asker = administrator_of(organisation), UserFactory()
    request = services.ask_to_join(organisation, asker)
    told = at_once(
        lambda: services.confirm_request(request, by=administrator),
        lambda: services.refuse_request(request, by=administrator, reason="Nei."),
    )
    assert told.count(services.AlreadyDecided) == 1
    request.refresh_from_db()
    assert Membership.objects.filter(user=asker).exists() == (request.state == "confirmed")


def test_asking_from_many_tabs_asks_once():
    organisation, asker = OrganisationFactory(), UserFactory()
    at_once(*[lambda: services.ask_to_join(organisation, asker)] * 6)
    assert JoinRequest.objects.count() == 1


def leave_together(number=4):
    organisation = OrganisationFactory()
    people = [administrator_of(organisation) for _ in range(number)]
    at_once(*[lambda who=who: services.leave(organisation, who) for who in people])
    return Membership.objects.filter(organisation=organisation, administrator=True).count()


def test_of_all_administrators_who_leave_at_once_one_stays():
    assert leave_together() == 1


def test_without_the_check_nobody_would(monkeypatch):
    monkeypatch.setattr(memberships, "is_last_administrator", lambda membership: False)
    assert leave_together() == 0


def test_of_two_who_write_the_same_field_at_once_one_is_asked():
    organisation = OrganisationFactory(summary_nb="Før.")
    people = [administrator_of(organisation) for _ in range(2)]
    seen = {"summary_nb": stamp("Før.")}

    def write(who):
        values = {"summary_nb": f"Av {who.pk}."}
        return services.update_organisation(organisation, values, seen=seen, by=who)

    told = at_once(*[lambda who=who: write(who) for who in people])
    assert told.count(ChangedMeanwhile) == 1
    assert told.count(["summary_nb"]) == 1
    assert Organisation.objects.get().summary_nb.startswith("Av ")
