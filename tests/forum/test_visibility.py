"""Who reads what in the forum, and who writes."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.models import User
from network.forum import permissions
from network.forum.models import Access, Category, Post, Thread, ThreadKind, WorkingGroup
from network.forum.services.posting import ClosedError, answer
from tests.factories.accounts import UserFactory, member_of, network_administrator, staff_of
from tests.factories.forum import (
    CategoryFactory,
    GroupFactory,
    category_of_group,
    category_of_park,
    join,
    post,
    thread,
)
from tests.factories.network import OrganisationFactory, ParkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def fresh(person):
    return User.objects.get(pk=person.pk)


def started_by_administrator(category):
    return thread(category, by=network_administrator())


def reads(person, thing):
    """Whether lists, details and posts agree that somebody may read a thread."""
    person = fresh(person) if person.pk else person
    answers = {
        Thread.objects.visible_to(person).filter(pk=thing.pk).exists(),
        Post.objects.visible_to(person).filter(thread=thing).exists(),
        Category.objects.visible_to(person).filter(pk=thing.category_id).exists(),
        permissions.can_read(person, thing.category),
    }
    assert len(answers) == 1
    return answers.pop()


def test_everybody_reads_an_open_category_and_members_write_in_it():
    thing = thread(CategoryFactory())
    assert reads(AnonymousUser(), thing)
    assert not permissions.can_write(AnonymousUser(), thing.category)
    assert permissions.can_write(UserFactory(), thing.category)


def test_members_alone_read_what_is_for_members():
    thing = thread(CategoryFactory(access=Access.MEMBERS))
    assert not reads(AnonymousUser(), thing)
    assert reads(UserFactory(), thing)


def test_the_people_of_a_park_are_its_staff_and_those_of_its_organisations():
    park, other = ParkFactory(), ParkFactory()
    thing = started_by_administrator(category_of_park(park))
    at_home, elsewhere = OrganisationFactory(), OrganisationFactory()
    for organisation, place in ((at_home, park), (elsewhere, other)):
        organisation.parks = [place]
        organisation.save()
    assert reads(staff_of(park), thing)
    assert reads(member_of(at_home), thing)
    assert not reads(member_of(elsewhere), thing)
    assert not reads(staff_of(other), thing)
    assert not reads(AnonymousUser(), thing)


@pytest.mark.parametrize("openness", ["closed", "hidden"])
def test_members_alone_read_a_group_that_is_not_open(openness):
    category = category_of_group(openness)
    thing = started_by_administrator(category)
    assert reads(join(category.group), thing)
    assert not reads(UserFactory(), thing)
    assert not reads(AnonymousUser(), thing)
    assert reads(network_administrator(), thing)


def test_everybody_reads_an_open_group_and_its_members_write():
    category = category_of_group("open")
    thing = started_by_administrator(category)
    assert reads(AnonymousUser(), thing)
    assert not permissions.can_write(UserFactory(), category)
    assert permissions.can_write(fresh(join(category.group)), category)


def test_nobody_else_knows_of_a_hidden_group():
    group = GroupFactory(openness="hidden")
    invited = UserFactory()
    group.memberships.create(user=invited, state="invited")
    assert group in WorkingGroup.objects.listed_for(fresh(join(group)))
    assert group in WorkingGroup.objects.listed_for(invited)
    assert group not in WorkingGroup.objects.listed_for(UserFactory())
    assert group not in WorkingGroup.objects.listed_for(AnonymousUser())


@pytest.mark.parametrize("state", ["pending", "hidden"])
def test_what_is_held_back_is_for_its_author_and_the_moderators(state):
    author, park = UserFactory(), ParkFactory()
    held_back = post(thread(), by=author)
    held_back.state = state
    held_back.save()

    def sees(person):
        return Post.objects.visible_to(person).filter(pk=held_back.pk).exists()

    assert sees(author)
    assert sees(staff_of(park))
    assert sees(network_administrator())
    assert not sees(UserFactory())
    assert not sees(AnonymousUser())


def test_moderators_of_a_category_are_those_whose_it_is():
    park, other = ParkFactory(), ParkFactory()
    of_park, of_group = category_of_park(park), category_of_group("open")
    leader = fresh(join(of_group.group, role="leader"))
    assert permissions.can_moderate(staff_of(park), of_park)
    assert not permissions.can_moderate(staff_of(other), of_park)
    assert permissions.can_moderate(leader, of_group)
    assert not permissions.can_moderate(staff_of(park), of_group)
    assert permissions.can_moderate(staff_of(other), CategoryFactory())
    assert not permissions.can_moderate(UserFactory(), CategoryFactory())


def test_policy_matters_are_raised_by_staff_of_parks():
    category = CategoryFactory()
    assert permissions.can_start(staff_of(ParkFactory()), category, ThreadKind.POLICY)
    assert not permissions.can_start(UserFactory(), category, ThreadKind.POLICY)


def test_who_does_not_read_a_category_cannot_write_there():
    thing = started_by_administrator(category_of_group("hidden"))
    with pytest.raises(PermissionDenied):
        answer(UserFactory(), thing, "Slipp meg inn.")


def test_posts_are_numbered_and_counted():
    thing = thread()
    post(thing)
    last = post(thing)
    thing.refresh_from_db()
    assert [each.number for each in thing.posts.all()] == [1, 2, 3]
    assert (thing.last_number, thing.post_count) == (3, 3)
    assert thing.last_post_at == last.created_at
    assert thing.last_author == last.author


def test_a_closed_thread_takes_posts_of_moderators_alone():
    thing = thread()
    Thread.objects.filter(pk=thing.pk).update(closed=True)
    with pytest.raises(ClosedError):
        post(thing)
    assert post(thing, by=network_administrator()).number == 2
