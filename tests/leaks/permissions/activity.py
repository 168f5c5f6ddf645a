"""What people are told, what they follow, and "My page": each sees their own."""

from tests.leaks.permission_table import (
    INCOMPLETE,
    MISSING,
    MOVED,
    NETWORK,
    NOT_ALLOWED,
    Admin,
    Rule,
    for_roles,
    members,
)

REFUSED = members(NOT_ALLOWED)
OWN = Rule(members(), REFUSED, REFUSED)

ADDRESSES = {
    "activity:my_page": OWN,
    "activity:notifications": OWN,
    "activity:following": OWN,
    # The tests ask for a notification that nobody was sent.
    "activity:open": Rule(members(MISSING), REFUSED, REFUSED, arguments=("number",)),
    "activity:mark": Rule(REFUSED, members(MOVED), REFUSED),
    "activity:choices": Rule(members(), members(INCOMPLETE), REFUSED),
    "activity:resume": Rule(REFUSED, members(MOVED), REFUSED),
    # Nothing to follow is named.
    "activity:change_following": Rule(REFUSED, members(MISSING), REFUSED),
    # No letter is named.
    "activity:uncertain": Rule(for_roles(NETWORK), members(MISSING), REFUSED),
    # The key of an e-mail, here one that was never sent.
    "activity:stop": Rule(MISSING, MISSING, arguments=("key",)),
}

# What was sent is looked at and never changed.
LOOK_UP = Admin(reads=(NETWORK,))

ADMIN = {"letters": LOOK_UP, "stopped_addresses": LOOK_UP}
