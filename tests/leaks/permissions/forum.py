"""Reading the forum: an open category with a thread, and one for members only."""

from network.forum.models import Access
from tests.factories.accounts import network_administrator
from tests.factories.forum import CategoryFactory, post, thread
from tests.leaks.permission_table import MOVED, NOT_ALLOWED, OK, Rule, members

# Whatever one may not read is not there; so is everything of a hidden group (forum_groups).
INSIDE = members()

ADDRESSES = {
    "forum:overview": Rule(OK),
    "forum:feed": Rule(OK),
    "forum:list": Rule(OK),
    "forum:mark-read": Rule(NOT_ALLOWED, post=MOVED),
    "forum:category": Rule(OK, arguments=("category",)),
    "forum:category-feed": Rule(OK, arguments=("category",)),
    "forum:mark-category-read": Rule(NOT_ALLOWED, post=MOVED, arguments=("category",)),
    "forum:thread": Rule(
        {**INSIDE, "visitor": 404}, arguments=("members' thread", "members' thread slug")
    ),
    "forum:unread": Rule(MOVED, arguments=("thread",)),
    "forum:post": Rule(MOVED, arguments=("post",)),
}


def arguments(world):
    """A thread that everybody reads, and one that members read."""
    category = CategoryFactory(slug="apen-kategori", name_nb="Åpen kategori")
    inside = CategoryFactory(slug="for-medlemmer", name_nb="Medlemmer", access=Access.MEMBERS)
    person = network_administrator()
    shown, members_own = thread(category, by=person), thread(inside, by=person)
    return {
        "category": category.slug,
        "thread": shown.pk,
        "thread slug": shown.slug,
        "post": post(shown, by=person).pk,
        "members' thread": members_own.pk,
        "members' thread slug": members_own.slug,
    }
