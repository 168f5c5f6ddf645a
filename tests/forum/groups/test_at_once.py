"""What people do to one group at the same moment, from several threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from wagtail.models import ModelLogEntry

from activity.models import Event
from network.forum.groups import services
from network.forum.groups.errors import AlreadyDecidedError, LastLeaderError
from network.forum.groups.services import members
from network.forum.models import GroupMembership, WorkingGroup
from tests.factories.accounts import UserFactory, network_administrator
from tests.forum.groups.people import Role, State, group_of, leader_of, membership

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

EXPECTED = (AlreadyDecidedError, LastLeaderError)


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


def test_two_leaders_who_let_the_same_person_in_do_so_once():
    group, person = group_of("closed"), UserFactory()
    asked = services.apply(group, person)
    leaders = [leader_of(group) for _ in range(4)]
    at_once(*[lambda by=by: services.accept_application(asked, by=by) for by in leaders])
    assert membership(group, person).state == State.MEMBER
    assert ModelLogEntry.objects.filter(action="forum.group_join").count() == 1
    assert Event.objects.filter(kind="forum.group_answered").count() == 1


def test_of_yes_and_no_at_once_one_holds():
    group, person = group_of("closed"), UserFactory()
    asked, leaders = services.apply(group, person), [leader_of(group) for _ in range(2)]
    told = at_once(
        lambda: services.accept_application(asked, by=leaders[0]),
        lambda: services.decline_application(asked, by=leaders[1], reason="Nei."),
    )
    assert told.count(AlreadyDecidedError) == 1
    assert Event.objects.filter(kind="forum.group_answered").count() == 1


def leave_together(number=4):
    group = group_of("open")
    people = [leader_of(group) for _ in range(number)]
    at_once(*[lambda who=who: services.leave(group, who) for who in people])
    leading = GroupMembership.objects.filter(group=group, state=State.MEMBER, role=Role.LEADER)
    return leading.count()


def test_of_all_leaders_who_leave_at_once_one_stays():
    assert leave_together() == 1


def test_without_the_check_nobody_would(monkeypatch):
    monkeypatch.setattr(members, "keeps_a_leader", lambda membership: True)
    assert leave_together() == 0


def test_many_clicks_join_once():
    group, person = group_of("open"), UserFactory()
    at_once(*[lambda: services.join(group, person)] * 5)
    assert GroupMembership.objects.filter(user=person).count() == 1
    assert ModelLogEntry.objects.filter(action="forum.group_join").count() == 1


def test_two_who_take_up_one_proposal_start_one_group():
    proposal = services.propose(
        {"name": "Sveis", "summary": "Vi sveiser.", "openness": "open"}, by=UserFactory()
    )
    staff = [network_administrator() for _ in range(3)]
    at_once(*[lambda by=by: services.accept_proposal(proposal, by=by) for by in staff])
    assert WorkingGroup.objects.count() == 1
