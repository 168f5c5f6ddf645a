"""Categories, groups, threads and posts, as small as they can be."""

import factory
from django.utils import timezone

from network.forum.models import (
    Access,
    Category,
    GroupMembership,
    Standing,
    ThreadKind,
    WorkingGroup,
)
from network.forum.services.posting import NewThread, answer, start_thread
from tests.factories.accounts import UserFactory
from tests.factories.network import ParkFactory


class GroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WorkingGroup

    slug = factory.Sequence(lambda number: f"group-{number}")
    name_nb = factory.Sequence(lambda number: f"Gruppe nummer {number}")
    summary_nb = "Samarbeider om noe."


class CategoryFactory(factory.django.DjangoModelFactory):
    """Open to all unless said otherwise."""

    class Meta:
        model = Category

    slug = factory.Sequence(lambda number: f"category-{number}")
    name_nb = factory.Sequence(lambda number: f"Kategori nummer {number}")


def category_of_park(park=None) -> Category:
    return CategoryFactory(access=Access.PARK, park=park or ParkFactory())


def category_of_group(openness="closed", **values) -> Category:
    return CategoryFactory(access=Access.GROUP, group=GroupFactory(openness=openness, **values))


def join(group, person=None, role="member"):
    """Make somebody a member of a group; gives the person."""
    person = person or UserFactory()
    GroupMembership.objects.create(
        group=group, user=person, state="member", role=role, joined_at=timezone.now()
    )
    return person


def known(person=None):
    """Somebody whose posts are shown at once; new people's wait for a moderator."""
    person = person or UserFactory()
    Standing.objects.update_or_create(user=person, defaults={"trusted": True})
    return person


def thread(
    category=None, *, by=None, kind=ThreadKind.DISCUSSION, title="En tråd", text="Hei.", **new
):
    """A thread with its first post, by somebody whom the forum knows."""
    category = category or CategoryFactory()
    return start_thread(known(by), NewThread(category, kind, title, text, **new))


def post(to, *, by=None, text="Et svar."):
    """An answer in a thread, by somebody whom the forum knows."""
    return answer(known(by), to, text)
