"""What is filled in to write: a post, a thread, an edited text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import roles_of
from network.forum.kinds.forms import form_for
from network.forum.models import Access, Category, PostFile, Tag, ThreadKind
from network.forum.models.post import SOURCE_LENGTH
from network.forum.models.thread import TITLE_LENGTH
from network.forum.querysets import CategoryQuerySet
from network.forum.writing.uploads import FilesField
from network.parks.models import Park, Theme
from network.parks.places import in_plain_letters

MOST_TAGS: Final = 5
TAG_LENGTH: Final = 50
TOPICS: Final = 8
ROWS: Final = 8


class MarkdownField(forms.CharField):
    """Text in which every line ends alike, however a browser sends it."""

    def to_python(self, value: Any) -> str:
        """The text, with what browsers make of a line's end taken back."""
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class TextForm(forms.Form):
    """The text of a post and its files. ``token`` and ``version`` name form and draft."""

    text = MarkdownField(
        label=_("Text"),
        max_length=SOURCE_LENGTH,
        widget=forms.Textarea(attrs={"rows": ROWS}),
    )
    uploads = FilesField()
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput
    )

    # What of the form a draft keeps beside text and title.
    kept: ClassVar[Sequence[str]] = ()

    def clean_token(self) -> UUID:
        """What the form was made with; a new one where it is left out."""
        token: UUID | None = self.cleaned_data["token"]
        return token or uuid4()

    def clean_version(self) -> int:
        """Which state of the draft was in the window; 0 for none."""
        version: int | None = self.cleaned_data["version"]
        return version or 0

    @property
    def further(self) -> Mapping[str, Any]:
        """What a draft keeps of a form that was sent, right or wrong."""
        data: Any = self.data
        return {
            name: [str(each)[:200] for each in data.getlist(name)][:50]
            for name in self.kept
            if name in data
        }


class ReplyForm(TextForm):
    """An answer, to a post or to all of the thread."""

    replies_to = forms.IntegerField(
        min_value=1, max_value=2**62, required=False, widget=forms.HiddenInput
    )
    kept = ("replies_to",)


class EditForm(TextForm):
    """A post's text once more; of the first post the title, too."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    reason = forms.CharField(
        label=_("What did you change?"),
        max_length=200,
        required=False,
        help_text=_("Stands in the history of the post."),
    )
    without = forms.ModelMultipleChoiceField(
        PostFile.objects.none(),
        label=_("Remove files"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kept = ("reason", "without")

    def __init__(
        self, *args: Any, files: Sequence[PostFile], has_title: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        without: Any = self.fields["without"]
        without.queryset = PostFile.objects.filter(pk__in=[file.pk for file in files])
        without.label_from_instance = lambda file: file.name
        if not files:
            del self.fields["without"]
        if not has_title:
            del self.fields["title"]


class ThreadForm(TextForm):
    """A new thread."""

    category = forms.ModelChoiceField(
        Category.objects.none(),
        label=_("Where"),
        help_text=_("Who reads the category reads the thread."),
    )
    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    tags = forms.CharField(
        label=_("Tags"),
        max_length=MOST_TAGS * (TAG_LENGTH + 2),
        required=False,
        help_text=_("Up to five words, separated by commas: “dust, conveyor”."),
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.all(), label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    parks = forms.ModelMultipleChoiceField(
        Park.objects.all(), label=_("Parks"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(choices=ThreadKind.choices, widget=forms.HiddenInput)
    about = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    kept = (
        *("category", "tags", "themes", "parks", "kind", "about"),
        *("direction", "place", "deadline", "addressee"),
    )
    field_order = ("category", "title", "text", "uploads", "tags", "themes", "parks")

    def __init__(self, user: User, kind: ThreadKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Of a bound form errors are shown where they are; what was typed is in both.
        self.extra = form_for(kind, self.data if self.is_bound else None, initial=self.initial)
        category: Any = self.fields["category"]
        category.queryset = writable_by(user)
        category.empty_label = _("Choose a category")

    def is_valid(self) -> bool:
        """Whether both this and what else is asked of the kind is right."""
        others = self.extra is None or self.extra.is_valid()
        return super().is_valid() and others

    def clean_tags(self) -> list[str]:
        """The words, each once, in the form in which they are gathered."""
        words = [" ".join(each.split()) for each in self.cleaned_data["tags"].split(",")]
        by_slug = {tag_slug(word): word for word in reversed(words) if tag_slug(word)}
        tags = list(reversed(by_slug.values()))
        if len(tags) > MOST_TAGS:
            raise ValidationError(_text("Give five tags at most."))
        if any(len(tag) > TAG_LENGTH for tag in tags):
            raise ValidationError(
                _text("A tag has %(limit)s characters at most.") % {"limit": TAG_LENGTH}
            )
        return tags

    def clean_themes(self) -> Any:
        """Not so many that nothing is said by them."""
        return self._few("themes")

    def clean_parks(self) -> Any:
        """Not so many that nothing is said by them."""
        return self._few("parks")

    def _few(self, name: str) -> Any:
        chosen = self.cleaned_data[name]
        if len(chosen) > TOPICS:
            raise ValidationError(
                _text("Choose %(limit)s at most.") % {"limit": TOPICS}, code="many"
            )
        return chosen


def tag_slug(word: str) -> str:
    """What a tag is known by: “Støv” and “støv” are one."""
    return slugify(in_plain_letters(word))[:TAG_LENGTH]


def tags_of(words: Sequence[str]) -> list[Tag]:
    """The tags with these names; those that are new are made."""
    found = []
    for word in words:
        tag, _is_new = Tag.objects.get_or_create(
            slug=tag_slug(word), defaults={"name": word[:TAG_LENGTH]}
        )
        found.append(tag)
    return found


def writable_by(user: User) -> CategoryQuerySet:
    """Categories in which somebody may start threads, as ``permissions.can_write`` says of one."""
    roles = roles_of(user)
    found = Category.objects.visible_to(user).filter(closed=False)
    if roles.network_administrator:
        return found
    not_theirs = Category.objects.filter(access=Access.GROUP).exclude(group__in=roles.groups)
    return found.exclude(pk__in=not_theirs)
