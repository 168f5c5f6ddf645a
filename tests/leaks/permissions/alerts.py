"""Saved searches: each person has their own, and to all others they are not there."""

from alerts.services import save_search
from tests.factories.accounts import UserFactory
from tests.leaks.permission_table import INCOMPLETE, MISSING, NOT_ALLOWED, Rule, members

REFUSED = members(NOT_ALLOWED)
NOBODYS = members(MISSING)

ADDRESSES = {
    "alerts:list": Rule(members(), REFUSED, REFUSED),
    # A name is missing in what is sent.
    "alerts:save": Rule(
        members(),
        members(INCOMPLETE),
        REFUSED,
        query="?list=search&q=strekkproving",
        sends={"list": "search", "query": "q=strekkproving"},
    ),
    # That of somebody who plays none of the roles.
    "alerts:detail": Rule(NOBODYS, NOBODYS, REFUSED, arguments=("saved search",)),
    "alerts:delete": Rule(NOBODYS, NOBODYS, REFUSED, arguments=("saved search",)),
    "alerts:change": Rule(REFUSED, NOBODYS, REFUSED, arguments=("saved search",)),
}


def arguments(world):
    """The saved search of somebody else."""
    saved = save_search(UserFactory(), "search", "q=ovn", name="Ovn", language="nb")
    return {"saved search": saved.pk}
