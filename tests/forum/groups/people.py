"""People in working groups, and what they do there."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from network.forum.groups import services
from network.forum.models import GroupMembership
from tests.factories.accounts import UserFactory, network_administrator
from tests.factories.forum import GroupFactory, category_of_group, join

State = GroupMembership.State
Role = GroupMembership.Role

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def fresh(person):
    """The person as a new request knows them: roles are read once for each."""
    return User.objects.get(pk=person.pk)


def group_of(openness="open", **values):
    """A group with its category."""
    return category_of_group(openness, **values).group


def leader_of(group, **values):
    return fresh(join(group, UserFactory(**values), role="leader"))


def member_in(group, **values):
    return fresh(join(group, UserFactory(**values)))


def membership(group, person):
    return GroupMembership.objects.select_related("group", "user").get(group=group, user=person)


def meeting_of(group, *, starts_in=3 * DAY, lasts=2 * HOUR, by=None, **values):
    """A meeting; nobody is told of it when it has been."""
    begin = (timezone.now() + starts_in).replace(second=0, microsecond=0)
    values = {"title": "Vårmøte", "place": "Mo i Rana", **values}
    return services.call_meeting(
        group,
        {**values, "starts_at": begin, "ends_at": begin + lasts},
        by=by or network_administrator(),
    )


__all__ = [
    "DAY", "HOUR", "GroupFactory", "Role", "State", "fresh", "group_of", "leader_of", "meeting_of",
    "member_in", "membership",
]  # fmt: skip
