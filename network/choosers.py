"""Choosing among the objects of a registry: nobody is offered what they may not know of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from accounts.roles import AnyUser
from network.policies import ScopedPermissionPolicy


def open_to_choice(model: type[Model], user: AnyUser) -> QuerySet[Any]:
    """What of ``model`` may be shown to ``user`` to choose from.

    What has readers of its own is offered as they see it; else what is within the person's reach;
    vocabularies, which have neither, are offered whole.
    """
    objects: QuerySet[Any] = model._default_manager.all()
    if hasattr(objects, "visible_to"):
        found: QuerySet[Any] = objects.visible_to(user)
        return found
    policy = policy_registry.get_by_type(model)
    return policy.within_reach(user) if isinstance(policy, ScopedPermissionPolicy) else objects


class _Choice:
    """Every view of a chooser, list and answer alike, knows only what is open to choice."""

    request: HttpRequest
    model_class: type[Model]

    def _open(self) -> QuerySet[Any]:
        return open_to_choice(self.model_class, self.request.user)

    def get_object_list(self) -> QuerySet[Any]:
        """What the list offers."""
        return self._open()

    def get_object(self, pk: Any) -> Any:
        """What was chosen; ObjectDoesNotExist where it was not open to choice."""
        try:
            return self._open().get(pk=pk)
        except ValueError as error:
            raise ObjectDoesNotExist from error

    def get_objects(self, pks: Iterable[Any]) -> QuerySet[Any]:
        """All that were chosen."""
        return self._open().filter(pk__in=[pk for pk in pks if str(pk).isdecimal()])


class RegistryChooserViewSet(SnippetChooserViewSet):
    """The chooser of a registry."""

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        """The view, with its choice limited."""
        limited = type(view_class.__name__, (_Choice, view_class), {})
        return super().construct_view(limited, **kwargs)
