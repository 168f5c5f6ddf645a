"""Moderation: readers report, moderators decide where they keep order, of people who judge those."""

from tests.factories.accounts import network_administrator
from tests.factories.forum import CategoryFactory, category_of_park, known, post, thread
from tests.leaks.permission_table import (
    INCOMPLETE,
    MOVED,
    NETWORK,
    NOT_ALLOWED,
    OUTSIDER,
    PARK,
    Rule,
    for_roles,
    members,
)

# Of the park's own category, and everybody who keeps order anywhere: staff of any park.
MODERATORS, ANY_MODERATOR = (PARK, NETWORK), (PARK, NETWORK, OUTSIDER)
POST, THREAD, PERSON = ("moderated post",), ("moderated thread",), ("judged person",)


def page(arguments, roles=MODERATORS, then=INCOMPLETE):
    """A page with a form."""
    return Rule(for_roles(*roles), post=for_roles(*roles, then=then), arguments=arguments)


def act(arguments, roles=MODERATORS, then=MOVED):
    """What is done with one press."""
    return Rule(NOT_ALLOWED, post=for_roles(*roles, then=then), arguments=arguments)


ADDRESSES = {
    "forum:flag": Rule(members(), post=members(INCOMPLETE), arguments=("open post",)),
    "forum:moderation": Rule(for_roles(*ANY_MODERATOR)),
    "forum:moderation-log": Rule(for_roles(*ANY_MODERATOR)),
    "forum:moderate-post": Rule(for_roles(*MODERATORS), arguments=POST),
    "forum:split-post": page(POST),
    "forum:approve-post": act(POST),
    "forum:hide-post": act(POST, then=INCOMPLETE),
    "forum:restore-post": act(POST),
    "forum:dismiss-post": act(POST),
    "forum:moderate-thread": Rule(for_roles(*MODERATORS), arguments=THREAD),
    "forum:move-thread": page(THREAD),
    "forum:merge-thread": page(THREAD),
    "forum:close-thread": act(THREAD),
    "forum:reopen-thread": act(THREAD),
    "forum:pin-thread": act(THREAD),
    "forum:unpin-thread": act(THREAD),
    "forum:moderate-person": Rule(for_roles(*ANY_MODERATOR), arguments=PERSON),
    "forum:silence-person": act(PERSON, ANY_MODERATOR, then=INCOMPLETE),
    "forum:release-person": act(PERSON, ANY_MODERATOR),
    "forum:trust-person": act(PERSON, ANY_MODERATOR),
    "forum:distrust-person": act(PERSON, ANY_MODERATOR),
}


def arguments(world):
    """A post in the park's own category, one that everybody reads, and who wrote that."""
    author = known()
    of_park = thread(category_of_park(world.park), by=network_administrator())
    return {
        "moderated post": post(of_park, by=network_administrator()).pk,
        "moderated thread": of_park.pk,
        "open post": thread(CategoryFactory(), by=author).posts.get().pk,
        "judged person": author.pk,
    }
