"""Articles of best practice."""

from pages.practice.services import adopt
from tests.factories.accounts import staff_of
from tests.factories.practice import article_of
from tests.leaks.permission_table import (
    HOST,
    INCOMPLETE,
    MISSING,
    MOVED,
    NETWORK,
    NOT_ALLOWED,
    OK,
    OUTSIDER,
    PARK,
    Rule,
    for_roles,
    members,
)

# Whoever works for a park or belongs to an organisation can say that it does the same.
DOERS = (HOST, PARK, OUTSIDER)

ADDRESSES = {
    "practice:permanent": Rule(MOVED, arguments=("article",)),
    # Visitors are asked to log in, and everybody else comes back to the article.
    "practice:useful": Rule(NOT_ALLOWED, post=MOVED, arguments=("article",)),
    "practice:adopt": Rule(
        for_roles(*DOERS), post=for_roles(*DOERS, then=INCOMPLETE), arguments=("article",)
    ),
    "practice:print": Rule(OK, arguments=("article",)),
    "practice:pdf": Rule(OK, arguments=("article",)),
    "practice:confirm": Rule(
        NOT_ALLOWED, post=for_roles(NETWORK, then=MOVED), arguments=("article",)
    ),
    "practice:adoption": Rule(
        for_roles(PARK, NETWORK),
        post=for_roles(PARK, NETWORK, then=INCOMPLETE),
        arguments=("adoption",),
    ),
    "practice:withdraw": Rule(
        NOT_ALLOWED, post=for_roles(PARK, NETWORK, then=MOVED), arguments=("adoption",)
    ),
    "practice:mine": Rule(members()),
    # The key of a letter, here one that was never sent.
    "practice:review": Rule(MISSING, post=MISSING, arguments=("key",)),
}


def arguments(world):
    """An article that everybody sees, and that the park has adopted."""
    article = article_of(world.article)
    adoption = adopt(article, by=staff_of(world.park), park=world.park)
    return {"article": article.page_id, "adoption": adoption.pk}
