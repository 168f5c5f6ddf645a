"""Who works for a park, and what the groups then let them do."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.exceptions import PermissionDenied

from accounts.groups import sync_groups
from accounts.models import User
from accounts.roles import NETWORK_ADMINISTRATORS, PARK_STAFF, roles_of
from network.parks.models import ParkStaff
from network.parks.permissions import can_appoint_staff, can_edit_park
from network.parks.services import add_staff, remove_staff
from tests.factories.accounts import UserFactory, network_administrator, staff_of
from tests.factories.network import ParkFactory

pytestmark = pytest.mark.django_db


def fresh(person):
    return User.objects.get(pk=person.pk)


def in_group(person, name):
    return person.groups.filter(name=name).exists()


def test_whoever_becomes_staff_joins_the_group_and_gets_the_role():
    park, person = ParkFactory(), UserFactory()
    add_staff(park, person)
    assert in_group(person, PARK_STAFF)
    assert roles_of(fresh(person)).parks == {park.pk}


def test_staff_of_two_parks_stays_in_the_group_until_they_leave_both():
    first, second = ParkFactory(), ParkFactory()
    person = staff_of(first, second)
    remove_staff(first, person)
    assert in_group(person, PARK_STAFF)
    remove_staff(second, person)
    assert not in_group(person, PARK_STAFF)
    assert not roles_of(fresh(person)).parks


def test_rows_made_without_the_service_count_too():
    park, person = ParkFactory(), UserFactory()
    row = ParkStaff.objects.create(park=park, user=person)
    assert in_group(person, PARK_STAFF)
    row.delete()
    assert not in_group(person, PARK_STAFF)


def test_a_park_that_is_deleted_takes_its_staff_along():
    park = ParkFactory()
    person = staff_of(park)
    park.delete()
    assert not in_group(person, PARK_STAFF)


def test_a_person_can_be_deleted():
    person = staff_of(ParkFactory())
    person.delete()
    assert not ParkStaff.objects.exists()


def test_adding_twice_changes_nothing():
    park, person = ParkFactory(), UserFactory()
    assert add_staff(park, person) == add_staff(park, person)


def test_only_network_administrators_appoint_staff():
    park, person = ParkFactory(), UserFactory()
    add_staff(park, person, by=network_administrator())
    with pytest.raises(PermissionDenied):
        add_staff(park, UserFactory(), by=person)
    with pytest.raises(PermissionDenied):
        remove_staff(park, person, by=fresh(person))
    assert not can_appoint_staff(AnonymousUser())


def test_staff_edit_their_own_park_only():
    own, other = ParkFactory(), ParkFactory()
    person = staff_of(own)
    assert can_edit_park(person, own)
    assert not can_edit_park(person, other)
    assert can_edit_park(network_administrator(), other)
    assert not can_edit_park(AnonymousUser(), own)


def test_somebody_locked_out_has_no_role():
    park = ParkFactory()
    person = staff_of(park)
    person.is_active = False
    assert not can_edit_park(person, park)


def test_the_groups_may_log_in_to_the_admin_after_migration():
    for name in (NETWORK_ADMINISTRATORS, PARK_STAFF):
        permissions = Group.objects.get(name=name).permissions
        assert permissions.filter(codename="access_admin").exists()


def test_the_groups_hold_what_was_granted_and_nothing_else():
    group = Group.objects.get(name=PARK_STAFF)
    group.permissions.add(Permission.objects.get(codename="delete_park"))
    sync_groups()
    assert not group.permissions.filter(codename="delete_park").exists()
    assert group.permissions.filter(codename="change_park").exists()


def test_bringing_groups_in_line_twice_makes_no_second_group():
    sync_groups()
    sync_groups()
    assert Group.objects.filter(name=NETWORK_ADMINISTRATORS).count() == 1
