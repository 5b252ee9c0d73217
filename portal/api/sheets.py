"""CSV for people and programs: streamed, UTF-8 with a byte order mark for spreadsheets, formulas disarmed."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

BOM = "\ufeff"
# A spreadsheet runs a cell that begins so. The apostrophe in front stops it, and stays visible in other readers.
_FORMULA = re.compile(r"[=+\-@\t\r]")
_CHUNK = 64 * 1024  # characters


class _Echo:
    """The file that csv writes to; it only hands the line back."""

    def write(self, line: str) -> str:
        return line


def safe(cell: object) -> str:
    """The cell as text; text that a spreadsheet would take for a formula gets an apostrophe in front."""
    words = "" if cell is None else str(cell)
    return f"'{words}" if isinstance(cell, str) and _FORMULA.match(words) else words


def lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Chunks of the sheet, its byte order mark first."""
    writer = csv.writer(_Echo())
    waiting, size = [BOM], 0
    for row in chain([head], rows):
        line = writer.writerow([safe(cell) for cell in row])
        waiting.append(line)
        size += len(line)
        if size >= _CHUNK:
            yield "".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield "".join(waiting)


def answer(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """`rows` is consumed while the answer is sent, after the request's transaction: what reads tables opens its own."""
    response = StreamingHttpResponse(lines(head, rows), content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response
