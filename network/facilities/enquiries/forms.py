"""Forms of those who ask and of those who answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from accounts.roles import roles_of
from network.facilities.enquiries.parties import Party
from network.facilities.enquiries.services.answering import OfferData
from network.facilities.models import (
    AnswerTemplate,
    CompanySize,
    Confidentiality,
    Enquiry,
    Offer,
    RefusalReason,
    Sector,
)
from network.facilities.models.correspondence import ATTACHMENT_EXTENSIONS, MAX_ATTACHMENTS
from network.facilities.models.enquiry import TEXT_LENGTH
from network.facilities.models.parts import validate_file_size
from network.organisations.models import Organisation

LATEST_ANSWER: Final = timedelta(days=120)
ACCEPTED: Final = ",".join(f".{extension}" for extension in ATTACHMENT_EXTENSIONS)


class DayInput(forms.DateInput):
    """A day, chosen as the device likes best."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class HourInput(forms.DateTimeInput):
    """A day and a whole hour."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(attrs={"step": "3600"}, format="%Y-%m-%dT%H:%M")


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to ten files, each of a known type and not too large; cleans to a list."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("label", _("Files"))
        options.setdefault(
            "help_text",
            _("Drawings, pictures, reports: up to ten, at most 20 MB each."),
        )
        super().__init__(
            widget=FilesInput(attrs={"accept": ACCEPTED, "multiple": True}),
            max_length=200,
            validators=[FileExtensionValidator(ATTACHMENT_EXTENSIONS), validate_file_size],
            **options,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each of the files, checked."""
        files = data if isinstance(data, list) else [data] if data else []
        if len(files) > MAX_ATTACHMENTS:
            raise ValidationError(_text("There can be ten files at most."))
        return [super(FilesField, self).clean(each, initial) for each in files]


class StatementForm(forms.ModelForm[Enquiry]):
    """The problem statement."""

    uploads = FilesField()

    class Meta:
        model = Enquiry
        fields: ClassVar[list[str]] = [
            *("title", "problem", "wanted", "material", "wanted_from", "wanted_to"),
            *("confidentiality", "respond_by"),
        ]
        widgets: ClassVar[dict[str, Any]] = {
            "problem": forms.Textarea(attrs={"rows": 6}),
            "wanted": forms.Textarea(attrs={"rows": 3}),
            "wanted_from": DayInput(),
            "wanted_to": DayInput(),
            "respond_by": DayInput(),
            "confidentiality": forms.RadioSelect(choices=Confidentiality.choices),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("As you would say it to a colleague: “Bracket that cracks from vibration”."),
            "problem": _(
                "What happens, where and how often? You need not know what the test is called."
            ),
            "wanted": _("What must you be able to say afterwards, and to whom?"),
            "material": _("For instance: 12 welded brackets in S355, about 4 kg each."),
            "respond_by": _("Hosts are reminded before this day. Ten working days is usual."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["confidentiality"].required = False
        self.fields["respond_by"].required = False

    def clean_confidentiality(self) -> str:
        """Normal unless something else is said."""
        return self.cleaned_data["confidentiality"] or Confidentiality.NORMAL.value

    def clean_respond_by(self) -> Any:
        """A day to come; left out, the usual one."""
        day = self.cleaned_data["respond_by"]
        today = timezone.localdate()
        if day is not None and not today < day <= today + LATEST_ANSWER:
            raise ValidationError(_text("Choose a day within the next four months."))
        return day

    @property
    def written(self) -> Mapping[str, Any]:
        """What can be kept of the form, also when some of it is wrong."""
        values = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"uploads", "respond_by"}
        }
        if self.cleaned_data.get("respond_by"):
            values["respond_by"] = self.cleaned_data["respond_by"]
        if "wanted_to" in self.errors:
            values.pop("wanted_from", None)
        return values


