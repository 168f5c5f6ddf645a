"""What the admin does with many people at once."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail import hooks
from wagtail.users.views.bulk_actions import (
    AssignRoleBulkAction,
    DeleteBulkAction,
    SetActiveStateBulkAction,
)

from accounts import erasure
from accounts.models import User

# After Wagtail's own, which are registered for the same people under the same names.
LATER = 100


class WithinReach:
    """Only those who may do everything change an account that may."""

    def check_perm(self, person: User) -> bool:
        """Whether the reader may do it to ``person``."""
        above = person.is_superuser and not self.request.user.is_superuser  # type: ignore[attr-defined]  # a view
        return not above and super().check_perm(person)  # type: ignore[misc]  # Wagtail's


@hooks.register("register_bulk_action", order=LATER)
class ErasePeople(WithinReach, DeleteBulkAction):  # type: ignore[misc]  # Wagtail has no types
    """Erases people the way they would do it themselves."""

    @classmethod
    def execute_action(cls, objects: list[User], **_: Any) -> tuple[int, int]:
        """Erase them all or none; gives how many, and no others."""
        with transaction.atomic():
            for person in objects:
                erasure.erase(person)
        return len(objects), 0


@hooks.register("register_bulk_action", order=LATER)
class SwitchPeople(WithinReach, SetActiveStateBulkAction):  # type: ignore[misc]  # Wagtail has no types
    """Lets people in or not."""


@hooks.register("register_bulk_action", order=LATER)
class AssignRoleWithinReach(WithinReach, AssignRoleBulkAction):  # type: ignore[misc]  # Wagtail has no types
    """Puts people into a group."""
