"""Lists as files: columns that are described once, for pages, CSV and XLSX alike."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime

from portal.api import book, sheets

CSV, XLSX = "csv", "xlsx"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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


def read(found: QuerySet[Any], *fields: str) -> Iterator[Row]:
    """These plain fields of each row, read through a cursor in the database: memory holds a thousand rows of any list.

    Not `iterator()`: that fetches the whole answer at once, because the settings keep cursors from outliving a
    transaction behind a pooler. This one ends with the transaction, in which a stream runs anyhow.
    """
    sql, parameters = found.values_list(*fields)[:MOST_ROWS].query.sql_with_params()
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
    """Sent row by row, too. Nothing of it is a formula or a link."""
    titles, widths = [str(column.title) for column in columns], [column.width for column in columns]
    cells = [column.cell for column in columns]
    content = book.written(titles, widths, ([cell(row) for cell in cells] for row in rows))
    response = StreamingHttpResponse(content, content_type=XLSX_TYPE)
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.xlsx")
    response["Content-Disposition"] = disposition or "attachment"
    return response


def _plain(value: object) -> object:
    """Moments as people read them in a sheet; sorting by them works because the year stands first."""
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else value
