"""PDF: every object of every revision is looked at once, whether anything refers to it or not.

pyHanko reads the objects. It trusts what a file says about itself more than an upload deserves, so its work is bounded
here: cross-reference streams are counted before they are believed (`_Sections`), each read of the file is paid for
(`_Metered`), and the heads of object streams are read once instead of once per object (`_Reader`).
"""

import re
import zlib
from base64 import a85decode
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.decode_limits import (
    DecodeContext,
    DecodeLimits,
    DecodePurpose,
    DocumentDecodeBudget,
    StreamDecodeLimits,
)
from pyhanko.pdf_utils.reader import PdfFileReader, process_data_at_eof
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.pdf_utils.xref import XRefBuilder

from documents.errors import FileRefusedError
from documents.uploads.archives import Budget, ends_as_archive
from documents.uploads.limits import MIB, Limits
from documents.uploads.parsing import parsing
from documents.uploads.pdf_rules import Findings
from documents.uploads.reasons import Reason

HEAD = 1024
WEB_PAGE = re.compile(rb"<(html|script|svg|iframe|!doctype)\b", re.I)
SECTIONS = 200  # revisions of one file
READS = 3_000_000  # calls at most, about 3 µs each; files made by programs cost one or two per byte of structure
STRUCTURE_BYTES = 32 * MIB  # what object and cross-reference streams may come to together
FLATE, HEX, ASCII85 = {"/FlateDecode", "/Fl"}, {"/ASCIIHexDecode", "/AHx"}, {"/ASCII85Decode", "/A85"}
RUNS = {"/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
PICTURES = {"/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"}
STEP = 1024 * 1024
CAP = StreamDecodeLimits(max_ratio=None, max_output_size=8 * MIB)
DECODING = DecodeLimits(
    per_stream=CAP,
    per_purpose={DecodePurpose.OBJECT_STREAM: CAP, DecodePurpose.XREF_STREAM: CAP},
    document_budget=DocumentDecodeBudget(base_allowance=STRUCTURE_BYTES, max_ratio=0),
)


def inspect_pdf(file: BinaryIO, limits: Limits, budget: Budget) -> None:
    """Raises FileRefusedError. Nothing of the file is kept in memory but the object at hand."""
    file.seek(0)
    if WEB_PAGE.search(file.read(HEAD)) or ends_as_archive(file):
        raise FileRefusedError(Reason.TWO_IN_ONE)
    size = file.seek(0, 2)
    with parsing(misc.PdfDecodeLimitError, Reason.UNPACKS_TOO_FAR):
        metered = _Metered(file, size)
        _Sections.check(metered, limits)
        reader = _Reader(metered, strict=False, decode_limits=DECODING)
        if "/Encrypt" in reader.trailer:
            raise FileRefusedError(Reason.ENCRYPTED)
        findings = Findings(limits)
        for number, found in reader.objects(limits):
            findings.look_at(number, found)
            if isinstance(found, generic.StreamObject):
                _count_unpacked(found, budget)
        findings.conclude(int(reader.root["/Pages"]["/Count"]))


class _Metered:
    """The file, with a meter: reading costs, so that objects which overlap a thousand times come to an end."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._reads, self._bytes = min(READS, 200_000 + 3 * size), 6 * size + MIB

    def read(self, count: int = -1) -> bytes:
        block = self._file.read(count)
        self._reads -= 1
        self._bytes -= len(block)
        if self._reads < 0 or self._bytes < 0:
            raise FileRefusedError(Reason.TOO_INTRICATE)
        return block

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


class _NoObjects(PdfHandler):
    """What a cross-reference stream may refer to: nothing but itself."""

    decode_context = DecodeContext(DECODING)

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        raise misc.PdfReadError("A cross-reference stream refers to other objects.")


class _Sections(XRefBuilder):
    """Walks the cross-reference sections and refuses those that claim more than they can hold."""

    def __init__(self, stream: _Metered, limits: Limits) -> None:
        super().__init__(_NoObjects(), stream, strict=False, last_startxref=process_data_at_eof(stream))
        self._most = limits.pdf_objects

    @classmethod
    def check(cls, stream: _Metered, limits: Limits) -> None:
        stream.seek(-1, 2)
        sections = cls(stream, limits).read_xrefs()
        if sum(len(section.xref_data.explicit_refs_in_revision) for section in sections) > limits.pdf_objects:
            raise FileRefusedError(Reason.TOO_INTRICATE)

    def _read_xref_stream_object(self) -> Any:
        reference, stream = super()._read_xref_stream_object()
        widths = [int(width) for width in stream.get("/W")]
        pairs = [int(number) for number in stream.get("/Index", [0, stream.get("/Size")])]
        claimed = sum(pairs[1::2])
        if sum(widths) < 1 or min(widths) < 0 or max(widths) > 8 or min(pairs, default=0) < 0:
            raise FileRefusedError(Reason.DAMAGED)
        if claimed > self._most or len(pairs) > self._most or len(self.sections) >= SECTIONS:
            raise FileRefusedError(Reason.TOO_INTRICATE)
        return reference, stream

    def _read_xref_table(self, declared_startxref: int) -> Any:
        if len(self.sections) >= SECTIONS:
            raise FileRefusedError(Reason.TOO_INTRICATE)
        return super()._read_xref_table(declared_startxref)


class _Reader(PdfFileReader):
    """Finds an object in an object stream by an index; pyHanko walks the stream's head again for each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._heads: dict[int, tuple[_Metered, dict[int, int]]] = {}
        super().__init__(*args, **kwargs)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        if stmnum not in self._heads:
            stream = self.get_object(generic.Reference(stmnum, 0, self))
            self._heads[stmnum] = _head_of(stream)
        data, offsets = self._heads[stmnum]
        return self._held(idnum, data, offsets[idnum])

    def held_in(self, stream: generic.StreamObject) -> Iterator[tuple[int, Any]]:
        data, offsets = _head_of(stream)
        for number, offset in offsets.items():
            yield number, self._held(number, data, offset)

    def _held(self, number: int, data: _Metered, offset: int) -> Any:
        data.seek(offset)
        return generic.read_object(data, generic.Reference(number, 0, self))

    def objects(self, limits: Limits) -> Iterator[tuple[int, Any]]:
        """(number, object) of all revisions. What lies in object streams comes with the stream that holds it."""
        left = limits.pdf_objects
        for revision in range(self.total_revisions):
            section = self.xrefs.get_xref_data(revision)
            hybrid = section.hybrid.xref_data.standard_xrefs if section.hybrid else {}
            for number, (generation, _) in (*section.standard_xrefs.items(), *hybrid.items()):
                found = self.get_object(generic.Reference(number, generation, self), revision=revision)
                is_holder = isinstance(found, generic.StreamObject) and found.get("/Type") == "/ObjStm"
                for pair in ((number, found), *(self.held_in(found) if is_holder else ())):
                    left -= 1
                    if left < 0:
                        raise FileRefusedError(Reason.TOO_INTRICATE)
                    yield pair


def _head_of(stream: generic.StreamObject) -> tuple[_Metered, dict[int, int]]:
    """The unpacked stream, and the place of each object in it by its number."""
    data = stream.read_data(DecodePurpose.OBJECT_STREAM)
    first, count = int(stream["/First"]), int(stream["/N"])
    head = [int(number) for number in data[:first].split()[: 2 * max(count, 0)]]
    if len(head) != 2 * count:
        raise misc.PdfReadError("An object stream counts its objects wrongly.")
    offsets = {number: first + offset for number, offset in zip(head[::2], head[1::2], strict=True)}
    return _Metered(BytesIO(data), len(data)), offsets


def _filters(stream: generic.StreamObject) -> list[str]:
    named = stream.get("/Filter", [])
    return [str(named)] if isinstance(named, generic.NameObject) else [str(one) for one in named]


def _count_unpacked(stream: generic.StreamObject, budget: Budget) -> None:
    """What a reader would have to hold. Packing that was packed again has no use but to grow."""
    filters = _filters(stream)
    packing = [name for name in filters if name in FLATE | RUNS]
    if len(packing) > 1:
        raise FileRefusedError(Reason.UNPACKS_TOO_FAR)
    if unknown := set(filters) - FLATE - HEX - ASCII85 - RUNS - PICTURES - {"/Crypt"}:
        raise misc.PdfReadError(f"Filters that no reader knows: {sorted(unknown)[:3]}")
    data = stream.encoded_data
    for name in filters:
        if name in HEX:
            data = bytes.fromhex(data.split(b">")[0].decode("ascii"))
        elif name in ASCII85:
            data = a85decode(data.split(b"~>")[0].removeprefix(b"<~"))
        elif name in FLATE:
            _inflate(data, budget)
            return
        elif name in RUNS:
            budget.spend(len(data) * 64)  # what a run can come to; rarely used since 1996
            return


def _inflate(data: bytes, budget: Budget) -> None:
    """A stream that ends too early is counted as far as it goes: readers show it so."""
    inflater = zlib.decompressobj()
    budget.spend(len(inflater.decompress(data, STEP)))
    while inflater.unconsumed_tail and not inflater.eof:
        budget.spend(len(inflater.decompress(inflater.unconsumed_tail, STEP)))
