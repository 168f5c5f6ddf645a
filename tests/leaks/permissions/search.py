"""The search, and how editors look after it."""

from search.models import FruitlessSearch, SynonymSet
from tests.leaks.permission_table import NETWORK, OK, Admin, Rule

ADDRESSES = {"search:page": Rule(OK), "search:suggestions": Rule(OK)}

ADMIN = {
    "search_state": Admin(writes=(NETWORK,)),
    "wagtailsnippets_search_synonymset": Admin(writes=(NETWORK,), object="synonyms number"),
    # What people searched for in vain is recorded, never added.
    "wagtailsnippets_search_fruitlesssearch": Admin(
        writes=(NETWORK,), object="search number", shut=("add",)
    ),
}


def arguments(world):
    """Synonyms, and a search without result."""
    return {
        "synonyms number": SynonymSet.objects.create(words="ovn, oven").pk,
        "search number": FruitlessSearch.objects.create(text="hundekurs", language="nb").pk,
    }
