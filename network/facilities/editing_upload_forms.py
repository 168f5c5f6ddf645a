"""Forms of a facility's pictures and documents, and of terms that are missed."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images.fields import WagtailImageField

from network.facilities.editing_forms import area
from network.facilities.models import TermSuggestion
from network.facilities.models.parts import DOCUMENT_EXTENSIONS, validate_file_size

# The first bytes of files that say what they are; the others are text.
SIGNATURES: Final = {
    "pdf": b"%PDF-", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "odt": b"PK\x03\x04",
    "ods": b"PK\x03\x04",
}  # fmt: skip


class AltForm(forms.Form):
    """What a picture shows."""

    alt_nb = forms.CharField(
        label=gettext_lazy("What it shows, in Norwegian"),
        help_text=gettext_lazy("For those who cannot see it: what is to be seen, in one sentence."),
        max_length=200,
    )
    alt_en = forms.CharField(
        label=gettext_lazy("What it shows, in English"), max_length=200, required=False
    )


class PictureForm(AltForm):
    """A picture with what it shows."""

    image = WagtailImageField(label=gettext_lazy("Picture"))
    field_order = ("image", "alt_nb", "alt_en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail's field speaks the language in which it was made, which is not the reader's.
        self.fields["image"] = WagtailImageField(label=gettext_lazy("Picture"))


class DocumentForm(forms.Form):
    """A file for those who want to know more."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        validators=[FileExtensionValidator(DOCUMENT_EXTENSIONS), validate_file_size],
        widget=forms.FileInput(attrs={"accept": ",".join(f".{e}" for e in DOCUMENT_EXTENSIONS)}),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)

    def clean_file(self) -> Any:
        """The file, if it begins as its name says."""
        file = self.cleaned_data["file"]
        kind = file.name.rpartition(".")[2].lower()
        start = file.read(8192)
        file.seek(0)
        expected = SIGNATURES.get(kind)
        is_right = start.startswith(expected) if expected else b"\x00" not in start
        if not is_right:
            raise ValidationError(
                _("The file is not what its name says: %(kind)s."), params={"kind": kind}
            )
        return file


class SuggestionForm(forms.ModelForm[TermSuggestion]):
    """A term that is missed."""

    class Meta:
        model = TermSuggestion
        fields: ClassVar[list[str]] = ["kind", "name_nb", "name_en", "note"]
        labels: ClassVar[dict[str, Any]] = {
            "kind": gettext_lazy("Which list it belongs in"),
            "name_nb": gettext_lazy("The term in Norwegian"),
            "name_en": gettext_lazy("The term in English"),
            "note": gettext_lazy("What it means"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "name_nb": gettext_lazy("For a standard its code, for instance ISO 6892-1."),
        }
        widgets: ClassVar[dict[str, Any]] = {"note": area(3)}

    def clean_name_nb(self) -> str:
        """The term with single spaces."""
        return " ".join(self.cleaned_data["name_nb"].split())


class DecisionForm(forms.Form):
    """What a suggested term is."""

    name_nb = forms.CharField(label=gettext_lazy("The term in Norwegian"), max_length=120)
    name_en = forms.CharField(
        label=gettext_lazy("The term in English"), max_length=120, required=False
    )
    known = forms.CharField(
        label=gettext_lazy("A term that is here"),
        help_text=gettext_lazy("Any of its names. It learns the suggested one as a synonym."),
        max_length=200,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, required=False, widget=area(2)
    )
