"""Forms of working groups: what they say of themselves, who comes in, what they keep."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.validators import FileExtensionValidator
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from network.forum.models import GroupProposal, WorkingGroup
from network.forum.models.group import CHARTER_LENGTH, FILE_EXTENSIONS
from network.forum.models.group_joining import REASON_LENGTH
from network.merged_forms import MergedForm
from network.organisations.joining_forms import InviteForm

MESSAGE_LENGTH: Final = 1000
MOST_UPLOADS: Final = 10
ACCEPTED: Final = ",".join(f".{extension}" for extension in FILE_EXTENSIONS)
OPENNESS: Final = (
    ("open", _("Open: everybody reads along, and members of the site join by themselves")),
    ("closed", _("Closed: everybody sees that it is there, its leaders let people in")),
    ("hidden", _("Hidden: nobody but its members knows of it, its leaders invite")),
)
TEXTS: Final = {
    "name_nb": (_("Name"), 120, None),
    "name_en": (_("Name in English"), 120, None),
    "summary_nb": (_("What the group works on"), 400, 3),
    "summary_en": (_("What the group works on, in English"), 400, 3),
    "charter_nb": (_("Charter"), CHARTER_LENGTH, 12),
    "charter_en": (_("Charter in English"), CHARTER_LENGTH, 8),
}
CHARTER_HELP: Final = _(
    "What the group is for, how it works, what it has decided about itself. Everybody who may know "
    "of the group reads it. Markdown: blank line for a new paragraph, - for a list."
)
ROWS: Final = (
    ("name_nb", "name_en"),
    ("summary_nb", "summary_en"),
    ("openness",),
    ("themes",),
    ("parks",),
    ("charter_nb",),
    ("charter_en",),
    ("has_council",),
)


class _GroupTexts(forms.BaseForm):
    """The fields of a group, as those who start one and those who lead one see them."""

    def _dress(self) -> None:
        for name, (label, length, rows) in TEXTS.items():
            widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
            required = name in {"name_nb", "summary_nb"}
            self.fields[name] = forms.CharField(
                label=label, max_length=length, required=required, widget=widget
            )
        self.fields["charter_nb"].help_text = CHARTER_HELP
        self.fields["openness"] = forms.ChoiceField(
            label=_("Who sees it, and how one joins"),
            choices=OPENNESS,
            widget=forms.RadioSelect,
            initial=WorkingGroup.Openness.OPEN,
        )
        self.fields["has_council"].label = _("The group has a council")

    @property
    def rows(self) -> list[list[Any]]:
        """The fields as the page groups them."""
        return [[self[name] for name in row] for row in ROWS]


class _GroupMeta:
    model = WorkingGroup
    fields: ClassVar[list[str]] = [
        *("name_nb", "name_en", "summary_nb", "summary_en", "charter_nb", "charter_en"),
        *("openness", "has_council", "parks", "themes"),
    ]
    labels: ClassVar[dict[str, Any]] = {"parks": _("Parks"), "themes": _("Themes")}
    help_texts: ClassVar[dict[str, Any]] = {
        "parks": _("Those it is for, where it is not for all of them.")
    }
    widgets: ClassVar[dict[str, Any]] = {
        "parks": forms.CheckboxSelectMultiple,
        "themes": forms.CheckboxSelectMultiple,
    }


class NewGroupForm(_GroupTexts, forms.ModelForm[WorkingGroup]):
    """A group that does not exist yet."""

    class Meta(_GroupMeta):
        pass

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dress()

    def _post_clean(self) -> None:
        """The service makes the group, and the model checks it there."""


class GroupForm(_GroupTexts, MergedForm):
    """What a group says of itself, edited by those who lead it."""

    class Meta(_GroupMeta):
        pass

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dress()


class ProposalForm(forms.ModelForm[GroupProposal]):
    """A group that a member would like to see."""

    name = forms.CharField(label=_("What it would be called"), max_length=120)
    summary = forms.CharField(
        label=_("What it would work on"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason_for = forms.CharField(
        label=_("Why it is needed, and who would join"),
        help_text=_("Read by those who decide, and by nobody else."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    openness = forms.ChoiceField(
        label=_("Who sees it, and how one joins"), choices=OPENNESS, widget=forms.RadioSelect
    )

    class Meta:
        model = GroupProposal
        fields: ClassVar[list[str]] = [
            *("name", "summary", "reason_for", "openness", "themes", "parks")
        ]
        labels: ClassVar[dict[str, Any]] = {"parks": _("Parks"), "themes": _("Themes")}
        help_texts = _GroupMeta.help_texts
        widgets = _GroupMeta.widgets

    def _post_clean(self) -> None:
        """The service makes the proposal, and the model checks it there."""

    def clean_name(self) -> str:
        """The name with single spaces."""
        return " ".join(self.cleaned_data["name"].split())


class ApplyForm(forms.Form):
    """What somebody wants to say to those who lead the group."""

    message = forms.CharField(
        label=_("Message to the leaders"),
        help_text=_("For instance what you work with, and what you would bring to the group."),
        max_length=MESSAGE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReasonForm(forms.Form):
    """Why not; the person whom it concerns reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The person reads this."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GroupInviteForm(InviteForm):
    """Addresses of those who should join, pasted as they come."""

    # A group's invitation makes nobody anything but a member.
    administrator = None  # type: ignore[assignment]  # how Django takes an inherited field out


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All of them as a list."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


def validate_size(file: File[bytes]) -> None:
    """Raise ValidationError for a file larger than ``MAX_UPLOAD_BYTES``."""
    if file.size > settings.MAX_UPLOAD_BYTES:
        limit = filesizeformat(settings.MAX_UPLOAD_BYTES)
        raise ValidationError(_text("The file is larger than %(limit)s."), params={"limit": limit})


class FilesField(forms.FileField):
    """Up to ten files, each of a known type and not too large; cleans to a list."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Files"),
            help_text=_(
                "Documents, tables, presentations and pictures: up to ten, at most 20 MB each."
            ),
            max_length=200,
            validators=[FileExtensionValidator(FILE_EXTENSIONS), validate_size],
            widget=FilesInput(attrs={"accept": ACCEPTED, "multiple": True}),
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each of the files, checked."""
        files = data if isinstance(data, list) else [data] if data else []
        if not files:
            raise ValidationError(_text("Choose a file."))
        if len(files) > MOST_UPLOADS:
            raise ValidationError(_text("There can be ten files at most."))
        return [super(FilesField, self).clean(each, initial) for each in files]


class FilesForm(forms.Form):
    """Files to keep."""

    uploads = FilesField()
