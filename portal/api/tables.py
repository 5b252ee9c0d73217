"""Lists as files: columns that are described once, for pages, CSV and XLSX alike."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import IO, Any

from django.db import connection
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.timezone import get_current_timezone, localtime

from portal.api import sheets

CSV, XLSX = "csv", "xlsx"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EPOCH, ONE_DAY = datetime(1899, 12, 30, tzinfo=UTC), timedelta(days=1)  # as spreadsheets count
BLOCK = 64 * 1024  # bytes
LONGEST = 32_767  # characters of one cell
MOST_ROWS = 200_000
READ_AT_ONCE = 1000
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list. `cell` gives text, a number, a day or a moment; `is_personal` says that it names people.

    `key` stands in addresses and is never translated; `width` is that of a sheet, in characters.
    """

    key: str
    title: str | Promise
    cell: Callable[[Row], object]
    width: int = 16
    is_personal: bool = False


def read(found: QuerySet[Any], *fields: str, most: int = MOST_ROWS) -> Iterator[Row]:
    """These plain fields of each row, read through a cursor in the database: memory holds a thousand rows of any list.

    Not `iterator()`: that fetches the whole answer at once, because the settings keep cursors from outliving a
    transaction behind a pooler. This one ends with the transaction, in which a stream runs anyhow.
    """
    sql, parameters = found.values_list(*fields)[:most].query.sql_with_params()
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(READ_AT_ONCE):
            for row in rows:
                yield dict(zip(fields, row, strict=True))


def csv_answer(name: str, columns: Sequence[Column], rows: Iterable[Row]) -> StreamingHttpResponse:
    """`rows` is consumed while the answer is sent."""
    head = [str(column.title) for column in columns]
    return sheets.answer(f"{name}.csv", head, ([_plain(column.cell(row)) for column in columns] for row in rows))


def xlsx_answer(name: str, columns: Sequence[Column], rows: Iterable[Row]) -> StreamingHttpResponse:
    """The book is written to disk row by row when the answer begins to be sent, then handed on in blocks."""
    response = StreamingHttpResponse(_blocks(columns, rows), content_type=XLSX_TYPE)
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.xlsx")
    response["Content-Disposition"] = disposition or "attachment"
    return response


def _blocks(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    with book(columns, rows) as file:
        while block := file.read(BLOCK):
            yield block


def book(columns: Sequence[Column], rows: Iterable[Row]) -> IO[bytes]:
    """One sheet as a file that is gone when it is closed. Nothing of it is a formula or a link."""
    import xlsxwriter  # here: only who takes a list away needs it

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with ExitStack() as stack:
        file = stack.enter_context(tempfile.TemporaryFile())
        with xlsxwriter.Workbook(file, options) as work:
            _fill(work, columns, rows)
        file.seek(0)
        stack.pop_all()  # the file is the caller's now
        return file


def _fill(work: Any, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    sheet, bold = work.add_worksheet(), work.add_format({"bold": True})
    days, moments = (work.add_format({"num_format": words}) for words in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm"))
    here = get_current_timezone()
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, str(column.title), bold)
    sheet.freeze_panes(1, 1)
    cells = [column.cell for column in columns]
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(cells):
            value = cell(row)
            if value is None or value == "":
                continue
            if isinstance(value, datetime):
                passed = value.astimezone(here).replace(tzinfo=UTC) - EPOCH
                sheet.write_number(line, place, passed / ONE_DAY, moments)  # twice as quick as write_datetime
            elif isinstance(value, date):
                sheet.write_datetime(line, place, value, days)
            elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
                sheet.write_number(line, place, value)
            else:
                sheet.write_string(line, place, sheets.safe(str(value))[:LONGEST])


def _plain(value: object) -> object:
    """Moments as people read them in a sheet; sorting by them works because the year stands first."""
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else value
