"""Forms of the registries in the admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.forms import ModelChoiceField
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permissions import policy_registry

from accounts.roles import Roles, roles_of
from network.policies import ScopedPermissionPolicy


class RegistryForm(WagtailAdminModelForm):
    """Offers as links only what the person who edits reaches, and what is linked already.

    ``limited`` names the fields this holds for; their models have a scoped permission policy.
    """

    limited: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.limited:
            field = self.fields.get(name)
            if isinstance(field, ModelChoiceField) and not self.roles.network_administrator:
                self._limit(name, field)

    @property
    def roles(self) -> Roles:
        """The roles of the person who edits; a visitor's when nobody is named."""
        return roles_of(self.for_user) if self.for_user else Roles()

    def _limit(self, name: str, field: ModelChoiceField[Any]) -> None:
        choices: QuerySet[Any] = field.queryset  # type: ignore[assignment]  # a model form always sets it
        policy = policy_registry.get_by_type(choices.model)
        if not isinstance(policy, ScopedPermissionPolicy) or not self.for_user:
            return
        linked = self._linked(name)
        reached = policy.within_reach(self.for_user).values("pk")
        field.queryset = choices.filter(Q(pk__in=reached) | Q(pk__in=linked))

    def _linked(self, name: str) -> list[int]:
        if self.instance.pk is None:
            return []
        value = getattr(self.instance, name)
        if value is None:
            return []
        return [other.pk for other in value.all()] if hasattr(value, "all") else [value.pk]
