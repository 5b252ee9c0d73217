"""Form renderer, widgets and fields of the design system: `{{ form }}` draws everything.

The markup lies in templates/forms and templates/django/forms, so that plain Django widgets come out in the same look.
"""

from portal.ui.forms.fields import DateBoxesField, one_of_these
from portal.ui.forms.renderer import Renderer
from portal.ui.forms.widgets import (
    Checkbox,
    Checkboxes,
    DateBoxes,
    NativeDate,
    Number,
    Password,
    Radios,
    Search,
    Select,
    Text,
    TextArea,
    Upload,
)

__all__ = [
    "Checkbox",
    "Checkboxes",
    "DateBoxes",
    "DateBoxesField",
    "NativeDate",
    "Number",
    "Password",
    "Radios",
    "Renderer",
    "Search",
    "Select",
    "Text",
    "TextArea",
    "Upload",
    "one_of_these",
]
