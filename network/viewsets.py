"""How the registries are edited in Wagtail's admin."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.snippets import SnippetViewSet

from network.choosers import RegistryChooserViewSet
from network.policies import ScopedPermissionPolicy
from search.projection import recording


class _RegistryView:
    """Before any view of a registry: is the object within reach; is what it saves recorded."""

    model: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        policy = policy_registry.get_by_type(self.model)
        pk = kwargs.get("pk")
        if (
            isinstance(policy, ScopedPermissionPolicy)
            and pk is not None
            and not policy.within_reach(request.user).filter(pk=pk).exists()
        ):
            raise Http404
        if request.method != "POST":
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, no-any-return]  # mixed into a view
        try:
            with recording():
                return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, no-any-return]  # mixed into a view
        except ProtectedError as error:
            return _still_needed(request, self.model, error)


class RegistryViewSet(SnippetViewSet):
    """A registry in the admin: lists only what a person reaches, 404 for what they do not.

    Whatever a view saves is in the search when it returns, or not saved at all.
    """

    chooser_viewset_class = RegistryChooserViewSet
    copy_view_enabled = False
    list_per_page = 50

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        """The view, with the checks of every registry view before it."""
        checked = type(view_class.__name__, (_RegistryView, view_class), {})
        return super().construct_view(checked, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any] | None:
        """What the list shows to this person."""
        policy = policy_registry.get_by_type(self.model)
        if isinstance(policy, ScopedPermissionPolicy):
            return policy.within_reach(request.user)
        return None


class DeleteReachedAction(DeleteBulkAction):
    """Deletes several at once, without naming those that are out of reach; recorded as one."""

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        """Only what may be deleted, as if there were nothing else."""
        objects, _out_of_reach = super().get_actionable_objects()
        return objects, {"items_with_no_access": []}

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete in one transaction with the search."""
        try:
            with recording():
                response: HttpResponse = super().form_valid(form)
        except ProtectedError as error:
            return _still_needed(self.request, self.model, error)
        return response


def _still_needed(request: HttpRequest, model: Any, error: ProtectedError) -> HttpResponse:
    """Nothing was deleted; back to where it was to be confirmed, told what depends on it."""
    kinds = Counter(type(each) for each in error.protected_objects)
    depending = ", ".join(
        f"{kind._meta.verbose_name_plural} ({count})" for kind, count in kinds.items()
    )
    told = [
        _("It is not deleted, because other entries depend on it."),
        _("These are: %(depending)s.") % {"depending": depending},
    ]
    if any(field.name == "published" for field in model._meta.fields):
        told.append(_("Take it off the site instead: remove the tick at “Published” and save."))
    messages.error(request, " ".join(told))
    return redirect(request.get_full_path())
