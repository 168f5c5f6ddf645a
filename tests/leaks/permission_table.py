"""Who may ask for what: the tables of the rooms, found and put together.

Each room declares its addresses in ``tests/leaks/permissions/<room>.py``:

- ``ADDRESSES``: name in the resolver (``facilities:detail``; the pattern, where it has no name) to
  :class:`Rule`, which tells the status that every role gets for every method;
- ``ADMIN``: namespace of a Wagtail viewset (or name of an address of the admin) to :class:`Admin`;
- ``arguments(world)``: what its addresses are asked for, by name.

An address or viewset that no table knows fails the tests, so that whoever adds one says who it is
for. CONTRIBUTING.md tells how.
"""

import importlib
import pkgutil
from dataclasses import dataclass, field

from tests.leaks import permissions

VISITOR, MEMBER, OUTSIDER = "visitor", "member", "somebody of another organisation and park"
HOST, PARK = "administrator of the host", "staff of the park"
NETWORK = "network administrator"
ROLES = (VISITOR, MEMBER, OUTSIDER, HOST, PARK, NETWORK)
# Who looks after what the world shows, and everybody with a way into the admin.
KEEPERS = (HOST, PARK, NETWORK)
STAFF = (OUTSIDER, *KEEPERS)

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")

OK, NO_CONTENT, MOVED_FOR_GOOD, MOVED = 200, 204, 301, 302
INVALID, UNAUTHORIZED, FORBIDDEN, MISSING = 400, 401, 403, 404
NOT_ALLOWED, CONFLICT, GONE, INCOMPLETE = 405, 409, 410, 422
TO_LOG_IN = MOVED

Answers = dict[str, int] | int


def for_roles(*allowed, then=OK, others=MISSING, visitor=TO_LOG_IN):
    """``then`` for the roles named, ``others`` for the rest; a visitor is asked to log in."""
    answers = {role: then if role in allowed else others for role in ROLES}
    if VISITOR not in allowed:
        answers[VISITOR] = visitor
    return answers


def members(then=OK):
    """``then`` for whoever has logged in; a visitor is asked to."""
    return for_roles(*ROLES[1:], then=then)


@dataclass(frozen=True)
class Rule:
    """What an address answers to each method, one number for all or by role.

    ``others`` are PUT, PATCH and DELETE; PUT, DELETE and OPTIONS are answered like them unless
    they are told. A HEAD is answered like a GET. ``arguments`` names what the address is asked for, ``query`` what else,
    ``sends`` what a POST carries. ``path`` is asked where an address has no name.
    """

    get: Answers
    post: Answers = NOT_ALLOWED
    others: Answers = NOT_ALLOWED
    put: Answers | None = None
    delete: Answers | None = None
    options: Answers | None = None
    arguments: tuple[str, ...] = ()
    query: str = ""
    sends: dict[str, str] = field(default_factory=dict)
    path: str = ""

    def status(self, method, role):
        """The status that ``role`` is to get for ``method``."""
        told = getattr(self, "get" if method == "head" else method, None)
        answers = self.others if told is None else told
        return answers if isinstance(answers, int) else answers[role]


@dataclass(frozen=True)
class Admin:
    """Who comes in at the addresses of a viewset, or at one address of the admin.

    ``writes`` may do everything with the object of the tests, whose number the argument ``object``
    is. ``edits`` may change but not add or delete it, ``adds`` may add others of its kind, ``reads``
    see lists; none of the last two comes near that object. Everybody else is turned away from every
    address, and everybody from those whose last name is in ``shut``.
    """

    writes: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    object: str = ""
    shut: tuple[str, ...] = ()

    def lets_in(self, role, last, *, has_object):
        """Whether ``role`` comes in at the address whose last name is ``last``."""
        if last in self.shut:
            return False
        if last in {"add", "create"}:
            return role in (*self.writes, *self.adds)
        if last == "delete":
            return role in self.writes
        near = (*self.writes, *self.edits)
        return role in (near if has_object else (*near, *self.adds, *self.reads))


def _tables():
    for found in pkgutil.iter_modules(permissions.__path__):
        yield found.name, importlib.import_module(f"{permissions.__name__}.{found.name}")


def _gathered(what):
    """One dictionary of all rooms'; raises AssertionError where two rooms declare the same."""
    gathered, said_by = {}, {}
    for room, table in _tables():
        for name, value in getattr(table, what, {}).items():
            assert name not in gathered, f"{room} and {said_by[name]} both declare {name}"
            gathered[name], said_by[name] = value, room
    return gathered


def declared_addresses():
    """Every rule by name."""
    return _gathered("ADDRESSES")


def declared_admin():
    """What is declared of the admin, by namespace or name."""
    return _gathered("ADMIN")


def argument_values(world):
    """What the addresses are asked for, by name; a dictionary where the languages differ."""
    values = {}
    for _, table in _tables():
        values |= table.arguments(world) if hasattr(table, "arguments") else {}
    return values
