"""Coming into working groups, being let in or out, and leaving."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import ModelLogEntry

from activity.models import Follow, Notification
from network.forum.groups import services
from network.forum.groups.errors import (
    AlreadyDecidedError,
    EndedError,
    LastLeaderError,
    NotOpenError,
    TooManyError,
)
from network.forum.groups.following import thing_of
from network.forum.models import GroupMembership
from tests.factories.accounts import UserFactory, network_administrator
from tests.forum.groups.people import (
    Role,
    State,
    group_of,
    leader_of,
    member_in,
    membership,
)

pytestmark = pytest.mark.django_db


def told(person):
    """The kinds of what somebody has been told, the newest first."""
    found = Notification.objects.filter(user=person).order_by("-pk")
    return [each.event.kind for each in found.select_related("event")]


def state_in(group, person):
    found = GroupMembership.objects.filter(group=group, user=person).first()
    return found and found.state


def test_one_joins_an_open_group_at_once_and_its_leaders_hear_of_it():
    group, person = group_of("open"), UserFactory()
    leader = leader_of(group)
    services.join(group, person)
    assert state_in(group, person) == State.MEMBER
    assert told(leader) == ["forum.group_joined"]
    logged = ModelLogEntry.objects.get(action="forum.group_join")
    assert (logged.object_id, logged.data["person"]) == (str(group.pk), person.pk)


def test_who_joins_follows_the_group_and_its_threads_and_no_longer_when_they_leave():
    group, person = group_of("open"), UserFactory()
    things = {thing_of(group.pk), f"category:{group.category.pk}"}
    services.join(group, person)
    assert set(Follow.objects.filter(user=person).values_list("thing", flat=True)) == things
    services.leave(group, person)
    assert not Follow.objects.filter(user=person).exists()


def test_joining_twice_is_joining_once():
    group, person = group_of("open"), UserFactory()
    first = services.join(group, person)
    assert services.join(group, person).joined_at == first.joined_at
    assert ModelLogEntry.objects.filter(action="forum.group_join").count() == 1


@pytest.mark.parametrize("openness", ["closed", "hidden"])
def test_nobody_joins_by_themselves_where_leaders_let_people_in(openness):
    group = group_of(openness)
    with pytest.raises(NotOpenError if openness == "closed" else PermissionDenied):
        services.join(group, UserFactory())


def test_nobody_applies_to_a_group_that_they_may_not_know_of():
    with pytest.raises(PermissionDenied):
        services.apply(group_of("hidden"), UserFactory())


def test_an_application_waits_for_the_leaders_who_let_in():
    group, person = group_of("closed"), UserFactory()
    leader = leader_of(group)
    asked = services.apply(group, person, "Jeg sveiser.")
    assert (asked.state, asked.message) == (State.APPLIED, "Jeg sveiser.")
    assert told(leader) == ["forum.group_applied"]
    services.accept_application(asked, by=leader)
    assert state_in(group, person) == State.MEMBER
    assert told(person) == ["forum.group_answered"]


def test_without_leaders_the_network_hears_of_an_application():
    administrator = network_administrator()
    services.apply(group_of("closed"), UserFactory())
    assert told(administrator) == ["forum.group_applied"]


def test_applying_again_while_it_waits_changes_nothing():
    group, person = group_of("closed"), UserFactory()
    leader = leader_of(group)
    services.apply(group, person, "Først.")
    services.apply(group, person, "Så.")
    assert membership(group, person).message == "Først."
    assert told(leader) == ["forum.group_applied"]


def test_who_is_refused_hears_why_and_waits_a_month():
    group, person = group_of("closed"), UserFactory()
    leader = leader_of(group)
    services.decline_application(services.apply(group, person), by=leader, reason="Fullt.")
    refused = membership(group, person)
    assert (refused.state, refused.reason) == (State.DECLINED, "Fullt.")
    assert told(person) == ["forum.group_answered"]
    with pytest.raises(TooManyError):
        services.apply(group, person)
    long_ago = timezone.now() - timezone.timedelta(days=31)
    GroupMembership.objects.filter(pk=refused.pk).update(changed_at=long_ago)
    assert services.apply(group, person).state == State.APPLIED


def test_ten_applications_at_a_time_are_enough():
    person = UserFactory()
    for _ in range(10):
        services.apply(group_of("closed"), person)
    with pytest.raises(TooManyError):
        services.apply(group_of("closed"), person)


def test_one_takes_back_ones_own_application_and_nobody_elses():
    group, person = group_of("closed"), UserFactory()
    asked = services.apply(group, person)
    with pytest.raises(PermissionDenied):
        services.withdraw_application(asked, by=UserFactory())
    services.withdraw_application(asked, by=person)
    assert state_in(group, person) is None


def test_what_was_answered_is_answered():
    group, person = group_of("closed"), UserFactory()
    leader = leader_of(group)
    asked = services.apply(group, person)
    services.accept_application(asked, by=leader)
    assert services.accept_application(asked, by=leader).state == State.MEMBER
    with pytest.raises(AlreadyDecidedError):
        services.decline_application(asked, by=leader, reason="Nei.")
    with pytest.raises(AlreadyDecidedError):
        services.withdraw_application(asked, by=person)


@pytest.mark.parametrize("who", ["member", "stranger", "leader of another"])
def test_only_leaders_answer_appoint_and_take_out(who):
    group = group_of("closed")
    asked = services.apply(group, UserFactory())
    inside = membership(group, member_in(group))
    by = {
        "member": lambda: member_in(group),
        "stranger": UserFactory,
        "leader of another": lambda: leader_of(group_of()),
    }[who]()
    for act in (
        lambda: services.accept_application(asked, by=by),
        lambda: services.decline_application(asked, by=by, reason="Nei."),
        lambda: services.set_role(inside, Role.LEADER, by=by),
        lambda: services.remove_member(inside, by=by, reason="Nei."),
        lambda: services.end_group(group, by=by),
        lambda: services.invite(group, ["a@example.org"], by=by, language="nb"),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_the_last_leader_hands_over_before_leaving():
    group = group_of("open")
    leader, other = leader_of(group), member_in(group)
    with pytest.raises(LastLeaderError):
        services.leave(group, leader)
    with pytest.raises(LastLeaderError):
        services.set_role(membership(group, leader), Role.MEMBER, by=leader)
    services.set_role(membership(group, other), Role.LEADER, by=leader)
    assert told(other) == ["forum.group_role"]
    services.leave(group, leader)
    assert state_in(group, leader) == State.LEFT


def test_the_last_leader_of_a_group_that_has_ended_may_go():
    group = group_of("open")
    leader = leader_of(group)
    services.end_group(group, by=leader)
    services.leave(group, leader)
    assert state_in(group, leader) == State.LEFT


def test_network_administrators_may_leave_a_group_without_leaders():
    group = group_of("open")
    leader = leader_of(group)
    services.set_role(membership(group, leader), Role.MEMBER, by=network_administrator())
    assert membership(group, leader).role == Role.MEMBER


def test_a_leader_whose_account_is_shut_leads_nobody():
    group = group_of("open")
    leader, gone = leader_of(group), leader_of(group)
    gone.is_active = False
    gone.save()
    with pytest.raises(LastLeaderError):
        services.leave(group, leader)


def test_there_is_a_council_only_where_the_group_has_one():
    group = group_of("open")
    leader, person = leader_of(group), member_in(group)
    with pytest.raises(PermissionDenied):
        services.set_role(membership(group, person), Role.COUNCIL, by=leader)
    group.has_council = True
    group.save()
    services.set_role(membership(group, person), Role.COUNCIL, by=leader)
    assert membership(group, person).role == Role.COUNCIL


def test_who_is_taken_out_hears_why_and_comes_back_only_by_a_leader():
    group = group_of("open")
    leader, person = leader_of(group), member_in(group)
    services.remove_member(membership(group, person), by=leader, reason="Reklame.")
    out = membership(group, person)
    assert (out.state, out.reason, out.left_at is None) == (State.REMOVED, "Reklame.", False)
    assert told(person) == ["forum.group_taken_out"]
    with pytest.raises(NotOpenError):
        services.join(group, person)
    long_ago = timezone.now() - timezone.timedelta(days=31)
    GroupMembership.objects.filter(pk=out.pk).update(changed_at=long_ago)
    services.accept_application(services.apply(group, person), by=leader)
    assert membership(group, person).reason == ""


def test_a_leader_who_takes_themselves_out_leaves():
    group = group_of("open")
    leader = leader_of(group)
    leader_of(group)
    services.remove_member(membership(group, leader), by=leader, reason="Meg selv.")
    assert state_in(group, leader) == State.LEFT
    assert told(leader) == []


def test_nobody_comes_into_a_group_that_has_ended():
    group, waiting = group_of("closed"), UserFactory()
    leader = leader_of(group)
    asked = services.apply(group, waiting)
    services.end_group(group, by=leader)
    assert state_in(group, waiting) is None
    with pytest.raises(EndedError):
        services.apply(group, UserFactory())
    with pytest.raises(AlreadyDecidedError):
        services.withdraw_application(asked, by=waiting)
    with pytest.raises(EndedError):
        services.invite(group, ["ny@example.org"], by=leader, language="nb")


def test_who_comes_back_is_a_member_anew():
    group, person = group_of("open"), UserFactory()
    first = services.join(group, person).joined_at
    services.leave(group, person)
    again = services.join(group, person)
    assert again.joined_at > first
    assert again.left_at is None
    assert GroupMembership.objects.filter(group=group, user=person).count() == 1


def test_visitors_are_members_of_nothing():
    with pytest.raises(PermissionDenied):
        services.join(group_of("hidden"), AnonymousUser())
