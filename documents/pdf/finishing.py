"""What WeasyPrint leaves open, put right before the file is written, so that it is PDF/A-3u and PDF/UA-1 at once.

WeasyPrint writes one of the two marks; its fields have no appearance and a box upside down; what stands in the margins
of a page is tagged although no part of the text. The objects are pydyf's: dictionaries, arrays and streams.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any
from xml.sax.saxutils import escape

import pydyf

DATA = Path(__file__).parent / "data"
CREATOR = "\n<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>"
CREATED = (
    '\n<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
    "<xmp:CreateDate>{}</xmp:CreateDate></rdf:Description>"
)


@dataclass(frozen=True)
class Marks:
    """What the file says of itself."""

    title: str
    language: str
    author: str
    made_on: datetime.date | None

    @classmethod
    def of(cls, metadata: Any, made_on: datetime.date | None) -> "Marks":
        if not metadata.title or not metadata.lang:
            raise ValueError("A document needs a <title>, and a lang on its <html>")
        return cls(metadata.title, metadata.lang, ", ".join(metadata.authors), made_on)

    def xmp(self, producer: str) -> bytes:
        quote = {'"': "&quot;"}
        created = f"{self.made_on.isoformat()}T00:00:00Z" if self.made_on else ""
        filled = _packet().substitute(
            producer=escape(producer, quote),
            title=escape(self.title),
            language=escape(self.language),
            creator=CREATOR.format(escape(self.author)) if self.author else "",
            created=CREATED.format(created) if created else "",
        )
        return filled.encode()


@cache
def _packet() -> Template:
    return Template((DATA / "metadata.xmp").read_text(encoding="utf-8").rstrip("\n"))


class Finisher:
    """Called by WeasyPrint with its document and the file's objects; remembers the names of the fields."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.fields: tuple[str, ...] = ()

    def __call__(self, document: Any, pdf: pydyf.PDF) -> None:
        self._identify(pdf)
        self.fields = tuple(_mend_fields(pdf))
        _take_margins_out_of_the_text(pdf)
        _compress_once(pdf)

    def _identify(self, pdf: pydyf.PDF) -> None:
        """Both marks in the metadata, and the same dates there as in the old information dictionary."""
        metadata = _object(pdf, pdf.catalog["Metadata"])
        metadata.stream = [self.marks.xmp(str(pdf.info["Producer"].string))]
        metadata.compress = False  # so that programs that know no PDF find it
        if self.marks.made_on:
            pdf.info["CreationDate"] = pydyf.String(f"D:{self.marks.made_on:%Y%m%d}000000Z")


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _mend_fields(pdf: pydyf.PDF) -> Iterator[str]:
    """A box the right way up, and an empty appearance, so that no viewer draws its own; each field's name."""
    form = pdf.catalog.get("AcroForm")
    if form is None:
        return
    form.pop("NeedAppearances", None)
    for reference in form["Fields"]:
        field = _object(pdf, reference)
        x1, y1, x2, y2 = map(float, field["Rect"])
        field["Rect"] = pydyf.Array([x1, min(y1, y2), x2, max(y1, y2)])
        box = pydyf.Array([0, 0, x2 - x1, abs(y2 - y1)])
        appearance = pydyf.Stream([], {"Type": "/XObject", "Subtype": "/Form", "BBox": box})
        pdf.add_object(appearance)
        field["AP"] = pydyf.Dictionary({"N": appearance.reference})
        yield str(field["T"].string)


def _take_margins_out_of_the_text(pdf: pydyf.PDF) -> None:
    """Page numbers and running marks become artefacts: a screen reader would say them in the middle of a sentence."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    said = set(_below(pdf, root["K"]))
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    for index, number in enumerate(pdf.pages["Kids"][::3]):
        owners = numbers[2 * index + 1]
        silent = {mark for mark, owner in enumerate(owners) if owner not in said}
        if silent:
            for mark in silent:
                owners[mark] = "null"
            _silence(_object(pdf, pdf.objects[number]["Contents"]).stream, silent)


def _below(pdf: pydyf.PDF, kids: list[Any]) -> Iterator[bytes]:
    for kid in kids:
        if isinstance(kid, bytes):
            yield kid
            yield from _below(pdf, _object(pdf, kid).get("K", []))


def _silence(operators: list[Any], marks: set[int]) -> None:
    """Rewrite `/P <</MCID 3>> BDC` as an artefact of the page."""
    for index, operator in enumerate(operators):
        if operator == b"BDC" and operators[index - 1].get("MCID") in marks:
            operators[index - 2] = "/Artifact"
            operators[index - 1] = pydyf.Dictionary({"Type": "/Pagination"})


class _Written(pydyf.Stream):
    """A stream in the bytes in which pydyf writes it."""

    def __init__(self, stream: pydyf.Stream) -> None:
        super().__init__()
        self.number, self.generation, self.free = stream.number, stream.generation, stream.free
        self._data: bytes = stream.data

    @property
    def data(self) -> bytes:
        return self._data


def _compress_once(pdf: pydyf.PDF) -> None:
    """pydyf compresses what it is asked for: once for the file, and once more for the file's identifier."""
    pdf.objects = [_Written(one) if isinstance(one, pydyf.Stream) else one for one in pdf.objects]
