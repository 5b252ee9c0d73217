"""Several PDFs as one, to be printed in one go. What they look like is kept, and nothing else.

Seals and signatures hold for the files they were made for: here only their pictures stand. Links, fields and tags stay
behind with the files, too.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import IO, cast

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter

INHERITED = tuple(pdf_name(name) for name in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"))  # ISO 32000-2, 7.7.3.4
OWN = (pdf_name("/Contents"), pdf_name("/UserUnit"), pdf_name("/Group"))
ANNOTATIONS, APPEARANCE, KEPT = pdf_name("/Annots"), pdf_name("/AP"), (pdf_name("/Rect"), pdf_name("/AS"))
HIDDEN, PRINTED = 2, 4  # flags of an annotation
DEEPEST = 50  # of a tree of pages


def bind(files: Iterable[bytes], into: IO[bytes]) -> int:
    """Their pages one after the other; how many. Whatever is not one of our own PDFs has no place here."""
    writer = PdfFileWriter(stream_xrefs=True)
    tree = writer.root["/Pages"]
    parent = writer.root.raw_get("/Pages")
    for file in files:
        for page in _imported(PdfFileReader(BytesIO(file)), writer):
            page[pdf_name("/Parent")] = parent
            tree["/Kids"].append(writer.add_object(page))
    number = len(tree["/Kids"])
    tree[pdf_name("/Count")] = generic.NumberObject(number)
    writer.write(into)
    return number


def _imported(reader: PdfFileReader, writer: PdfFileWriter) -> list[generic.DictionaryObject]:
    """In one go: what the pages share, such as their face, is kept once."""
    pages = generic.ArrayObject(_bare(page) for page in _pages(reader.root["/Pages"], {}))
    pages.container_ref = generic.TrailerReference(reader)
    imported = cast("generic.ArrayObject", writer.import_object(pages))
    return [page for page in imported if isinstance(page, generic.DictionaryObject)]


def _pages(
    node: generic.DictionaryObject, above: dict[generic.NameObject, generic.PdfObject], depth: int = 0
) -> Iterator[generic.DictionaryObject]:
    """With what each inherits."""
    if depth > DEEPEST:
        raise ValueError("The tree of pages has no end.")
    known = above | {name: node.raw_get(name) for name in INHERITED if name in node}
    if "/Kids" not in node:
        yield generic.DictionaryObject({**node, **known})
        return
    for kid in node["/Kids"]:
        yield from _pages(kid.get_object(), known, depth + 1)


def _bare(page: generic.DictionaryObject) -> generic.DictionaryObject:
    """Without its way back into the file that it comes from."""
    kept = {name: page.raw_get(name) for name in (*INHERITED, *OWN) if name in page}
    shown = [picture for note in page.get("/Annots", ()) if (picture := _picture(note.get_object()))]
    if shown:
        kept[ANNOTATIONS] = generic.ArrayObject(shown)
    return generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Page"), **kept})


def _picture(note: generic.DictionaryObject) -> generic.DictionaryObject | None:
    """A seal as a stamp that looks like it: it is no field of this file."""
    flags = int(note.get("/F", 0))
    if APPEARANCE not in note or flags & HIDDEN:
        return None
    kept = {name: note.raw_get(name) for name in (APPEARANCE, *KEPT) if name in note}
    kind = {pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/Stamp")}
    return generic.DictionaryObject({**kind, **kept, pdf_name("/F"): generic.NumberObject(PRINTED)})
