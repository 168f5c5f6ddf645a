"""Starting a working group, changing what it says of itself, and ending it.

A group has a category of the forum, which is made with it, has its name and is as open as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.text import slugify
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import roles_of
from network.forum.groups import notices
from network.forum.groups.permissions import can_start
from network.forum.groups.services.members import admit, hold, require_leader, require_working
from network.forum.models import Access, Category, GroupMembership, Thread, WorkingGroup
from network.forum.models.thread import SLUG_LENGTH
from network.merged_forms import stored_values
from network.merging import changes
from network.parks.places import in_plain_letters
from search.projection import recording, touch

FOUNDED_WITH: Final = (
    *("name_nb", "name_en", "summary_nb", "summary_en", "charter_nb", "charter_en"),
    *("openness", "has_council", "parks", "themes"),
)
LINKS: Final = frozenset({"parks", "themes"})
DESCRIPTION_LENGTH: Final = 500
POSITION: Final = 300
# What stands in addresses where a group's slug does.
RESERVED: Final = frozenset(
    {
        *("ny", "nytt", "new", "foresla", "propose", "forslag", "proposals", "mine", "kalender"),
        *("calendar", "calendars", "kalendere", "invitasjon", "invitation", "ko", "queue"),
    }
)


def found_group(
    values: Mapping[str, Any], *, by: User | None, leader: User | None = None
) -> WorkingGroup:
    """Start a group with its category; ``leader`` leads it, or else ``by``.

    ``values`` are those of :data:`FOUNDED_WITH` that are told. ``by`` is None when the system itself
    does it; then nobody leads it unless ``leader`` does. Raises PermissionDenied.
    """
    if by is not None and not can_start(by):
        raise PermissionDenied
    with recording():
        plain = {name: value for name, value in values.items() if name not in LINKS}
        group = WorkingGroup(slug=free_slug(str(values["name_nb"])), **plain)
        group.full_clean()
        group.save()
        for name in LINKS & values.keys():
            getattr(group, name).set(values[name])
        keep_category(group)
        log(group, "wagtail.create", user=by)
        first = leader or by
        if first is not None:
            membership = GroupMembership(group=group, user=first)
            admit(membership, by=by, role=GroupMembership.Role.LEADER)
    return group


def edit_group(
    group: WorkingGroup, values: Mapping[str, Any], *, seen: Mapping[str, str], by: User
) -> list[str]:
    """Write those of ``values`` that differ from what the person saw; gives the fields written.

    ``seen`` are the stamps (:mod:`network.merging`) of the form when it was opened. Raises
    PermissionDenied, ChangedMeanwhile, EndedError, and ValidationError for what the model refuses.
    """
    require_leader(by, group)
    with recording():
        stored = hold(group)
        require_working(stored)
        changed = changes(values, stored_values(stored, values), seen)
        if not changed:
            return []
        for name in changed.keys() - LINKS:
            setattr(stored, name, changed[name])
        stored.full_clean()
        if changed.get("has_council") is False:
            stored.memberships.filter(role=GroupMembership.Role.COUNCIL).update(
                role=GroupMembership.Role.MEMBER
            )
        for name in LINKS & changed.keys():
            getattr(stored, name).set(changed[name])
        stored.save()
        keep_category(stored)
        log(stored, "wagtail.edit", user=by, data={"fields": sorted(changed)})
    return sorted(changed)


def end_group(group: WorkingGroup, *, by: User) -> WorkingGroup:
    """Let a group work no more. What it wrote stays for those who could read it.

    Raises PermissionDenied; doing it twice is doing it once.
    """
    require_leader(by, group)
    with recording():
        held = hold(group)
        if held.has_ended:
            return held
        held.ended_on = timezone.localdate()
        held.save()
        # Nobody is let into what has ended.
        waiting = (GroupMembership.State.APPLIED, GroupMembership.State.INVITED)
        held.memberships.filter(state__in=waiting).delete()
        for invitation in held.invitations.filter(state="sent"):
            invitation.withdraw()
            invitation.save()
        keep_category(held)
        log(held, "forum.group_end", user=by)
        notices.ended(held, by)
    return held


def reopen_group(group: WorkingGroup, *, by: User) -> WorkingGroup:
    """Let a group that has ended work again. Network administrators alone; else PermissionDenied."""
    if not roles_of(by).network_administrator:
        raise PermissionDenied
    with recording():
        held = hold(group)
        if held.ended_on is None:
            return held
        held.ended_on = None
        held.save()
        keep_category(held)
        log(held, "forum.group_reopen", user=by)
    return held


def keep_category(group: WorkingGroup) -> Category:
    """Make the group's category, or let it follow what the group is now."""
    category = Category.objects.filter(group=group).first()
    if category is None:
        category = Category(group=group, slug=group.slug, position=POSITION)
    before = category.audience
    category.access = Access.GROUP
    category.name_nb, category.name_en = group.name_nb, group.name_en
    category.description_nb = group.summary_nb[:DESCRIPTION_LENGTH]
    category.description_en = group.summary_en[:DESCRIPTION_LENGTH]
    category.closed = group.has_ended
    # The category reads how open it is from the group that it holds.
    category.group = group
    category.save()
    if before and before != category.audience:
        threads = Thread.objects.filter(category=category).order_by()
        touch("thread", threads.values_list("pk", flat=True))
    return category


def free_slug(name: str) -> str:
    """An address for a group of this name that no group or category has."""
    stem = slugify(in_plain_letters(name))[: SLUG_LENGTH - 6].strip("-") or "gruppe"
    taken = set(RESERVED)
    for model in (WorkingGroup, Category):
        taken.update(
            model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True)
        )
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)
