"""Books on paper: PDF in volumes, XLSX as one streamed sheet, both in Vietnamese, the language of the law's forms."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.catalogue import series_name
from documents.models import RegisterBook, RegisterEntry
from documents.pdf import print_html
from documents.queries.registers import remarks_of, span_of
from documents.registers.columns import Form, Line, day
from documents.registers.words import number_text
from units.queries import version_at

VOLUME = 500  # entries of one printed volume
MOST_ROWS = 200_000  # of a sheet
BATCH = 500
FORMULA = re.compile(r"[=+\-@\t\r]")
LANGUAGE = "vi"
STYLE = Path(__file__).with_name("print.css")
PAGE_A4 = 9  # as spreadsheets number the sizes of paper


@dataclass(frozen=True, slots=True)
class Title:
    """The title block of every book, in words. NĐ 30/2020 PL IV"""

    organ: str
    name: str
    series: str
    year: int
    volume: str
    first_on: str
    last_on: str
    first_number: str
    last_number: str
    hash: str

    def lines(self) -> list[str]:
        return [
            _("Year: %(year)s") % {"year": self.year},
            _("From %(first)s to %(last)s") % {"first": self.first_on, "last": self.last_on},
            _("From number %(first)s to number %(last)s") % {"first": self.first_number, "last": self.last_number},
            _("Volume: %(volume)s") % {"volume": self.volume},
        ]

    @property
    def seal(self) -> str:
        return _("Hash of the last entry of this volume: %(hash)s") % {"hash": self.hash}


def volumes(book: RegisterBook) -> int:
    return max(1, -(-book.last_number // VOLUME))


def pdf(book: RegisterBook, form: Form, *, volume: int) -> bytes:
    """One volume, counted from 1: volume n begins with number (n - 1) * 500 + 1."""
    first = (volume - 1) * VOLUME + 1
    last = min(first + VOLUME - 1, book.last_number)
    with override(LANGUAGE):
        rows = [
            (line.entry.is_voided, [heading.cell(line) for heading in form.headings])
            for line in _lines(book, first, last)
        ]
        context = {"title": title_of(book, form, first, last, volume), "headings": form.headings, "rows": rows}
        return print_html(_styled(render_to_string("documents/print/register.html", context), form))


def _styled(html: str, form: Form) -> str:
    """The whole document with its own style sheet in it, as `print_html` takes it."""
    widths = "".join(f"th:nth-child({place}) {{ width: {one.width}% }}" for place, one in enumerate(form.headings, 1))
    return html.replace("</head>", f"<style>{STYLE.read_text(encoding='utf-8')}{widths}</style></head>", 1)


def xlsx(book: RegisterBook, form: Form) -> IO[bytes]:
    """The whole book as a file that is gone when it is closed. Rows go to disk as they are read."""
    import xlsxwriter  # here: only who downloads a book needs it

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    last = min(book.last_number, MOST_ROWS)
    with ExitStack() as stack:
        file = stack.enter_context(tempfile.TemporaryFile())
        with override(LANGUAGE), xlsxwriter.Workbook(file, options) as work:
            _write(work, book, form, title_of(book, form, 1, last, 1), last)
        file.seek(0)
        stack.pop_all()  # the file is the caller's now
        return file


def title_of(book: RegisterBook, form: Form, first: int, last: int, volume: int) -> Title:
    span = span_of(book, first, last)
    begin, end = span or (None, None)
    on = end.dated_on if end else date(book.year, 1, 1)
    unit = version_at(book.unit_id, on)
    return Title(
        organ=unit.full_name if unit else "",
        name=str(form.title),
        series=series_name(book.kind, book.series, on),
        year=book.year,
        volume=number_text(volume),
        first_on=day(begin.dated_on) if begin else "",
        last_on=day(end.dated_on) if end else "",
        first_number=number_text(begin.number) if begin else "",
        last_number=number_text(end.number) if end else "",
        hash=end.hash if end else book.head_hash,
    )


def _lines(book: RegisterBook, first: int, last: int) -> Iterator[Line]:
    rows = RegisterEntry.objects.filter(book=book, number__gte=first, number__lte=last).in_order()
    entries = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(entries, BATCH)):
        remarks = remarks_of(batch)
        for entry in batch:
            yield Line(entry, remarks.get(entry.pk, {}))


def disarmed(text: str) -> str:
    """A spreadsheet runs a cell that begins like a formula; the apostrophe in front stops it."""
    return f"'{text}" if FORMULA.match(text) else text


def _write(work: Any, book: RegisterBook, form: Form, title: Title, last: int) -> None:
    plain = work.add_format({"text_wrap": True, "valign": "top", "border": 1})
    struck = work.add_format({"text_wrap": True, "valign": "top", "border": 1, "font_strikeout": True})
    head = work.add_format({"text_wrap": True, "valign": "vcenter", "align": "center", "border": 1, "bold": True})
    bold = work.add_format({"bold": True, "font_size": 14})
    sheet = work.add_worksheet(str(book.year))
    sheet.set_landscape()
    sheet.set_paper(PAGE_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P/&N")
    for column, heading in enumerate(form.headings):
        sheet.set_column(column, column, heading.width * 1.3)
    above = [title.organ, title.name, title.series, *title.lines()]
    for row, text in enumerate(above):
        sheet.write_string(row, 0, disarmed(text), bold if row < len(above) - len(title.lines()) else None)
    top = len(above) + 1
    for column, heading in enumerate(form.headings):
        sheet.write_string(top, column, str(heading.words), head)
    sheet.repeat_rows(top)
    row = top
    for line in _lines(book, 1, last):
        row += 1
        for column, heading in enumerate(form.headings):
            sheet.write_string(row, column, disarmed(heading.cell(line)), struck if line.entry.is_voided else plain)
    sheet.write_string(row + 2, 0, title.seal)
