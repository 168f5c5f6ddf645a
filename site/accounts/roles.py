"""Who may do what: the five roles, in one place.

*Visitor*: anybody. *Member*: whoever has logged in. *Organisation administrator*: speaks for an
organisation. *Park staff*: works for a park. *Network administrator*: runs the network.

The rooms that know of organisations and parks say so through :func:`provide`, so that this module
needs to see none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

NETWORK_ADMINISTRATORS: Final = "Network administrators"
PARK_STAFF: Final = "Park staff"
ORGANISATION_ADMINISTRATORS: Final = "Organisation administrators"

ADMINISTRATORS_TOKEN: Final = "administrator"  # noqa: S105 - names an audience

AnyUser = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Roles:
    """What a person is, as primary keys of what they are it for."""

    member: bool = False
    network_administrator: bool = False
    organisations: frozenset[int] = field(default_factory=frozenset)
    administers: frozenset[int] = field(default_factory=frozenset)
    parks: frozenset[int] = field(default_factory=frozenset)

    @property
    def audience(self) -> frozenset[str]:
        """The audience tokens this person carries into a search."""
        tokens = {"public"}
        if self.member:
            tokens.add("member")
        if self.network_administrator:
            tokens.add(ADMINISTRATORS_TOKEN)
        tokens.update(f"org:{pk}" for pk in self.organisations)
        tokens.update(f"park:{pk}" for pk in self.parks)
        return frozenset(tokens)


VISITOR: Final = Roles()

_organisations_of: list[Callable[[int], Iterable[tuple[int, bool]]]] = []
_parks_of: list[Callable[[int], Iterable[int]]] = []


def provide_organisations(source: Callable[[int], Iterable[tuple[int, bool]]]) -> None:
    """Register where a user's organisations are found: user id → (organisation id, administers)."""
    _organisations_of.append(source)


def provide_parks(source: Callable[[int], Iterable[int]]) -> None:
    """Register where a user's parks are found: user id → park ids they are staff of."""
    _parks_of.append(source)


def roles_of(user: AnyUser) -> Roles:
    """The roles of ``user``, read once per request and user object."""
    if not user.is_authenticated or not user.is_active:
        return VISITOR
    known: Roles | None = getattr(user, "_parknett_roles", None)
    if known is None:
        known = _read_roles(user)
        user._parknett_roles = known  # type: ignore[union-attr, attr-defined]  # noqa: SLF001 - a cache on the request's user
    return known


def _read_roles(user: AnyUser) -> Roles:
    user_id: int = user.pk  # type: ignore[assignment]  # whoever is logged in has one
    belongs = [pair for source in _organisations_of for pair in source(user_id)]
    is_administrator = bool(getattr(user, "is_superuser", False)) or (
        user.groups.filter(name=NETWORK_ADMINISTRATORS).exists()  # type: ignore[union-attr]  # our user has groups
    )
    return Roles(
        member=True,
        network_administrator=is_administrator,
        organisations=frozenset(pk for pk, _ in belongs),
        administers=frozenset(pk for pk, administers in belongs if administers),
        parks=frozenset(pk for source in _parks_of for pk in source(user_id)),
    )
