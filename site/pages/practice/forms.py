"""The form of an article in the admin."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from accounts.models import User


class PracticePageForm(WagtailAdminPageForm):
    """Knows by their addresses which of the people have accounts."""

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Link people to their accounts; whoever has no address keeps what they are linked to."""
        page = super().save(commit=False)
        people = list(page.people.all())
        addresses = {person.email.lower() for person in people if person.email}
        active = User.objects.filter(is_active=True)
        users = {user.email.lower(): user for user in active.filter(email__in=addresses)}
        for person in people:
            if person.email:
                person.user = users.get(person.email.lower())
        page.people = people
        if commit:
            page.save()
        return page
