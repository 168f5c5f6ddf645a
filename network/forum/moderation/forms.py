"""What readers and moderators fill in."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import roles_of
from network.forum import permissions
from network.forum.models import Category, Flag, Thread
from network.forum.models.thread import TITLE_LENGTH
from network.forum.moderation.services.arranging import KINDS_SPLIT_OFF, MAX_PICKED
from network.forum.moderation.services.people import MAX_DAYS
from network.forum.querysets import moderated_by

REASON_LENGTH: Final = 500
TARGET_LENGTH: Final = 500
_THREAD_ADDRESS: Final = re.compile(r"(?:^|/)t/(\d{1,18})(?:/|$)|^#?(\d{1,18})$", re.ASCII)
DAYS: Final = ((1, _("a day")), (7, _("a week")), (30, _("a month")), (MAX_DAYS, _("a year")))


def reason_field(help_text: Any = "") -> forms.CharField:
    """Why something is done, in a moderator's own words."""
    return forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FlagForm(forms.Form):
    """What is wrong with a post."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=Flag.Reason.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("For the moderators. The author does not see who reported the post."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Something else has to be explained."""
        cleaned = super().clean() or {}
        if cleaned.get("reason") == Flag.Reason.OTHER and not cleaned.get("text", "").strip():
            self.add_error("text", _("Say what it is, so that a moderator understands it."))
        return cleaned


class HideForm(forms.Form):
    """Why a post is taken away; the author is told."""

    rule = forms.ChoiceField(label=_("Why?"), choices=Flag.Reason.choices)
    reason = reason_field(_("The author reads it."))


class ReasonForm(forms.Form):
    """A reason that may be left out."""

    reason = reason_field(_("The author reads it."))


class DismissForm(forms.Form):
    """Why a report is dismissed; it stands in the log."""

    reason = reason_field(_("Stands in the log."))


class CategoryField(forms.ModelChoiceField[Category]):
    """Categories in which somebody keeps order."""

    def __init__(self, moderator: User, but_for: Category | None = None, **kwargs: Any) -> None:
        categories = Category.objects.filter(moderated_by(roles_of(moderator))).visible_to(
            moderator
        )
        if but_for is not None:
            categories = categories.exclude(pk=but_for.pk)
        super().__init__(categories.order_by("position", "name_nb"), **kwargs)


class MoveForm(forms.Form):
    """Where a thread is moved to."""

    def __init__(self, *args: Any, moderator: User, thread: Thread, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"] = CategoryField(
            moderator, thread.category, label=_("Category"), empty_label=None
        )
        self.fields["reason"] = reason_field(_("The author reads it."))


class MergeForm(forms.Form):
    """Which thread another one is merged into, by its address or number."""

    target = forms.CharField(
        label=_("The thread that stays"),
        max_length=TARGET_LENGTH,
        help_text=_("Paste its address from the browser, or its number."),
    )
    reason = reason_field(_("The author reads it."))

    def __init__(self, *args: Any, moderator: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._moderator = moderator

    def clean_target(self) -> Thread:
        """The thread, if the moderator keeps order there."""
        path = self.cleaned_data["target"].split("?")[0].split("#")[0].strip()
        found = _THREAD_ADDRESS.search(path)
        threads = Thread.objects.visible_to(self._moderator).select_related("category")
        thread = threads.filter(pk=found[1] or found[2]).first() if found else None
        if thread is None:
            raise ValidationError(_("There is no such thread."))
        if not permissions.can_moderate(self._moderator, thread.category):
            raise ValidationError(_("You do not moderate that category."))
        return thread


class SplitForm(forms.Form):
    """What a thread is made of."""

    ALL, PICKED = "all", "picked"

    title = forms.CharField(label=_("Title of the new thread"), max_length=TITLE_LENGTH)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.value, kind.label) for kind in KINDS_SPLIT_OFF]
    )
    posts = forms.ChoiceField(
        label=_("Which posts?"),
        choices=((ALL, _("This one and all after it")), (PICKED, _("Only those that I tick"))),
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, moderator: User, thread: Thread, following: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picked"] = forms.ModelMultipleChoiceField(
            following, required=False, widget=forms.MultipleHiddenInput
        )
        self.fields["category"] = CategoryField(
            moderator, label=_("Category"), initial=thread.category_id, empty_label=None
        )
        self.fields["reason"] = reason_field(_("The author reads it."))

    def clean_title(self) -> str:
        """A title with something in it."""
        title: str = " ".join(self.cleaned_data["title"].split())
        if not title:
            raise ValidationError(_("Write a title."))
        return title

    def clean(self) -> dict[str, Any]:
        """As many posts as can be picked."""
        cleaned = super().clean() or {}
        if len(cleaned.get("picked") or ()) > MAX_PICKED:
            self.add_error("posts", _("Tick fewer posts, or take all after this one."))
        return cleaned


class SilenceForm(forms.Form):
    """For how long somebody is to write nothing."""

    days = forms.TypedChoiceField(label=_("For how long?"), choices=DAYS, coerce=int, initial=7)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        help_text=_("The person reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    clean_up = forms.BooleanField(
        label=_("Hide what the person wrote in the last week, as advertising or spam"),
        required=False,
    )