class MemberForm(forms.ModelForm[Enquiry]):
    """On whose behalf somebody with a log-in asks."""

    class Meta:
        model = Enquiry
        fields: ClassVar[list[str]] = ["organisation", "guest_company", "company_size", "sector"]
        labels: ClassVar[dict[str, Any]] = {"guest_company": _("Company, if it is not in the list")}

    def __init__(self, party: Party, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = roles_of(party.user).organisations
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.filter(pk__in=own)
        organisation.empty_label = _("none of these")
        if not own:
            del self.fields["organisation"]
        _say_left_out(self)


class GuestForm(forms.ModelForm[Enquiry]):
    """Who asks without a log-in."""

    class Meta:
        model = Enquiry
        fields: ClassVar[list[str]] = [
            *("guest_name", "guest_company", "guest_email", "company_size", "sector"),
        ]
        widgets: ClassVar[dict[str, Any]] = {
            "guest_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "guest_company": forms.TextInput(attrs={"autocomplete": "organization"}),
            "guest_email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guest_email"].required = self.fields["guest_name"].required = True
        self.fields["guest_email"].help_text = _(
            "We send you a link; the enquiry goes out with it."
        )
        _say_left_out(self)


def _say_left_out(form: forms.ModelForm[Enquiry]) -> None:
    """Two choices that only figures are made of can be left open."""
    for name, choices in (("company_size", CompanySize), ("sector", Sector)):
        field: Any = form.fields[name]
        field.choices = [("", _("rather not say")), *choices.choices]
    form.fields["company_size"].help_text = _("Used for figures in which nobody can be recognised.")


class MessageForm(forms.Form):
    """Something to write to the other party."""

    text = forms.CharField(
        label=_("Message"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 5})
    )
    uploads = FilesField()


class OfferForm(forms.ModelForm[Offer]):
    """Price, time, validity and conditions."""

    uploads = FilesField()

    class Meta:
        model = Offer
        fields: ClassVar[list[str]] = [
            *("price", "price_per", "starts_at", "ends_at", "valid_until", "conditions"),
        ]
        widgets: ClassVar[dict[str, Any]] = {
            "price": forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
            "starts_at": HourInput(),
            "ends_at": HourInput(),
            "valid_until": DayInput(),
            "conditions": forms.Textarea(attrs={"rows": 6}),
        }

    def clean(self) -> dict[str, Any]:
        """An offer is worth nothing that lapses before it can be read or after the work."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        valid_until, starts_at = cleaned.get("valid_until"), cleaned.get("starts_at")
        today = timezone.localdate()
        if valid_until and valid_until < today:
            self.add_error("valid_until", _text("The day has passed."))
        elif valid_until and starts_at and valid_until > timezone.localdate(starts_at):
            self.add_error("valid_until", _text("The offer must lapse before the work begins."))
        return cleaned

    @property
    def data_offered(self) -> OfferData:
        """What the service takes."""
        cleaned = self.cleaned_data
        return OfferData(
            price=cleaned["price"],
            price_per=cleaned["price_per"],
            starts_at=_as_time(cleaned["starts_at"]),
            ends_at=_as_time(cleaned["ends_at"]),
            valid_until=cleaned["valid_until"],
            conditions=cleaned["conditions"],
        )


def _as_time(value: Any) -> datetime:
    assert isinstance(value, datetime)
    return value


class RefusalForm(forms.Form):
    """Why not."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=RefusalReason.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("A few words to the one who asks"),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Perhaps you know who could help instead."),
    )


class TemplateForm(forms.ModelForm[AnswerTemplate]):
    """A text that is often answered with."""

    class Meta:
        model = AnswerTemplate
        fields: ClassVar[list[str]] = ["organisation", "kind", "title", "text"]
        widgets: ClassVar[dict[str, Any]] = {"text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, party: Party, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation: Any = self.fields["organisation"]
        own = Organisation.objects.filter(pk__in=roles_of(party.user).administers)
        organisation.queryset, organisation.empty_label = own, None


class LinkForm(forms.Form):
    """Where a guest wants new links to."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


def uploaded(form: forms.BaseForm) -> list[UploadedFile[Any]]:
    """The files of a valid form."""
    files: list[UploadedFile[Any]] = form.cleaned_data.get("uploads") or []
    return files
