"""What editors do with words that an import brought: approve them, or merge them into others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from network.facilities.models import Material, Method, Standard
from network.facilities.reviewing import approve_terms, merge_terms

VOCABULARIES = [Method, Material, Standard]


class TermAction(SnippetBulkAction):
    """Something done with several terms at once."""

    models: ClassVar[list[Any]] = VOCABULARIES
    template_name = "facilities/admin/review_terms.html"
    question = _("Choose what to do with these terms.")

    def check_perm(self, obj: Any) -> bool:
        """Whether the person may change the term."""
        policy = self.permission_policy
        return bool(policy.user_has_permission_for_instance(self.request.user, "change", obj))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the confirmation says."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"title": self.display_name, "question": self.question}


class ApproveTerms(TermAction):
    """Offers terms as filters and in forms."""

    display_name = _("Approve")
    action_type = "approve"
    aria_label = _("Approve the chosen terms")
    question = _("These terms will be offered as filters and in forms:")
    action_priority = 10

    @classmethod
    def execute_action(cls, objects: Sequence[Any], **context: Any) -> tuple[int, int]:
        """Approve them; gives how many there were."""
        approve_terms(objects, user=context["self"].request.user)
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """What is said afterwards."""
        return ngettext(
            "%(count)d term is approved.", "%(count)d terms are approved.", num_parent_objects
        ) % {"count": num_parent_objects}


class MergeTerms(TermAction):
    """Lets another term stand for these."""

    display_name = _("Merge")
    action_type = "merge"
    aria_label = _("Merge the chosen terms into another")
    question = _(
        "Facilities with these terms get the one you choose instead, and what these are called "
        "becomes its synonyms, so that searches and later imports find it:"
    )
    action_priority = 20

    def get_form_class(self) -> type[forms.Form]:
        """A form that asks into which term."""
        terms = self.model._default_manager.filter(approved=True)

        class MergeForm(forms.Form):
            into = forms.ModelChoiceField(label=_("Merge into"), queryset=terms)

        return MergeForm

    def form_valid(self, form: Any) -> HttpResponse:
        """Merge, or say why it cannot be done."""
        try:
            response: HttpResponse = super().form_valid(form)
        except ValidationError as error:
            form.add_error("into", " ".join(error.messages))
            response = self.form_invalid(form)
        return response

    @classmethod
    def execute_action(cls, objects: Sequence[Any], **context: Any) -> tuple[int, int]:
        """Merge them; gives how many there were."""
        action = context["self"]
        into = action.cleaned_form.cleaned_data["into"]
        return merge_terms(objects, into, user=action.request.user), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """What is said afterwards."""
        return ngettext(
            "%(count)d term is merged.", "%(count)d terms are merged.", num_parent_objects
        ) % {"count": num_parent_objects}
