"""Forms of things that several people may edit at the same time; see :mod:`network.merging`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from network.merging import MAX_STAMPS_LENGTH, read_stamps, stamp, stamps_of, write_stamps


class MergedForm(forms.ModelForm[Any]):
    """A form that carries the stamps of what it showed, and leaves the writing to a service.

    Only what a service finds changed is written over what is stored then; so the instance is left
    alone, and what spans fields is checked by the model when the service saves.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=MAX_STAMPS_LENGTH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = stamps_of(stored_values(self.instance, self._meta.fields or ()))

    def _post_clean(self) -> None:
        """Keep Django from writing into the instance."""

    def clean_seen(self) -> dict[str, str]:
        """The stamps by field."""
        return read_stamps(self.cleaned_data["seen"])

    def values(self) -> dict[str, Any]:
        """What was written, by field of the model; links as lists."""
        return {
            name: list(value) if isinstance(value, QuerySet) else value
            for name, value in self.cleaned_data.items()
            if name != "seen"
        }

    def show_theirs(self, theirs: Mapping[str, Any]) -> None:
        """Say at each field what somebody else has written there meanwhile.

        What the person wrote stays in the inputs; saving once more writes it. Stamps of other
        fields stay as they were: what others wrote there is still theirs.
        """
        seen = self.cleaned_data["seen"] | {name: stamp(value) for name, value in theirs.items()}
        for name, value in theirs.items():
            self.add_error(
                name,
                _(
                    "Somebody else has changed this while you wrote. It now says: “%(theirs)s”. "
                    "Save again to replace that with yours."
                )
                % {"theirs": self._shown(name, value)},
            )
        written: Any = self.data
        self.data = written.copy()
        self.data[self.add_prefix("seen")] = write_stamps(seen)  # type: ignore[index]  # a copy, to be written

    def show_refusal(self, errors: Mapping[str, Any]) -> None:
        """Put what the model refuses at the fields that the form has, the rest on top of it."""
        for name, error in errors.items():
            self.add_error(name if name in self.fields else None, error)

    def _shown(self, name: str, value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(map(str, value)) or "–"
        choices = dict(getattr(self.fields[name], "choices", ()) or ())
        if choices and not isinstance(value, Model):
            return str(choices.get(value, value or "–"))
        return str("–" if value in {None, ""} else value)


def stored_values(instance: Model, names: Iterable[str]) -> dict[str, Any]:
    """What ``instance`` holds in the fields ``names``; links as lists."""
    values = {}
    for name in names:
        value: Any = getattr(instance, name, None)
        values[name] = list(value.all()) if hasattr(value, "all") else value
    return values
