"""Who belongs to an organisation, and what they may do."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.roles import ORGANISATION_ADMINISTRATORS, roles_of
from network.organisations.models import Membership
from network.organisations.permissions import can_edit_organisation
from network.organisations.services import add_member, remove_member
from network.parks.services import add_staff
from tests.factories.accounts import (
    UserFactory,
    administrator_of,
    member_of,
    network_administrator,
    staff_of,
)
from tests.factories.network import OrganisationFactory, ParkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def fresh(person):
    return User.objects.get(pk=person.pk)


def in_group(person):
    return person.groups.filter(name=ORGANISATION_ADMINISTRATORS).exists()


def test_a_member_belongs_but_does_not_administer():
    organisation = OrganisationFactory()
    person = member_of(organisation)
    roles = roles_of(person)
    assert roles.organisations == {organisation.pk}
    assert not roles.administers
    assert not in_group(person)


def test_an_administrator_joins_the_group_and_leaves_with_the_last_organisation():
    first, second = OrganisationFactory(), OrganisationFactory()
    person = administrator_of(first, second)
    assert roles_of(person).administers == {first.pk, second.pk}
    remove_member(first, person)
    assert in_group(person)
    remove_member(second, person)
    assert not in_group(person)


def test_losing_the_administration_leaves_the_group_but_not_the_organisation():
    organisation = OrganisationFactory()
    person = administrator_of(organisation)
    add_member(organisation, person, administrator=False)
    assert not in_group(person)
    assert roles_of(fresh(person)).organisations == {organisation.pk}


def test_an_organisation_that_is_deleted_takes_its_memberships_along():
    organisation = OrganisationFactory()
    person = administrator_of(organisation)
    organisation.delete()
    assert not in_group(person)
    assert not Membership.objects.exists()


def test_adding_twice_makes_one_membership():
    organisation, person = OrganisationFactory(), UserFactory()
    add_member(organisation, person)
    add_member(organisation, person)
    assert Membership.objects.count() == 1


def test_administrators_and_park_staff_manage_members_and_others_do_not():
    park, organisation = ParkFactory(), OrganisationFactory()
    organisation.parks = [park]
    organisation.save()
    for person in (administrator_of(organisation), staff_of(park), network_administrator()):
        add_member(organisation, UserFactory(), by=person)
    for person in (
        member_of(organisation),
        administrator_of(OrganisationFactory()),
        staff_of(ParkFactory()),
        AnonymousUser(),
    ):
        with pytest.raises(PermissionDenied):
            add_member(organisation, UserFactory(), by=person)
        assert not can_edit_organisation(person, organisation)


def test_a_likely_park_gives_its_staff_nothing():
    park = ParkFactory()
    organisation = OrganisationFactory(likely_park=park)
    assert not can_edit_organisation(staff_of(park), organisation)


def test_all_that_a_person_belongs_to_is_read_at_once(django_assert_num_queries):
    home, workplace = ParkFactory(), ParkFactory()
    organisation = OrganisationFactory()
    organisation.parks = [home]
    organisation.save()
    person = administrator_of(organisation, OrganisationFactory())
    add_staff(workplace, person)
    person = fresh(person)
    with django_assert_num_queries(1):
        roles = roles_of(person)
    assert roles.parks == {workplace.pk}
    assert roles.home_parks == {home.pk, workplace.pk}
    assert f"home:{home.pk}" in roles.audience
    assert not roles.network_administrator
    assert roles_of(network_administrator()).network_administrator
