"""Tables to take away: CSV is streamed, XLSX is written to disk and sent from there."""

import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import IO

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from portal.api import sheets
from portal.dashboards.views.access import Look
from portal.dashboards.wording import number

ENDINGS = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LANDSCAPE_A4 = 9


def csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    return sheets.answer(f"{name}.csv", head, rows)


def xlsx(name: str, title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> FileResponse:
    response = FileResponse(_written(title, head, rows), content_type=XLSX)
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.xlsx")
    response["Content-Disposition"] = disposition or "attachment"
    return response


def _written(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> IO[bytes]:
    import xlsxwriter  # here: only who downloads a table needs it

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with ExitStack() as stack:
        file = stack.enter_context(tempfile.TemporaryFile())
        with xlsxwriter.Workbook(file, options) as work:
            bold = work.add_format({"bold": True, "text_wrap": True, "valign": "top"})
            sheet = work.add_worksheet("".join(one for one in title if one not in "[]:*?/\\")[:31])
            sheet.set_landscape()
            sheet.set_paper(LANDSCAPE_A4)
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
            sheet.set_column(0, len(head), 16)
            for column, text in enumerate(head):
                sheet.write_string(0, column, str(text), bold)
            for line, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    if isinstance(value, int | float):
                        sheet.write_number(line, column, value)
                    else:
                        sheet.write_string(line, column, sheets.safe(value))
        file.seek(0)
        stack.pop_all()  # the file is the response's now
        return file


def too_many(look: Look, most: int) -> HttpResponse:
    sentence = _("The list is longer than %(most)s rows. Choose a shorter period, one unit or one procedure.")
    return HttpResponse(sentence % {"most": number(most)}, status=400, content_type="text/plain; charset=utf-8")
