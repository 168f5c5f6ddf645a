"""The cooperation forum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from accounts.roles import Rows


class ForumConfig(AppConfig):
    name = "network.forum"

    def ready(self) -> None:
        """Offer roles to those who ask for them."""
        # Imported here because models are loaded only now.
        from accounts import roles
        from network.forum import telling
        from network.forum.groups import registration as groups
        from network.forum.kinds import registration as kinds
        from network.forum.moderation import registration as moderation
        from network.forum.reading import registration as reading
        from network.forum.writing import registration as writing

        roles.provide(_groups_of)
        telling.register()
        groups.register_all()
        kinds.register_all()
        moderation.register_all()
        reading.register_all()
        writing.register_all()


def _groups_of(user_id: int) -> Rows:
    from django.db.models import BooleanField, ExpressionWrapper, Q

    from accounts.roles import Belonging, rows
    from network.forum.models import GroupMembership

    found = GroupMembership.objects.filter(user_id=user_id, state="member").annotate(
        leading=ExpressionWrapper(Q(role="leader"), output_field=BooleanField())
    )
    return rows(found, Belonging.GROUP, "group_id", "leading")
