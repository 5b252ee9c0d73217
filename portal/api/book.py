"""A sheet for spreadsheets, sent while it is written. ECMA-376: one worksheet, texts inline, no formulas, no links.

The library that the portal uses elsewhere writes its zip when the last row is there. A list of 200,000 rows would keep
its reader, and the proxies between, waiting for the first byte longer than they wait.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import IO, cast
from xml.sax.saxutils import escape

from django.utils.timezone import get_current_timezone

from portal.api.sheets import safe

EPOCH, ONE_DAY = datetime(1899, 12, 30, tzinfo=UTC), timedelta(days=1)  # as spreadsheets count
BLOCK = 64 * 1024  # bytes
LONGEST = 32_767  # characters of one cell
SQUEEZE = 3  # of 9: the rest costs three times as long for a tenth of the size
BOLD, DAY, MOMENT = 1, 2, 3  # in STYLES
XML = ".xml"
SHEET = f"xl/worksheets/sheet1{XML}"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What XML cannot hold, and what a reader would take for such a sign that was written out.
_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
_SPECIAL = re.compile(r"[&<>\r]")

PARTS = {
    f"[Content_Types]{XML}": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>'
    f'<Override PartName="/{SHEET}" ContentType="{TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    f"xl/workbook{XML}": f'<workbook xmlns="{NAMESPACE}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    f"xl/styles{XML}": f'<styleSheet xmlns="{NAMESPACE}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


class _Pipe:
    """What the zip writes to; whoever sends takes it away. It has no place to go back to."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, block: bytes) -> int:
        self.waiting.append(bytes(block))
        return len(block)

    def flush(self) -> None:
        """Nothing lies anywhere else."""

    def taken(self) -> bytes:
        block, self.waiting = b"".join(self.waiting), []
        return block


def written(titles: Sequence[str], widths: Sequence[int], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """The file in blocks. Cells are text, numbers, days, moments, or None."""
    pipe = _Pipe()
    with zipfile.ZipFile(cast("IO[bytes]", pipe), "w", zipfile.ZIP_DEFLATED, compresslevel=SQUEEZE) as file:
        for name, text in PARTS.items():
            file.writestr(name, HEAD + text)
        yield pipe.taken()
        with file.open(SHEET, "w") as sheet:
            for block in _sheet(titles, widths, rows):
                sheet.write(block.encode())
                if pipe.waiting:
                    yield pipe.taken()
    yield pipe.taken()


def _sheet(titles: Sequence[str], widths: Sequence[int], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, start=1)
    )
    head = "".join(_text(title, f' s="{BOLD}"') for title in titles)
    begin = (
        f'{HEAD}<worksheet xmlns="{NAMESPACE}"><sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{columns}</cols><sheetData><row>{head}</row>"
    )
    waiting = [begin]
    size, here = 0, get_current_timezone()
    for row in rows:
        line = f"<row>{''.join([_cell(value, here) for value in row])}</row>"
        waiting.append(line)
        size += len(line)
        if size > BLOCK:
            yield "".join(waiting)
            waiting, size = [], 0
    yield f"{''.join(waiting)}</sheetData></worksheet>"


def _cell(value: object, here: tzinfo) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        return _text(safe(value))
    if isinstance(value, datetime):
        passed = value.astimezone(here).replace(tzinfo=UTC) - EPOCH
        return f'<c s="{MOMENT}"><v>{passed / ONE_DAY:.9f}</v></c>'
    if isinstance(value, date):
        return f'<c s="{DAY}"><v>{(value - EPOCH.date()).days}</v></c>'
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f"<c><v>{value}</v></c>"
    return _text(safe(str(value)))


def _text(words: str, style: str = "") -> str:
    said = words[:LONGEST]
    if _UNSAFE.search(said):
        said = _UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", said)
    if _SPECIAL.search(said):
        said = escape(said, {"\r": "_x000D_"})
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{said}</t></is></c>'
