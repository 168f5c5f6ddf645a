"""How Django forms look: each field with label, help and error as Designsystemet has them."""

from __future__ import annotations

from typing import Any, Final

from django.forms import Widget
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import CheckboxInput, ChoiceWidget, Input, RadioSelect, Textarea

STYLED_WIDGETS: Final = (Input, ChoiceWidget, Textarea)
INPUT_CLASS: Final = "ds-input"


class ThemeBoundField(BoundField):
    """Gives inputs the class that Designsystemet styles."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: Widget | None = None
    ) -> dict[str, Any]:
        """The attributes Django gives the widget, and the class of the theme."""
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        if isinstance(shown, STYLED_WIDGETS) and not shown.is_hidden:
            own = shown.attrs.get("class", "")
            built["class"] = f"{INPUT_CLASS} {built.get('class', own)}".strip()
        return built

    @property
    def is_toggle(self) -> bool:
        """Whether the input stands before its label: a single checkbox."""
        return isinstance(self.field.widget, CheckboxInput)

    @property
    def has_options(self) -> bool:
        """Whether each choice is an input of its own, with its own label."""
        return isinstance(self.field.widget, RadioSelect)


class ThemeRenderer(TemplatesSetting):
    """Forms and fields through ``templates/django/forms``; ``FORM_RENDERER`` names this class."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = ThemeBoundField
