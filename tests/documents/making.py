"""Builders of files, byte by byte, so that they can be wrong in exactly one place."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from functools import cache

from PIL import Image

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(
    *more: bytes,
    catalog: bytes = b"",
    page: bytes = PAGE,
    pages: bytes = b"/Count 1",
    trailer: bytes = b"",
    head: bytes = b"",
) -> bytes:
    """Objects 1 catalog, 2 pages, 3 page, from 4 on `more`."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] " + pages + b" >>",
        page,
        *more,
    ]
    out, places = b"%PDF-1.7\n" + head, []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    return out + _table(out, places, trailer)


def _table(before: bytes, places: Sequence[int], trailer: bytes) -> bytes:
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    end = b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(before))
    return head + rows + end


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), entries, content)


def flate(content: bytes, entries: bytes = b"") -> bytes:
    return stream(zlib.compress(content, 9), b"/Filter /FlateDecode " + entries)


def revised(first: bytes, number: int, body: bytes) -> bytes:
    """An incremental revision that replaces one object, as a signing program writes it."""
    place = len(first) + 1
    out = first + b"\n%d 0 obj\n%b\nendobj\n" % (number, body)
    previous = int(first.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, place)
    end = b"trailer\n<< /Size 9 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (previous, len(out))
    return out + table + end


def within_each_other(count: int) -> bytes:
    """Each object is a text that reaches to the end of the file, with all later objects in it."""
    start = pdf()
    out = start[: start.rindex(b"xref\n0")]
    places = [out.index(b"%d 0 obj" % number) for number in (1, 2, 3)]
    for number in range(4, count):
        places.append(len(out))
        out += b"%d 0 obj (" % number
    out += b")" * count + b"\n"
    return out + _table(out, places, b"")


def streamed_xref(held: Mapping[int, bytes], index: bytes = b"", widths: bytes = b"[1 3 1]", objects: int = 0) -> bytes:
    """A PDF 1.5: catalog and pages plainly, `held` inside an object stream, a cross-reference stream at the end."""
    out, places = b"%PDF-1.7\n", {}
    bodies = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: PAGE}
    content, offsets = b"", []
    for number, body in held.items():
        offsets.append(b"%d %d" % (number, len(content)))
        content += body + b" "
    head = b" ".join(offsets) + b" "
    count = objects or len(held)
    bodies[4] = flate(head + content, b"/Type /ObjStm /N %d /First %d" % (count, len(head)))
    for number, body in bodies.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = b"\0" + bytes(4)
    rows += b"".join(b"\1" + places[number].to_bytes(3, "big") + b"\0" for number in bodies)
    rows += b"".join(b"\2" + (4).to_bytes(3, "big") + bytes([place % 256]) for place in range(len(held)))
    size = 5 + len(held) + 1
    rows += b"\1" + len(out).to_bytes(3, "big") + b"\0"
    entries = b"/Type /XRef /Size %d /Root 1 0 R /W %b %b" % (size, widths, index)
    return out + b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (size - 1, flate(rows, entries), len(out))


def archive(entries: Mapping[str, bytes] | Sequence[tuple[str, bytes]], *, stored: bool = False) -> bytes:
    out = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", method, compresslevel=None if stored else 9) as made:
        for name, content in entries.items() if isinstance(entries, Mapping) else entries:
            made.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return out.getvalue()


def linked(name: str, target: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        entry = zipfile.ZipInfo(name)
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        made.writestr(entry, target)
    return out.getvalue()


def overlapping(count: int, size: int) -> bytes:
    """Entries that all point at the same packed bytes."""
    packed = zlib.compress(bytes(size), 9)[2:-4]
    crc, name = zlib.crc32(bytes(size)), b"a.pdf"
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(packed), size, len(name), 0) + name + packed
    rows = b""
    for number in range(count):
        own = b"%d.pdf" % number
        rows += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(packed), size, len(own), 0, 0, 0, 0, 0, 0
        )
        rows += own
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(rows), len(local), 0)
    return local + rows + end


def claiming(count: int) -> bytes:
    """An archive whose last bytes claim that many entries."""
    made = archive({"a.pdf": pdf()})
    at = made.rfind(b"PK\5\6")
    return made[:at] + struct.pack("<4s4H", b"PK\5\6", 0, 0, count, count) + made[at + 12 :]


def marked_encrypted(content: bytes) -> bytes:
    """The flag of a password in the local and in the central header."""
    at = content.rfind(b"PK\1\2")
    content = content[:6] + b"\1" + content[7:]
    return content[: at + 8] + b"\1" + content[at + 9 :]


@cache
def picture(kind: str, size: tuple[int, int] = (64, 48)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind)
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A small PNG whose header names a huge size, with its checksum right."""
    head = b"IHDR" + struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0)
    rest = picture("PNG")[33:]
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">L", 13) + head + struct.pack(">L", zlib.crc32(head)) + rest


TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">%b</Types>'
RELATIONSHIPS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%b</Relationships>'
)
WORDS = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%b</w:body></w:document>'


def docx(
    more: Mapping[str, bytes] | None = None, *, types: bytes = b"", related: bytes = b"", body: bytes = b""
) -> bytes:
    parts = {
        "[Content_Types].xml": TYPES % types,
        "_rels/.rels": RELATIONSHIPS % b"",
        "word/document.xml": WORDS % body,
        "word/_rels/document.xml.rels": RELATIONSHIPS % related,
    }
    return archive({**parts, **(more or {})})


def xlsx(more: Mapping[str, bytes] | None = None) -> bytes:
    parts = {"[Content_Types].xml": TYPES % b"", "xl/workbook.xml": b"<workbook/>"}
    return archive({**parts, **(more or {})})


def relationship(kind: str, target: str, mode: str = ' TargetMode="External"') -> bytes:
    place = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationship Id="r1" Type="{place}/{kind}" Target="{target}"{mode}/>'.encode()
