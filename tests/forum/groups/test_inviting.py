"""Inviting people by their addresses, and what they answer."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from activity.models import Letter
from network.forum.groups import services
from network.forum.groups.due import lapse_invitations
from network.forum.groups.errors import NoLongerOpenError, NotInvitedError, TooManyError
from network.forum.groups.services import inviting
from network.forum.models import GroupInvitation, GroupMembership, WorkingGroup
from tests.factories.accounts import UserFactory
from tests.forum.groups.people import State, fresh, group_of, leader_of, membership

pytestmark = pytest.mark.django_db


def with_address(email="kari@example.org"):
    person = UserFactory(email=email)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def invite(group, *addresses, by=None, **said):
    by = by or leader_of(group)
    return services.invite(group, addresses, by=by, language="nb", **said)


def token_of(letter):
    return re.search(r"invitasjon/([^/]+)/", str(letter.content["action"])).group(1)


def test_what_a_leader_sees_is_the_same_with_and_without_an_account():
    group = group_of("closed")
    with_address("kari@example.org")
    known, unknown = invite(group, "kari@example.org", "ola@example.org")
    for made in (known, unknown):
        assert (made.state, made.times_sent) == ("sent", 1)
    letters = Letter.objects.order_by("pk")
    texts = [
        str(letter.content).replace(letter.to, "").replace(token_of(letter), "")
        for letter in letters
    ]
    assert texts[0] == texts[1]


def test_whoever_has_the_address_knows_of_a_hidden_group_and_joins_it():
    group, person = group_of("hidden"), with_address()
    (invitation,) = invite(group, "Kari@Example.org")
    assert group in WorkingGroup.objects.listed_for(fresh(person))
    assert group not in WorkingGroup.objects.listed_for(UserFactory())
    services.accept_invitation(invitation, by=person)
    assert membership(group, person).state == State.MEMBER
    invitation.refresh_from_db()
    assert (invitation.state, invitation.accepted_by) == ("accepted", person)


def test_whoever_is_invited_may_also_join_on_the_groups_page():
    group, person = group_of("hidden"), with_address()
    (invitation,) = invite(group, "kari@example.org")
    services.join(group, person)
    invitation.refresh_from_db()
    assert invitation.state == "accepted"


def test_somebody_who_signs_up_later_finds_the_invitation():
    group = group_of("closed")
    invite(group, "kari@example.org")
    person = with_address("kari@example.org")
    (found,) = services.invitations_to(person)
    services.accept_invitation(found, by=person)
    assert membership(group, person).state == State.MEMBER


def test_an_address_that_is_not_confirmed_opens_nothing():
    group, person = group_of("closed"), UserFactory(email="kari@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=False, primary=True)
    (invitation,) = invite(group, "kari@example.org")
    assert not services.invitations_to(person)
    for act in (services.accept_invitation, services.decline_invitation):
        with pytest.raises(NotInvitedError):
            act(invitation, by=person)
    assert not GroupMembership.objects.filter(user=person).exists()


def test_who_declines_forgets_a_hidden_group():
    group, person = group_of("hidden"), with_address()
    (invitation,) = invite(group, "kari@example.org")
    services.decline_invitation(invitation, by=person)
    assert group not in WorkingGroup.objects.listed_for(fresh(person))
    with pytest.raises(NoLongerOpenError):
        services.accept_invitation(invitation, by=person)


def test_an_invitation_that_is_taken_back_opens_nothing():
    group, person = group_of("hidden"), with_address()
    leader = leader_of(group)
    (invitation,) = invite(group, "kari@example.org", by=leader)
    with pytest.raises(PermissionDenied):
        services.withdraw_invitation(invitation, by=person)
    services.withdraw_invitation(invitation, by=leader)
    assert group not in WorkingGroup.objects.listed_for(fresh(person))
    with pytest.raises(NoLongerOpenError):
        services.accept_invitation(invitation, by=person)


def test_an_invitation_lapses_after_a_month_and_is_forgotten():
    group, person = group_of("hidden"), with_address()
    (invitation,) = invite(group, "kari@example.org")
    later = timezone.now() + timedelta(days=31)
    GroupInvitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(NoLongerOpenError):
        services.accept_invitation(invitation, by=person)
    lapse_invitations(later)
    lapse_invitations(later)
    assert GroupInvitation.objects.get().state == "withdrawn"
    assert group not in WorkingGroup.objects.listed_for(fresh(person))


def test_a_second_click_sends_no_second_letter_and_a_later_one_ends_the_first():
    group = group_of("closed")
    leader = leader_of(group)
    invite(group, "kari@example.org", by=leader)
    invite(group, "kari@example.org", by=leader)
    assert Letter.objects.count() == 1
    first = token_of(Letter.objects.get())
    earlier = timezone.now() - timedelta(minutes=6)
    GroupInvitation.objects.update(sent_at=earlier)
    invite(group, "kari@example.org", by=leader, message="Kom!")
    assert Letter.objects.count() == 2
    assert services.find_invitation(first) is None
    assert services.find_invitation(token_of(Letter.objects.latest("pk"))).message == "Kom!"


def test_there_are_limits_to_letters(monkeypatch):
    monkeypatch.setattr(inviting, "MOST_A_DAY", 2)
    group = group_of("closed")
    leader = leader_of(group)
    with pytest.raises(TooManyError):
        invite(group, *(f"{number}@example.org" for number in range(3)), by=leader)
    assert not Letter.objects.exists()


def test_a_member_who_is_invited_stays_one():
    group, person = group_of("open"), with_address()
    services.join(group, person)
    (invitation,) = invite(group, "kari@example.org")
    assert membership(group, person).state == State.MEMBER
    services.accept_invitation(invitation, by=person)
    assert membership(group, person).state == State.MEMBER


def test_who_was_taken_out_comes_back_when_invited():
    group, person = group_of("open"), with_address()
    leader = leader_of(group)
    services.join(group, person)
    services.remove_member(membership(group, person), by=leader, reason="Reklame.")
    (invitation,) = invite(group, "kari@example.org", by=leader)
    services.accept_invitation(invitation, by=person)
    assert membership(group, person).state == State.MEMBER
