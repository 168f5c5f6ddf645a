"""Naming a saved search."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from alerts.models import SavedSearch


class NameForm(forms.ModelForm[SavedSearch]):
    """What a search is called in its owner's list and in e-mails."""

    class Meta:
        model = SavedSearch
        fields = ("name",)
        help_texts = {"name": _("Stands in the subject of the e-mails.")}
