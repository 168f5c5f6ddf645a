"""Asking to belong to an organisation: every transition, and who may make it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed
from wagtail.models import ModelLogEntry

from network.organisations import services
from network.organisations.models import JoinRequest, Membership
from network.organisations.waiting import deciders_of, requests_waiting_for
from tests.factories.accounts import (
    UserFactory,
    administrator_of,
    member_of,
    network_administrator,
    staff_of,
)
from tests.factories.network import OrganisationFactory, ParkFactory
from tests.organisations.people import told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def park():
    return ParkFactory()


@pytest.fixture
def organisation(park):
    made = OrganisationFactory()
    made.parks = [park]
    made.save()
    return made


def belongs(user, organisation):
    return Membership.objects.filter(user=user, organisation=organisation).exists()


def actions(organisation):
    entries = ModelLogEntry.objects.filter(object_id=str(organisation.pk)).order_by("timestamp")
    return [entry.action for entry in entries]


def test_a_confirmed_request_makes_a_member_and_is_told_to_both(organisation):
    administrator, asker = administrator_of(organisation), UserFactory()
    request = services.ask_to_join(organisation, asker, "Jeg er verksmester.")
    assert told(administrator) == ["organisations.asked"]
    assert not belongs(asker, organisation)
    services.confirm_request(request, by=administrator)
    request.refresh_from_db()
    assert request.state == JoinRequest.State.CONFIRMED
    assert request.decided_by == administrator
    assert not Membership.objects.get(user=asker).administrator
    assert told(asker) == ["organisations.answered"]
    assert {"organisations.ask", "organisations.confirm_request"} <= set(actions(organisation))


def test_a_refused_request_says_why_and_makes_nobody_a_member(organisation):
    administrator, asker = administrator_of(organisation), UserFactory()
    request = services.ask_to_join(organisation, asker)
    services.refuse_request(request, by=administrator, reason="  Ukjent hos oss. ")
    request.refresh_from_db()
    assert (request.state, request.reason) == ("refused", "Ukjent hos oss.")
    assert not belongs(asker, organisation)
    assert told(asker) == ["organisations.answered"]
    assert "organisations.refuse_request" in actions(organisation)


def test_only_who_asked_withdraws_and_then_may_ask_again(organisation):
    administrator, asker = administrator_of(organisation), UserFactory()
    request = services.ask_to_join(organisation, asker)
    with pytest.raises(PermissionDenied):
        services.withdraw_request(request, by=administrator)
    services.withdraw_request(request, by=asker)
    assert "organisations.withdraw_request" in actions(organisation)
    assert services.ask_to_join(organisation, asker).pk != request.pk


def test_asking_twice_is_asking_once(organisation):
    administrator, asker = administrator_of(organisation), UserFactory()
    first = services.ask_to_join(organisation, asker)
    assert services.ask_to_join(organisation, asker) == first
    assert told(administrator) == ["organisations.asked"]


def test_the_database_holds_one_open_request_of_a_person(organisation):
    asker = UserFactory()
    services.ask_to_join(organisation, asker)
    with pytest.raises(IntegrityError), transaction.atomic():
        JoinRequest.objects.create(organisation=organisation, user=asker)


def test_who_belongs_already_cannot_ask(organisation):
    with pytest.raises(services.AlreadyBelongs):
        services.ask_to_join(organisation, member_of(organisation))


def test_confirming_twice_is_confirming_once(organisation):
    administrator, asker = administrator_of(organisation), UserFactory()
    request = services.ask_to_join(organisation, asker)
    services.confirm_request(request, by=administrator)
    services.confirm_request(request, by=administrator)
    assert actions(organisation).count("organisations.confirm_request") == 1
    assert told(asker) == ["organisations.answered"]


@pytest.mark.parametrize("first", ["confirm", "refuse", "withdraw"])
def test_an_answer_stands_against_a_later_one(organisation, first):
    administrator, asker = administrator_of(organisation), UserFactory()
    request = services.ask_to_join(organisation, asker)
    answers = {
        "confirm": lambda: services.confirm_request(request, by=administrator),
        "refuse": lambda: services.refuse_request(request, by=administrator, reason="Nei."),
        "withdraw": lambda: services.withdraw_request(request, by=asker),
    }
    answers.pop(first)()
    for other in answers.values():
        with pytest.raises(services.AlreadyDecided):
            other()
    assert belongs(asker, organisation) == (first == "confirm")


def test_the_states_allow_no_way_back():
    request = JoinRequest()
    request.confirm(None)
    for step in (
        request.withdraw,
        lambda: request.refuse(None, "Nei."),
        lambda: request.confirm(None),
    ):
        with pytest.raises(TransitionNotAllowed):
            step()


def test_only_those_who_look_after_it_answer(organisation, park):
    request = services.ask_to_join(organisation, UserFactory())
    for stranger in (
        member_of(organisation),
        administrator_of(OrganisationFactory()),
        staff_of(ParkFactory()),
        UserFactory(),
        AnonymousUser(),
        request.user,
    ):
        with pytest.raises(PermissionDenied):
            services.confirm_request(request, by=stranger)
        with pytest.raises(PermissionDenied):
            services.refuse_request(request, by=stranger, reason="Nei.")


def test_where_nobody_speaks_for_it_staff_are_asked_and_name_the_first(organisation, park):
    staff, network, asker = staff_of(park), network_administrator(), UserFactory()
    assert deciders_of(organisation) == [staff]
    request = services.ask_to_join(organisation, asker)
    assert told(staff) == ["organisations.asked"]
    assert list(requests_waiting_for(staff)) == [request]
    assert list(requests_waiting_for(network)) == [request]
    assert not requests_waiting_for(staff_of(ParkFactory())).exists()
    services.confirm_request(request, by=staff, administrator=True)
    assert Membership.objects.get(user=asker).administrator


def test_where_somebody_speaks_for_it_only_they_are_asked(organisation, park):
    staff, administrator = staff_of(park), administrator_of(organisation)
    request = services.ask_to_join(organisation, UserFactory())
    assert told(staff) == []
    assert not requests_waiting_for(staff).exists()
    assert not requests_waiting_for(network_administrator()).exists()
    assert list(requests_waiting_for(administrator)) == [request]


def test_where_nobody_works_for_its_parks_the_network_is_asked(organisation):
    network = network_administrator()
    assert deciders_of(organisation) == [network]


def test_an_administrator_who_is_no_longer_active_does_not_count(organisation, park):
    gone = administrator_of(organisation)
    gone.is_active = False
    gone.save()
    staff = staff_of(park)
    assert deciders_of(organisation) == [staff]
    services.ask_to_join(organisation, UserFactory())
    assert requests_waiting_for(staff).exists()


def test_a_person_who_is_gone_is_not_let_in(organisation):
    administrator, asker = administrator_of(organisation), UserFactory()
    request = services.ask_to_join(organisation, asker)
    asker.is_active = False
    asker.save()
    with pytest.raises(services.AlreadyDecided):
        services.confirm_request(request, by=administrator)
    assert not requests_waiting_for(administrator).exists()


def test_nobody_can_ask_without_end(organisation):
    asker = UserFactory()
    for _ in range(3):
        services.withdraw_request(services.ask_to_join(organisation, asker), by=asker)
    with pytest.raises(services.TooManyRequests):
        services.ask_to_join(organisation, asker)
    JoinRequest.objects.update(asked_at=timezone.now() - timedelta(days=31))
    services.ask_to_join(organisation, asker)


def test_nobody_can_ask_everybody():
    asker = UserFactory()
    for _ in range(10):
        services.ask_to_join(OrganisationFactory(), asker)
    with pytest.raises(services.TooManyRequests):
        services.ask_to_join(OrganisationFactory(), asker)


def test_whoever_is_added_by_another_way_waits_no_longer(organisation):
    administrator, asker = administrator_of(organisation), UserFactory()
    request = services.ask_to_join(organisation, asker)
    services.add_member(organisation, asker, by=administrator)
    request.refresh_from_db()
    assert request.state == "confirmed"
