"""Books to take away: PDF by volume, XLSX as a whole. That somebody took a copy is recorded before it is sent."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from documents.models import RegisterBook
from documents.registers import printing
from documents.registers.columns import FORMS, FORMS_OF, Form
from documents.registers.states import BookKind
from documents.views.access import officer_of, visible_book
from portal.events import viewed

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PURPOSE = "register-print"


@never_cache
@require_GET
def register_pdf(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    user = officer_of(request)
    book = visible_book(user, pk)
    chosen = form_of(book, form)
    volume = volume_of(request, book)
    viewed(book, actor=user, unit=book.unit_id, purpose=PURPOSE, at=timezone.now())
    response = HttpResponse(printing.pdf(book, chosen, volume=volume), content_type=PDF)
    response["Content-Disposition"] = attachment(book, chosen, f"-{volume:02d}.pdf")
    return response


@never_cache
@require_GET
def register_xlsx(request: HttpRequest, pk: int, form: str) -> FileResponse:
    user = officer_of(request)
    book = visible_book(user, pk)
    chosen = form_of(book, form)
    viewed(book, actor=user, unit=book.unit_id, purpose=PURPOSE, at=timezone.now())
    response = FileResponse(printing.xlsx(book, chosen), content_type=XLSX)
    response["Content-Disposition"] = attachment(book, chosen, ".xlsx")
    return response


def form_of(book: RegisterBook, code: str) -> Form:
    """Raises Http404 when the book is not printed in this form."""
    form = FORMS.get(code)
    if form is None or form not in FORMS_OF[BookKind(book.kind)]:
        raise Http404
    return form


def volume_of(request: HttpRequest, book: RegisterBook) -> int:
    text = request.GET.get("quyen", "1")
    if not (text.isascii() and text.isdecimal() and len(text) < 6) or not 1 <= int(text) <= printing.volumes(book):
        raise Http404
    return int(text)


def attachment(book: RegisterBook, form: Form, ending: str) -> str:
    name = f"{form.code}-{book.series}-{book.year}{ending}"
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
