"""Who may edit what in the admin, object by object.

Model permissions of the groups say *what kind* of thing a person may add, change or delete; a scope
says *which* of them. Both must agree. Network administrators are held by no scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.roles import AnyUser, Roles, roles_of

Scope = Callable[[Roles], Q]

NOTHING = Q(pk__in=())


class ScopedPermissionPolicy(ModelPermissionPolicy):
    """Lets people act on those objects only that the scope of their roles holds.

    ``scope`` gives the condition on ``model`` for a person's roles. A room registers its policies at
    the top of ``wagtail_hooks.py`` (``register_permission_policy``) and edits its models through
    :class:`network.viewsets.RegistryViewSet`, which asks them for every view of an object.
    """

    def __init__(self, model: type[Model], scope: Scope) -> None:
        super().__init__(model)
        self._scope = scope

    def within_reach(self, user: AnyUser) -> QuerySet[Any]:
        """The objects that the person's roles reach, whatever they may do with them."""
        instances: QuerySet[Any] = self.model._default_manager.all()
        roles = roles_of(user)
        if roles.network_administrator:
            return instances
        reached = self.model._default_manager.filter(self._scope(roles))
        return instances.filter(pk__in=reached.values("pk"))

    def user_has_permission_for_instance(self, user: AnyUser, action: str, instance: Model) -> bool:
        """Whether the person may do ``action`` and the object is within their reach."""
        may: bool = self.user_has_permission(user, action)
        return may and self.within_reach(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(
        self, user: AnyUser, actions: Iterable[str]
    ) -> QuerySet[Any]:
        """The objects within reach, if the person may do any of ``actions`` at all."""
        if self.user_has_any_permission(user, actions):
            return self.within_reach(user)
        return self.model._default_manager.none()  # type: ignore[no-any-return]

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Model
    ) -> QuerySet[Any]:
        """Active people with the permission who reach the object."""
        users: QuerySet[Any] = self.users_with_any_permission(actions)
        reaching = [user.pk for user in users if self.within_reach(user).filter(pk=instance.pk)]
        return users.filter(pk__in=reaching)
