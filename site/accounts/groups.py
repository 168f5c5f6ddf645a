"""What the roles may do in the admin, kept as groups with permissions.

Each room grants permissions on its own models from ``AppConfig.ready``; :func:`sync_groups` brings
the database in line after every migration. Who is in which group follows from what they are staff
or administrator of (:func:`set_group`), except for network administrators, who are chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.models import User
from accounts.roles import NETWORK_ADMINISTRATORS, ORGANISATION_ADMINISTRATORS, PARK_STAFF

EVERYTHING: Final = ("add", "change", "delete", "view")
GROUPS: Final = (NETWORK_ADMINISTRATORS, PARK_STAFF, ORGANISATION_ADMINISTRATORS)
PAGE_PERMISSIONS: Final = (
    "add_page",
    "bulk_delete_page",
    "change_page",
    "lock_page",
    "publish_page",
    "unlock_page",
)
UPLOADS: Final = ("image", "document")
WAGTAIL_APPS: Final = frozenset({"wagtailadmin", "wagtailcore", "wagtaildocs", "wagtailimages"})

_granted: dict[str, set[str]] = defaultdict(set)


def grant(group: str, *permissions: str) -> None:
    """Give ``group`` permissions named ``app_label.codename``; called from ``AppConfig.ready``."""
    _granted[group].update(permissions)


def grant_models(group: str, *models: str, actions: Iterable[str] = EVERYTHING) -> None:
    """Give ``group`` all ``actions`` on models named ``app_label.model``."""
    for label in models:
        app_label, name = label.split(".")
        grant(group, *(f"{app_label}.{action}_{name.lower()}" for action in actions))


def sync_groups() -> None:
    """Make the groups and give each exactly what was granted; changes nothing the second time.

    Raises LookupError for a permission that does not exist.
    """
    for label in sorted(WAGTAIL_APPS | {name.split(".")[0] for name in _all_granted()}):
        create_permissions(apps.get_app_config(label), verbosity=0)
    with transaction.atomic():
        for name in GROUPS:
            group, _ = Group.objects.get_or_create(name=name)
            group.permissions.set(_permissions(_granted[name]))
        _share_pages(Group.objects.get(name=NETWORK_ADMINISTRATORS))
        for name in GROUPS:
            _share_uploads(Group.objects.get(name=name))


def set_group(user: User, name: str, *, member: bool) -> None:
    """Put ``user`` into the group ``name``, or take them out."""
    group, _ = Group.objects.get_or_create(name=name)
    if member:
        user.groups.add(group)
    else:
        user.groups.remove(group)


def _all_granted() -> set[str]:
    return set().union(*_granted.values())


def _permissions(names: Iterable[str]) -> list[Permission]:
    wanted = {tuple(name.split(".")) for name in names}
    if not wanted:
        return []
    condition = Q()
    for app_label, codename in wanted:
        condition |= Q(content_type__app_label=app_label, codename=codename)
    found = list(Permission.objects.filter(condition).select_related("content_type"))
    known = {(permission.content_type.app_label, permission.codename) for permission in found}
    if missing := wanted - known:
        raise LookupError(f"no such permissions: {sorted('.'.join(name) for name in missing)}")
    return found


def _share_pages(group: Group) -> None:
    """Network administrators edit every page."""
    root = Page.get_first_root_node()
    if root is None:
        return
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=PAGE_PERMISSIONS
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _share_uploads(group: Group) -> None:
    """Everybody in a group uploads images and documents and chooses among all of them."""
    root = Collection.get_first_root_node()
    if root is None:
        return
    codenames = [f"{action}_{kind}" for kind in UPLOADS for action in ("add", "choose")]
    for permission in Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=codenames
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )
