"""The one face of documents: Tinos, as wide as Times New Roman (NĐ 30/2020 PL I), from files that set-up has cut."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings
from fontTools.ttLib import TTFont

FAMILY = "Tinos"
STYLES = ("regular", "italic", "bold", "bold-italic")
# The machine's own fonts are not seen at all, so that a page never depends on them; no cache, so that none gets stale.
CONFIGURATION = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{}</dir><cachedir>/dev/null</cachedir></fontconfig>"""


def file(style: str) -> Path:
    return Path(settings.PDF_FACES) / f"tinos-vn-{style}.ttf"


@contextmanager
def only_ours() -> Iterator[None]:
    """What is set up inside finds our face and no other font. Fontconfig takes its rules from the environment."""
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.NamedTemporaryFile("w", suffix=".conf", encoding="utf-8") as rules:
        rules.write(CONFIGURATION.format(escape(str(settings.PDF_FACES))))
        rules.flush()
        os.environ["FONTCONFIG_FILE"] = rules.name
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


@cache
def drawable() -> frozenset[str]:
    """The letters and signs that every style has."""
    found: set[int] | None = None
    for style in STYLES:
        points = set(TTFont(file(style)).getBestCmap())
        found = points if found is None else found & points
    return frozenset(map(chr, found or ()))


def undrawable(text: str) -> str:
    """What `text` holds and the face does not, each once, sorted; a line break or a tab is no letter either."""
    return "".join(sorted(set(text) - drawable()))
