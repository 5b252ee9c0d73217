"""Reads a PDF back the way others do: its text as a person would copy it, its structure as a checker walks it."""

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2
from lxml import etree
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader


def letters(text: str) -> str:
    """Without blanks and case: lines wrap, and headings are set in capitals."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).casefold()


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_range())
            text.close()
            page.close()
    # pdfium marks a hyphen at the end of a line as one that it may take away
    return "\n".join(pages).replace("\x02", "-").replace("\ufffe", "-")


def strays(pdf: bytes, margin: float = 20.0) -> list[str]:
    """Letters that reach into the last points of a page, or beyond it."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            for index in range(text.count_chars()):
                x1, y1, x2, y2 = text.get_charbox(index)
                if x1 < margin - 5 or x2 > width - margin or y1 < margin - 8 or y2 > height - 10:
                    found.append(text.get_text_range(index, 1))
            text.close()
            page.close()
    return [sign for sign in found if sign.strip()]


def opened(pdf: bytes) -> PdfFileReader:
    return PdfFileReader(io.BytesIO(pdf))


def everything(pdf: PdfFileReader) -> Iterator[Any]:
    """Every object that the file holds."""
    for number in range(1, int(pdf.trailer["/Size"])):
        try:
            yield pdf.get_object(generic.Reference(number, 0, pdf), transparent_decrypt=False)
        except Exception:  # noqa: S112  a number that was never given has no object
            continue


def dictionaries(pdf: PdfFileReader, kind: str) -> list[Any]:
    found = [one for one in everything(pdf) if isinstance(one, generic.DictionaryObject)]
    return [one for one in found if one.get("/Type") == kind]


def pages(pdf: PdfFileReader) -> list[Any]:
    return [kid.get_object() for kid in pdf.root["/Pages"]["/Kids"]]


OPERATOR = re.compile(rb"/(\w+)\s+(<<.*?>>)?\s*(BDC|BMC)|\b(EMC|Tj|TJ|f|S|Do)\b")


def unmarked(content: bytes) -> int:
    """How many times text is shown outside of every marked piece of a page."""
    depth = lost = 0
    bare = re.sub(rb"\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f]+>", b"()", content)
    for found in OPERATOR.finditer(bare):
        word = found[3] or found[4]
        if word in {b"BDC", b"BMC"}:
            depth += 1
        elif word == b"EMC":
            depth -= 1
        elif word in {b"Tj", b"TJ"} and depth == 0:
            lost += 1
    assert depth == 0
    return lost


def packet(root: Any) -> Any:
    """The metadata of the file as a tree."""
    return etree.fromstring(root["/Metadata"].data, etree.XMLParser(resolve_entities=False, no_network=True))
