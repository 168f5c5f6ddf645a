"""What only the component gallery needs."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ui.gallery import Specimen

register = template.Library()


@register.simple_tag
def specimen(shown: Specimen) -> SafeString:
    """A component of the gallery in one of its states."""
    return render_to_string(shown.path, shown.context)
