"""From HTML to PDF: one face, bound by file, PDF/A-3u and PDF/UA-1, the same bytes each time."""

from documents.pdf.engine import Composed, Place, PrintError, compose, print_html

__all__ = ["Composed", "Place", "PrintError", "compose", "print_html"]
