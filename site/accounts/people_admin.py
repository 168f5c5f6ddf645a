"""People in the admin: who there is, whom they belong to, and who is let in."""

from __future__ import annotations

from typing import Any

import django_filters
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect
from wagtail.users.views.users import (
    DeleteView,
    EditView,
    IndexView,
    UserFilterSet,
    UserViewSet,
)

from accounts import belonging, erasure
from accounts.models import User


class PeopleFilterSet(UserFilterSet):  # type: ignore[misc]  # Wagtail has no types
    """Active, administrator, last log-in and group as Wagtail has them; confirmed addresses."""

    is_verified = django_filters.BooleanFilter(
        field_name="is_verified", label=_("Address confirmed"), widget=BooleanRadioSelect
    )
    date_joined = django_filters.DateFromToRangeFilter(
        label=_("Signed up"), widget=UserFilterSet.base_filters["last_login"].extra["widget"]
    )


class PeopleIndexView(IndexView):  # type: ignore[misc]  # Wagtail has no types
    """Everybody with an account; erased ones, of whom nothing is known, are left out."""

    def get_base_queryset(self) -> QuerySet[User]:
        """The people, with whether their address is confirmed."""
        confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
        people: QuerySet[User] = super().get_base_queryset()
        return people.filter(erased_at=None).annotate(is_verified=Exists(confirmed))

    @cached_property
    def columns(self) -> list[Column]:
        """Wagtail's, and whom a person belongs to, whether the address is theirs, since when."""
        return [
            *super().columns,
            Column("belongs_to", label=_("Belongs to"), accessor=self._belongs_to),
            BooleanColumn("is_verified", label=_("Address confirmed")),
            DateColumn("date_joined", label=_("Signed up"), sort_key="date_joined"),
        ]

    def _belongs_to(self, person: User) -> str:
        return ", ".join(self._names.get(person.pk, ()))

    @cached_property
    def _names(self) -> dict[int, list[str]]:
        """Of the people on this page alone."""
        return belonging.names_of([person.pk for person in self.object_list])

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Wagtail's context, where the list has become that of the page."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        self.object_list = context["object_list"]
        return context


class PersonEditView(EditView):  # type: ignore[misc]  # Wagtail has no types
    """A person's account; only those who may do everything change one that may."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Raises PermissionDenied for an account above one's own."""
        if self.object.is_superuser and not request.user.is_superuser:  # type: ignore[union-attr]  # our user has it
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def save_instance(self) -> User:
        """Store it; whoever is no longer let in is logged out everywhere."""
        person: User = super().save_instance()
        if not person.is_active:
            for session in UserSession.objects.filter(user=person):
                session.end()
        return person


class PersonDeleteView(DeleteView):  # type: ignore[misc]  # Wagtail has no types
    """Erases a person the way they would do it themselves."""

    def delete_action(self) -> None:
        """What others rely on stays, without the name. The person gets a letter."""
        with transaction.atomic():
            erasure.erase(self.object)


class PeopleViewSet(UserViewSet):  # type: ignore[misc]  # Wagtail has no types
    """Wagtail's users, as people of the network."""

    filterset_class = PeopleFilterSet
    index_view_class = PeopleIndexView
    edit_view_class = PersonEditView
    delete_view_class = PersonDeleteView
    menu_label = _("Accounts")
