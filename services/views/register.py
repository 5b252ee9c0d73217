"""The register of the desk (Form 07): screen, PDF and sheet."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import count, islice
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.layouts import render as lay_out
from portal.accounts.models import User
from portal.api.sheets import safe
from portal.api.tables import read
from portal.events import viewed
from services.forms.register import RegisterForm
from services.models import Dossier
from services.models.dossiers import DossierQuerySet
from services.operations.moving import people
from services.printing_register import register_page, register_rows
from services.queries.dossiers import units_with
from services.queries.register import earlier_in_year, received
from services.states import Capability
from services.views.desk_access import officer_of
from staff.policies import today
from units.queries.tree import versions_at

PAGE, PIECE = 50, 500  # rows of a page; rows that are read at once, as many as one PDF takes
CHUNK = 64 * 1024  # bytes
MOST_IN_SHEET = 1_000_000  # as many rows as a sheet has, and its head
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = {
    "number": gettext_lazy("No."),
    "code": gettext_lazy("Dossier code"),
    "procedure": gettext_lazy("Procedure"),
    "sets": gettext_lazy("Sets"),
    "principal": gettext_lazy("Owner"),
    "address": gettext_lazy("Address"),
    "phone": gettext_lazy("Phone"),
    "competent": gettext_lazy("Competent organ"),
    "accepted_at": gettext_lazy("Received at"),
    "due_at": gettext_lazy("Due at"),
    "forwarded_at": gettext_lazy("Forwarded at"),
    "result_at": gettext_lazy("Result at"),
    "returned_at": gettext_lazy("Handed out at"),
    "returned_by": gettext_lazy("How"),
    "taken_by": gettext_lazy("Taken by"),
    "note": gettext_lazy("Note"),
}


def _desks(user: User) -> list[tuple[int, str]]:
    """Raises PermissionDenied for officers who receive nowhere."""
    units = versions_at(units_with(user, Capability.RECEIVE, today()), today())
    desks = sorted((unit, version.full_name) for unit, version in units.items())
    if not desks:
        raise PermissionDenied(_("The register is kept by those who receive dossiers."))
    return desks


def _chosen(request: HttpRequest) -> tuple[User, RegisterForm]:
    user = officer_of(request)
    return user, RegisterForm(request.GET, desks=_desks(user), today=today())


@never_cache
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Numbered on from the first of January; the PDF takes 500 rows, the sheet all."""
    user, form = _chosen(request)
    if not form.is_valid():
        return render(request, "services/register/register.html", {"form": form}, status=400)
    unit, first, last = (form.cleaned_data[name] for name in ("ban", "tu", "den"))
    page = Paginator(received(unit, first, last), PAGE).get_page(request.GET.get("page", "1")[:6])
    _read(user, unit, list(page.object_list))
    begins = earlier_in_year(unit, first) + page.start_index()
    rows = register_rows(list(page.object_list), now=timezone.now())
    context = {
        "form": form,
        "page_obj": page,
        "rows": list(zip(count(begins), page.object_list, rows, strict=False)),
        "query": f"ban={unit}&tu={first.isoformat()}&den={last.isoformat()}",
        "parts": range(1, -(-page.paginator.count // PIECE) + 1),
    }
    return render(request, "services/register/register.html", context)


@never_cache
@require_safe
def register_pdf(request: HttpRequest) -> HttpResponse:
    """Form 07. `?phan=`: which 500 rows of the period."""
    user, form = _chosen(request)
    if not form.is_valid():
        return render(request, "services/register/register.html", {"form": form}, status=400)
    unit, first, last = (form.cleaned_data[name] for name in ("ban", "tu", "den"))
    part = Paginator(received(unit, first, last), PIECE).get_page(request.GET.get("phan", "1")[:6])
    if not part.object_list:
        return render(request, "services/register/register.html", {"form": form, "page_obj": part}, status=404)
    _read(user, unit, list(part.object_list))
    begins = earlier_in_year(unit, first) + part.start_index()
    data = register_page(
        list(part.object_list), unit_id=unit, first=first, last=last, begins_with=begins, now=timezone.now()
    )
    return _pdf(lay_out("form-07", data, on=today()).pdf, f"so-theo-doi-{first.isoformat()}")


@never_cache
@require_safe
def register_sheet(request: HttpRequest) -> HttpResponseBase:
    """All rows of the period; read in pieces, so that the year of a large desk needs little memory."""
    user, form = _chosen(request)
    if not form.is_valid():
        return render(request, "services/register/register.html", {"form": form}, status=400)
    unit, first, last = (form.cleaned_data[name] for name in ("ban", "tu", "den"))
    rows, begins = received(unit, first, last), earlier_in_year(unit, first) + 1
    if (number := rows.count()) > MOST_IN_SHEET:
        told = _("%(number)d dossiers match, a file holds %(most)d. Nothing left the portal. Choose a shorter time.")
        form.add_error("den", told % {"number": number, "most": MOST_IN_SHEET})
        return render(request, "services/register/register.html", {"form": form}, status=400)
    _read(user, unit, ())
    file = tempfile.TemporaryFile()  # noqa: SIM115  # closed when it was sent
    _write(file, _pieces(rows), begins=begins)
    name = f"so-theo-doi-{first.isoformat()}-{last.isoformat()}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return StreamingHttpResponse(_sent(file), content_type=XLSX, headers=headers)


def _sent(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        yield from iter(partial(file.read, CHUNK), b"")


def _pieces(rows: DossierQuerySet) -> Iterator[list[Dossier]]:
    """Their keys through a cursor of the database, then piece by piece whole."""
    keys = (row["pk"] for row in read(rows, "pk", most=MOST_IN_SHEET))
    while piece := list(islice(keys, PIECE)):
        yield list(rows.filter(pk__in=piece))


def _write(file: IO[bytes], pieces: Iterator[list[Dossier]], *, begins: int) -> None:
    import xlsxwriter  # here: 20 MB of memory, and only who downloads a register needs it

    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, line = book.add_worksheet(), 1
    sheet.write_row(0, 0, [str(label) for label in COLUMNS.values()])
    for piece in pieces:
        for row in register_rows(piece, now=timezone.now()):
            sheet.write_row(line, 0, [begins + line - 1, *(_cell(row.get(key)) for key in COLUMNS if key != "number")])
            line += 1
    book.close()


def _cell(value: Any) -> object:
    return localtime(value).strftime("%d/%m/%Y %H:%M") if isinstance(value, datetime) else safe(value or "")


def _read(user: User, unit: int, shown: Sequence[Dossier]) -> None:
    """Reading the register is reading personal data: one event, with the people whom the page shows."""
    concerned = {person for dossier in shown for person in people(dossier)}
    subject = ("services.register", str(unit))
    purpose = str(_("keeping the register of the desk"))
    viewed(subject, actor=user, unit=unit, purpose=purpose, at=timezone.now(), concerns=concerned)


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
