"""What an object of a PDF may be. Pure: it is given objects one by one and concludes at the end.

Names come decoded from pyHanko, so `/J#53` is `/JS` here.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose

from documents.errors import FileRefusedError
from documents.uploads.limits import Limits
from documents.uploads.reasons import Reason

KEYS = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings", "/Rendition"}
ACTIONS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/Movie", "/Sound", "/GoToE", "/GoToR",
    "/RichMediaExecute", "/GoTo3DView",
}  # fmt: skip
ANNOTATIONS = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
DATA = {"/application/json", "/text/xml", "/application/xml"}
A3 = re.compile(rb"pdfaid:part\s*(?:>|=\s*[\"'])\s*3")
DEPTH = 100  # of arrays and dictionaries inside each other


class Findings:
    """Collects what only the whole file can answer: pages, what opens by itself, which attachments were looked at."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pages: set[int] = set()
        self._harmless: set[int] = set()  # numbers of objects that only say where to go
        self._harmful: set[int] = set()
        self._opened: set[int] = set()  # numbers of what happens when the file is opened
        self._attached: set[int] = set()
        self._data: set[int] = set()
        self._is_a3 = False

    def look_at(self, number: int, found: Any) -> None:
        """One object of the file, with everything that lies directly inside it."""
        (self._harmless if goes_somewhere(found) else self._harmful).add(number)
        if isinstance(found, generic.DictionaryObject):
            kind = found.get("/Type")
            if kind == "/Page":
                self._pages.add(number)
                self._limit_pages(len(self._pages))
            elif kind == "/EmbeddedFile":
                self._look_at_data(number, found)
            elif kind == "/Metadata" and isinstance(found, generic.StreamObject):
                self._is_a3 |= bool(A3.search(found.read_data(DecodePurpose.XMP_METADATA)))
        for dictionary in _dictionaries(found):
            self._look_at_dictionary(dictionary)

    def conclude(self, pages_claimed: int) -> None:
        if self._opened & self._harmful or self._opened - self._harmless:
            raise FileRefusedError(Reason.OPENS)
        if (self._attached or self._data) and not (self._limits.pdf_data and self._is_a3):
            raise FileRefusedError(Reason.ATTACHED)
        if self._attached - self._data:
            raise FileRefusedError(Reason.ATTACHED)
        if not self._pages or pages_claimed < 1:
            raise FileRefusedError(Reason.DAMAGED)
        self._limit_pages(pages_claimed)

    def _limit_pages(self, count: int) -> None:
        if count > self._limits.pdf_pages:
            raise FileRefusedError(Reason.TOO_MANY_PAGES, most=self._limits.pdf_pages)

    def _look_at_dictionary(self, found: generic.DictionaryObject) -> None:
        raw = dict(dict.items(found))
        if raw.keys() & KEYS or _name(raw, "/S") in ACTIONS or _name(raw, "/Subtype") in ANNOTATIONS:
            raise FileRefusedError(Reason.PROGRAM)
        if "/OpenAction" in raw:
            self._opens(raw["/OpenAction"])
        if "/AA" in raw:
            if not isinstance(raw["/AA"], generic.DictionaryObject):
                raise FileRefusedError(Reason.OPENS)
            for action in dict.values(raw["/AA"]):
                self._opens(action)
        if "/EF" in raw:
            self._attaches(raw["/EF"])
        if _name(raw, "/Subtype") == "/Image":
            width, height = raw.get("/Width"), raw.get("/Height")
            if isinstance(width, int) and isinstance(height, int) and width * height > self._limits.pixels:
                raise FileRefusedError(Reason.TOO_MANY_PIXELS)

    def _opens(self, action: Any) -> None:
        if isinstance(action, generic.IndirectObject):
            self._opened.add(action.idnum)
        elif not goes_somewhere(action):
            raise FileRefusedError(Reason.OPENS)

    def _attaches(self, files: Any) -> None:
        streams = list(dict.values(files)) if isinstance(files, generic.DictionaryObject) else [files]
        if not all(isinstance(stream, generic.IndirectObject) for stream in streams):
            raise FileRefusedError(Reason.ATTACHED)
        self._attached |= {stream.idnum for stream in streams}

    def _look_at_data(self, number: int, found: generic.DictionaryObject) -> None:
        """JSON or XML that is what it says: our own results carry their data so."""
        if not self._limits.pdf_data or not isinstance(found, generic.StreamObject):
            raise FileRefusedError(Reason.ATTACHED)
        if str(found.get("/Subtype")) not in DATA or not _is_data(found.read_data()):
            raise FileRefusedError(Reason.ATTACHED)
        self._data.add(number)


def goes_somewhere(action: Any) -> bool:
    """A destination, or an action that goes to a page and does nothing after it."""
    if isinstance(action, generic.StreamObject):
        return False
    if isinstance(action, generic.DictionaryObject):
        raw = dict(dict.items(action))
        return _name(raw, "/S") == "/GoTo" and "/Next" not in raw
    return not isinstance(action, generic.IndirectObject)


def _name(raw: dict[Any, Any], key: str) -> str:
    """A name, also where a file hides it behind a reference: that has no use, so it is followed once."""
    value = raw.get(key)
    if isinstance(value, generic.IndirectObject):
        value = value.get_object()
    return str(value) if isinstance(value, generic.NameObject) else ""


def _dictionaries(found: Any) -> Iterator[generic.DictionaryObject]:
    """Every dictionary that lies directly in the object; what it refers to is looked at by itself."""
    waiting = [(found, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > DEPTH:
            raise FileRefusedError(Reason.TOO_INTRICATE)
        if isinstance(one, generic.DictionaryObject):
            yield one
            waiting += [(value, depth + 1) for value in dict.values(one)]
        elif isinstance(one, generic.ArrayObject):
            waiting += [(value, depth + 1) for value in list.__iter__(one)]


def _is_data(content: bytes) -> bool:
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith(b"<"):
        return not re.search(rb"<(!doctype|html|script|svg)\b", content.lower())
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True
