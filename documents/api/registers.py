"""Register books, their entries, and the printed books."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api import answers, schemas
from documents.api.base import reader_of
from documents.api.renderers import PdfRenderer, XlsxRenderer
from documents.models import RegisterBook, RegisterEntry
from documents.queries.registers import TEXT_LIMIT, books_of, entries_of
from documents.registers import printing
from documents.registers.columns import FORMS, FORMS_OF, Form
from documents.registers.states import BookKind, BookState
from documents.states import Capability
from portal.api import parameters
from portal.api.base import MemberPagedView, MemberView
from portal.api.problems import Fault, parameter_problem
from portal.api.schema import page_of
from portal.events import viewed

TAGS = ["registers"]
PURPOSE = "register-print"
HIGHEST = 2_000_000_000
BOOK_ID = parameters.path_id("id", _("The book's number in this portal."))
ENTRY_ID = parameters.path_id("id", _("The entry's number in this portal."))
YEAR = parameters.number("year", _("Only books of this year."), highest=2100)
KIND = parameters.choice("kind", _("Only books of this kind."), BookKind)
STATE = parameters.choice("state", _("Only open or closed books."), BookState)
NUMBER = parameters.number("number", _("Only the entry of this number."), highest=HIGHEST)
Q = parameters.text("q", _("Words of the entry, with or without accents."), longest=TEXT_LIMIT, example="quy che")
FROM = parameters.day("from", _("Only entries of this day and later."))
TO = parameters.day("to", _("Only entries of this day and earlier."))
FORM = parameters.choice("form", _("Which of the decree's books to print; the book's own when left out."), FORMS)
VOLUME = parameters.number("volume", _("The volume, of 500 entries each."), highest=10_000, default=1)


class BookList(MemberPagedView):
    capability = Capability.REGISTER_VIEW
    parameters = (YEAR, KIND, STATE)

    @extend_schema(
        operation_id="listRegisterBooks",
        tags=TAGS,
        summary=_("Register books"),
        description=_("The books of the units whose registers you may see."),
        responses=page_of(schemas.RegisterBookSerializer),
    )
    def get(self, request: Request) -> Response:
        chosen = {name: self.query[name] for name in ("year", "kind", "state") if self.query[name] is not None}
        _user, units = reader_of(request)
        books = books_of(units).filter(**chosen)
        return self.paged(request, self.page_of(request, books), answers.book)


class BookDetail(MemberView):
    capability = Capability.REGISTER_VIEW
    path_parameters = (BOOK_ID,)

    @extend_schema(
        operation_id="getRegisterBook",
        tags=TAGS,
        summary=_("One register book"),
        description=_("With its last number and the hash of its last entry."),
        responses=schemas.RegisterBookSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        _user, units = reader_of(request)
        return Response(answers.book(get_object_or_404(books_of(units), pk=pk)))


class EntryList(MemberPagedView):
    capability = Capability.REGISTER_VIEW
    keys = ("number", "id")
    path_parameters = (BOOK_ID,)
    parameters = (NUMBER, Q, FROM, TO)

    @extend_schema(
        operation_id="listRegisterEntries",
        tags=TAGS,
        summary=_("The entries of a register book"),
        description=_("By number; voided entries are among them."),
        responses=page_of(schemas.RegisterEntrySerializer),
    )
    def get(self, request: Request, pk: int) -> Response:
        user, units = reader_of(request)
        book = get_object_or_404(books_of(units), pk=pk)
        chosen = {"number": self.query["number"], "text": self.query["q"] or ""}
        rows = entries_of(book, first=self.query["from"], last=self.query["to"], **chosen)
        abilities = answers.abilities(user, book)

        def build(row: RegisterEntry) -> dict[str, Any]:
            return answers.entry(row, abilities)

        return self.paged(request, self.page_of(request, rows), build)


class EntryDetail(MemberView):
    capability = Capability.REGISTER_VIEW
    path_parameters = (ENTRY_ID,)

    @extend_schema(
        operation_id="getRegisterEntry",
        tags=TAGS,
        summary=_("One entry of a register book"),
        description=_("With all columns, its state and its place in the chain."),
        responses=schemas.RegisterEntrySerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        user, units = reader_of(request)
        rows = RegisterEntry.objects.select_related("book").filter(unit_id__in=units)
        row = get_object_or_404(rows, pk=pk)
        return Response(answers.entry(row, answers.abilities(user, row.book)))


class Printed(MemberView):
    """A book as a file. That somebody took a copy is recorded before it is sent."""

    path_parameters = (BOOK_ID,)
    capability = Capability.REGISTER_VIEW
    streams = True

    def chosen(self, request: Request, pk: int) -> tuple[RegisterBook, Form]:
        user, units = reader_of(request)
        book = get_object_or_404(books_of(units), pk=pk)
        forms = FORMS_OF[BookKind(book.kind)]
        form = FORMS[self.query["form"]] if self.query["form"] else forms[0]
        if form not in forms:
            raise parameter_problem(
                Fault("form", "not-of-this-book", gettext("This book is not printed in this form."))
            )
        viewed(book, actor=user, unit=book.unit_id, purpose=PURPOSE, at=timezone.now())
        return book, form


class BookPdf(Printed):
    parameters = (FORM, VOLUME)
    renderer_classes = (PdfRenderer,)

    @extend_schema(
        operation_id="printRegisterBook",
        tags=TAGS,
        summary=_("A volume of a register book as PDF"),
        description=_("A4 landscape in the columns of the decree, with the hash of the last entry at the end."),
        responses={(200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, description=_("The file."))},
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        book, form = self.chosen(request, pk)
        if self.query["volume"] > printing.volumes(book):
            raise Http404
        content = printing.pdf(book, form, volume=self.query["volume"])
        return HttpResponse(content, content_type=PdfRenderer.media_type)


class BookXlsx(Printed):
    parameters = (FORM,)
    renderer_classes = (XlsxRenderer,)

    @extend_schema(
        operation_id="downloadRegisterBook",
        tags=TAGS,
        summary=_("A register book as XLSX"),
        description=_("The whole book in the columns of the decree. A cell that a spreadsheet would run is disarmed."),
        responses={
            (200, XlsxRenderer.media_type): OpenApiResponse(OpenApiTypes.BINARY, description=_("The file.")),
        },
    )
    def get(self, request: Request, pk: int) -> FileResponse:
        book, form = self.chosen(request, pk)
        return FileResponse(printing.xlsx(book, form), content_type=XlsxRenderer.media_type)
