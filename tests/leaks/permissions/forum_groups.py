"""Working groups: a hidden one that only network administrators know of, with all it has."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from network.forum.groups import services
from network.forum.groups.services.inviting import digest_of
from network.forum.models import GroupFile, GroupInvitation, GroupMembership, Meeting
from tests.factories.accounts import UserFactory
from tests.factories.forum import category_of_group, join
from tests.leaks.permission_table import (
    INCOMPLETE,
    MISSING,
    MOVED,
    NETWORK,
    NOT_ALLOWED,
    OK,
    OUTSIDER,
    PARK,
    STAFF,
    VISITOR,
    Admin,
    Rule,
    for_roles,
    members,
)

GROUP, MEETING = ("hidden group",), ("hidden group", "hidden meeting")
STARTERS = (PARK, OUTSIDER, NETWORK)


def page(arguments, then=None, **more):
    """A page of the hidden group, with a form where ``then`` says what comes of it."""
    post = NOT_ALLOWED if then is None else for_roles(NETWORK, then=then)
    return Rule(for_roles(NETWORK), post=post, arguments=arguments, **more)


def act(*arguments, post=None):
    """What is done in it with one press."""
    return Rule(
        NOT_ALLOWED, post=for_roles(NETWORK, then=MOVED) if post is None else post,
        arguments=arguments,
    )  # fmt: skip


ADDRESSES = {
    "groups:list": Rule(OK),
    "groups:mine": Rule(members()),
    "groups:calendars": Rule(members(), post=members()),
    "groups:feed": Rule(OK, arguments=("calendar of meetings",)),
    # Whoever may start none is led to proposing one.
    "groups:new": Rule(
        members(then=MOVED) | for_roles(*STARTERS, others=MOVED),
        post=for_roles(*STARTERS, then=INCOMPLETE),
    ),
    "groups:propose": Rule(members(), post=members(then=INCOMPLETE)),
    "groups:queue": Rule(for_roles(*STARTERS)),
    "groups:proposal": Rule(
        for_roles(*STARTERS),
        post=for_roles(*STARTERS, then=MOVED),
        arguments=("proposed group",),
        sends={"action": "accept"},
    ),
    # Whoever holds the letter sees it; only whose address it is can accept it.
    "groups:invitation": Rule(
        OK, post=members(then=MOVED) | {VISITOR: MISSING}, arguments=("group invitation token",)
    ),
    # It is to somebody else.
    "groups:own-invitation": Rule(
        NOT_ALLOWED, post=for_roles(), arguments=("group invitation number",)
    ),
    "groups:detail": page(GROUP),
    "groups:edit": page(GROUP, INCOMPLETE),
    "groups:end": page(GROUP, MOVED),
    "groups:join": page(GROUP, MOVED),
    # Nobody here is in it.
    "groups:leave": Rule(for_roles(), post=for_roles(), arguments=GROUP),
    "groups:application": page(
        ("hidden group", "application number"), MOVED, sends={"action": "accept"}
    ),
    "groups:invite": page(GROUP, INCOMPLETE),
    "groups:withdraw-invitation": act("hidden group", "group invitation number"),
    "groups:members": page(GROUP),
    "groups:member": page(
        ("hidden group", "group member number"), MOVED, sends={"action": "leader"}
    ),
    "groups:figures": page(GROUP),
    "groups:files": page(GROUP, INCOMPLETE),
    "groups:file": page(("hidden group", "group file")),
    "groups:delete-file": act("hidden group", "group file"),
    "groups:meetings": page(GROUP),
    "groups:new-meeting": page(GROUP, INCOMPLETE),
    "groups:meeting": page(MEETING),
    "groups:edit-meeting": page(MEETING, INCOMPLETE),
    "groups:cancel-meeting": act(*MEETING),
    # Members alone say whether they come.
    "groups:reply": act(*MEETING, post=for_roles()),
    "groups:minutes": page(MEETING, MOVED),
    # It has not begun.
    "groups:attendance": Rule(
        for_roles(NETWORK, then=MOVED), post=for_roles(NETWORK, then=MOVED), arguments=MEETING
    ),
    "groups:ical": page(MEETING),
}

# Staff are offered what they read to choose from; of groups, nothing.
CHOICE = Admin(writes=(NETWORK,), edits=STAFF)

ADMIN = {
    "wagtailsnippets_forum_category": Admin(writes=(NETWORK,), object="category number"),
    "wagtailsnippetchoosers_forum_category": CHOICE,
    "wagtailsnippets_forum_workinggroup": Admin(writes=(NETWORK,), object="hidden group number"),
    "wagtailsnippetchoosers_forum_workinggroup": CHOICE,
}


def arguments(world):
    """The group, somebody in it, somebody who would like to be, a meeting, a file, a letter."""
    category = category_of_group("hidden", slug="skjult-gruppe", name_nb="Skjult")
    group, person = category.group, UserFactory()
    join(group, person)
    asked = GroupMembership.objects.create(
        group=group, user=UserFactory(), state=GroupMembership.State.APPLIED
    )
    begin = timezone.now() + timedelta(days=3)
    meeting = Meeting.objects.create(
        group=group, title="Skjult møte", starts_at=begin, ends_at=begin + timedelta(hours=1)
    )
    file = GroupFile(group=group, name="skjult.txt", size=6)
    file.file.save("skjult.txt", ContentFile(b"Skjult"))
    token = "et-langt-tilfeldig-ord-til-en-gruppe"
    now = timezone.now()
    invitation = GroupInvitation.objects.create(
        group=group,
        email="invitert@example.org",
        language="nb",
        digest=digest_of(token),
        sent_at=now,
        expires_at=now + timedelta(days=1),
    )
    proposal = services.propose(
        {"name": "Foreslått", "summary": "Noe.", "openness": "open"}, by=UserFactory()
    )
    return {
        "hidden group": group.slug,
        "hidden group number": group.pk,
        "category number": category.pk,
        "group member number": GroupMembership.objects.get(group=group, user=person).pk,
        "application number": asked.pk,
        "hidden meeting": meeting.pk,
        "group file": file.pk,
        "group invitation token": token,
        "group invitation number": invitation.pk,
        "proposed group": proposal.pk,
        "calendar of meetings": services.make_feed(person, None),
    }
