"""Choosers of the admin that must not be there."""

from __future__ import annotations

from typing import Any

from wagtail.snippets.views.chooser import SnippetChooserViewSet


class NoChooserViewSet(SnippetChooserViewSet):
    """For what nothing refers to.

    Wagtail gives every registry a chooser, whose list it shows to everybody with a way into the
    admin, whether they may see the registry or not.
    """

    def get_urlpatterns(self) -> list[Any]:
        """No addresses."""
        return []
