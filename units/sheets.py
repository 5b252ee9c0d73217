"""A spreadsheet that somebody uploads, as the text that somebody else would paste. Nothing of it is kept."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

LARGEST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_ROWS = 12_001  # with the heads of the columns
MOST_COLUMNS = 12
LONGEST_CELL = 20_000  # villages and addresses of one row


class SheetError(ValueError):
    """The file can't be read; the words say why and what to do."""


def text_of(file: BinaryIO, *, name: str, size: int) -> str:
    """XLSX or CSV as lines of cells between tabs, each at the number of its row. Raises `SheetError`."""
    if size > LARGEST_BYTES:
        raise SheetError(_("The file is larger than 5 MB. Remove pictures and other sheets, or make several acts."))
    read = _book if name.lower().endswith(".xlsx") else _plain
    lines: list[str] = []
    for number, cells in enumerate(read(file), 1):
        line = "\t".join(_cell(cell) for cell in cells).rstrip("\t")
        if not line:
            continue
        if number > MOST_ROWS:
            raise SheetError(_("An act has no more than 12,000 rows. Make several acts of it."))
        lines += [""] * (number - len(lines) - 1)
        lines.append(line)
    if not lines:
        raise SheetError(_("There is no row in the file. Its first sheet is what is read."))
    return "\n".join(lines)


def _cell(value: object) -> str:
    """Whole numbers without a point: a spreadsheet takes a code for a number."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value)[:LONGEST_CELL].split())


def _book(file: BinaryIO) -> Iterator[Iterable[object]]:
    """The first sheet. What the archive says of its size is checked first; reading stops at what it says."""
    from openpyxl import load_workbook  # heavy, and needed for uploads only

    try:
        _refuse_bombs(file)
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            yield from book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True)
        finally:
            book.close()
    except SheetError:
        raise
    except Exception as error:  # whatever a damaged book makes its reader say
        raise SheetError(_("The file is no spreadsheet that can be read. Save it as XLSX or CSV again.")) from error


def _refuse_bombs(file: BinaryIO) -> None:
    with zipfile.ZipFile(file) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise SheetError(_("The file unpacks to more than 60 MB. Save the table alone as a new file."))
    file.seek(0)


def _plain(file: BinaryIO) -> Iterator[Iterable[object]]:
    try:
        text = file.read(LARGEST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError(_("The file is not written in UTF-8. Save it as “CSV UTF-8” or XLSX.")) from error
    if "\x00" in text:
        raise SheetError(_("The file is no spreadsheet that can be read. Save it as XLSX or CSV again."))
    first = text.split("\n", 1)[0]
    mark = max("\t;,", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text), delimiter=mark)
    except csv.Error as error:
        raise SheetError(_("The file is no spreadsheet that can be read. Save it as XLSX or CSV again.")) from error
