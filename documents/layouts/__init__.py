"""Printed forms and documents: layouts as versioned data, filled with checked data, the same bytes each time."""

from documents.layouts.errors import LayoutDataError, UnknownLayoutError
from documents.layouts.printing import Box, Printed, render

__all__ = ["Box", "LayoutDataError", "Printed", "UnknownLayoutError", "render"]
