"""Who may do what: the five roles, in one place.

*Visitor*: anybody. *Member*: whoever has logged in. *Organisation administrator*: speaks for an
organisation. *Park staff*: works for a park. *Network administrator*: runs the network.

The rooms that know of organisations and parks say so through :func:`provide`, so that this module
needs to see none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db import connection
from django.db.models import BooleanField, CharField, F, Model, QuerySet, Value
from django.db.models.functions import Cast

NETWORK_ADMINISTRATORS: Final = "Network administrators"
PARK_STAFF: Final = "Park staff"
ORGANISATION_ADMINISTRATORS: Final = "Organisation administrators"

ENTER_ADMIN: Final = "wagtailadmin.access_admin"
TO_ENTER_ADMIN: Final = {"content_type__app_label": "wagtailadmin", "codename": "access_admin"}

ADMINISTRATORS_TOKEN: Final = "administrator"  # noqa: S105 - names an audience

AnyUser = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Roles:
    """What a person is, as primary keys of what they are it for.

    ``parks`` are those that the person works for, ``home_parks`` those where the person's
    organisations are as well; ``groups`` are working groups, ``leads`` those of them that they lead.
    ``enters_admin`` is whether they have the permission to enter Wagtail's admin.
    """

    member: bool = False
    network_administrator: bool = False
    organisations: frozenset[int] = field(default_factory=frozenset)
    administers: frozenset[int] = field(default_factory=frozenset)
    parks: frozenset[int] = field(default_factory=frozenset)
    home_parks: frozenset[int] = field(default_factory=frozenset)
    groups: frozenset[int] = field(default_factory=frozenset)
    leads: frozenset[int] = field(default_factory=frozenset)
    enters_admin: bool = False

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
        tokens.update(f"home:{pk}" for pk in self.home_parks)
        tokens.update(f"group:{pk}" for pk in self.groups)
        return frozenset(tokens)


VISITOR: Final = Roles()


class Belonging(StrEnum):
    """What a row of a source says that a person belongs to; whether they lead it is said beside."""

    ORGANISATION = "organisation"
    PARK = "park"
    HOME_PARK = "home"
    GROUP = "group"
    NETWORK = "network"
    ADMIN = "admin"


Rows = QuerySet[Any, tuple[str, int, bool]]
_sources: Final[list[Callable[[int], Rows]]] = []


# Stands for the person in the statement that is kept; nobody has this number.
ANYBODY: Final = -1


def provide(source: Callable[[int], Rows]) -> None:
    """Register where it is found what a person belongs to: user id → :func:`rows`.

    The query is put together once, so it may depend on nothing but the person.
    """
    _sources.append(source)
    _statement.cache_clear()


@cache
def _statement(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """What is asked for :data:`ANYBODY`, written out for a kind of database.

    Putting it together takes ten times as long as asking it, and every page of somebody who is
    logged in asks.
    """
    own = (_administrators, _with_own_permission, _with_permission_of_group)
    first, *others = [source(ANYBODY) for source in (*own, *_sources)]
    sql, parameters = first.union(*others, all=True).query.sql_with_params()
    return sql, tuple(parameters)


def rows(found: QuerySet[Any, Any], kind: Belonging, pk: str, leads: str | None = None) -> Rows:
    """The rows of a source: ``pk`` and ``leads`` name the columns to read.

    All sources are read as one query, so that a person's roles cost one however many there are.
    """
    return found.order_by().values_list(
        Cast(Value(kind.value), CharField()),
        F(pk),
        F(leads) if leads else Value(False, output_field=BooleanField()),
    )


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
    sql, parameters = _statement(connection.vendor)
    belongs: dict[str, dict[int, bool]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(sql, [user_id if each == ANYBODY else each for each in parameters])
        for kind, pk, leads in cursor.fetchall():
            belongs[kind][pk] = belongs[kind].get(pk, False) or bool(leads)
    organisations, groups = belongs[Belonging.ORGANISATION], belongs[Belonging.GROUP]
    parks = frozenset(belongs[Belonging.PARK])
    return Roles(
        member=True,
        network_administrator=bool(
            getattr(user, "is_superuser", False) or belongs[Belonging.NETWORK]
        ),
        organisations=frozenset(organisations),
        administers=_led(organisations),
        parks=parks,
        home_parks=parks | frozenset(belongs[Belonging.HOME_PARK]),
        groups=frozenset(groups),
        leads=_led(groups),
        enters_admin=bool(getattr(user, "is_superuser", False) or belongs[Belonging.ADMIN]),
    )


def _administrators(user_id: int) -> Rows:
    members: type[Model] = Group.user_set.through  # type: ignore[attr-defined]  # made by Django
    found = members._default_manager.filter(user_id=user_id, group__name=NETWORK_ADMINISTRATORS)
    return rows(found, Belonging.NETWORK, "group_id")


def _with_own_permission(user_id: int) -> Rows:
    found = Permission.objects.filter(**TO_ENTER_ADMIN, user=user_id)
    return rows(found, Belonging.ADMIN, "pk")


def _with_permission_of_group(user_id: int) -> Rows:
    found = Permission.objects.filter(**TO_ENTER_ADMIN, group__user=user_id)
    return rows(found, Belonging.ADMIN, "pk")


def _led(found: dict[int, bool]) -> frozenset[int]:
    return frozenset(pk for pk, leads in found.items() if leads)
