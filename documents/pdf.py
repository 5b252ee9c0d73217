"""From HTML to PDF. WeasyPrint is imported inside: it takes more than a second, and most processes never print."""


def print_html(html: str) -> bytes:
    """The pages of `html`, a whole document with its own style sheet, as a tagged PDF/A-3u."""
    import weasyprint  # heavy: see above

    printed: bytes = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/a-3u", pdf_tags=True)
    return printed
