"""How forms look: Designsystemet's markup for every Django form, with the error summary on top.

`FORM_RENDERER = "tillitsrom.web.forms.Renderer"` in settings makes `{{ form }}` render so everywhere.
"""

from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates

# These draw their own box and must not be stretched or bordered like a text field.
UNSTYLED = (forms.HiddenInput, forms.FileInput)


class BoundField(forms.BoundField):
    """A field that wears the design system's class, whatever its widget."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        chosen = widget or self.field.widget
        if not isinstance(chosen, UNSTYLED):
            classes = str(chosen.attrs.get("class") or "")
            built.setdefault("class", f"ds-input {classes}".strip())
        return built


class Renderer(DjangoTemplates):
    """Django's own renderer with the design system's form and field templates."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    bound_field_class = BoundField


class DateInput(forms.DateInput):
    """The browser's own date field; what is sent and shown is always the ISO form that it asks for."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def format_value(self, value: Any) -> str | None:
        """A date is written in the ISO form; text that was refused is shown as it was typed."""
        if isinstance(value, date):
            return value.isoformat()
        return super().format_value(value)
