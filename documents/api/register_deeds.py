"""What a clerk does in register books: an arrival, a remark, a void number, the end of the year."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api import answers, schemas
from documents.api.base import PATH, reader_of
from documents.api.registers import BOOK_ID, ENTRY_ID, TAGS
from documents.models import RegisterBook, RegisterEntry
from documents.operations.registers import add_remark, close_book, register_incoming, void_entry
from documents.queries.registers import books_of, remarks_in_order
from documents.registers.forms import REASON_LENGTH, REMARK_LENGTH
from documents.registers.rows import LENGTHS, EntryRow
from documents.registers.states import Column
from documents.states import Capability
from portal.api import bodies
from portal.api.base import WritingView
from portal.api.bodies import Body
from portal.api.problems import Kind, Problem

ARRIVAL = Body(
    "RegisterArrival",
    bodies.number("unitId", _("The unit at which it arrived."), lowest=1, highest=10**18 - 1, example=7),
    bodies.day("arrivedDate", _("The day on which it arrived."), example="2026-11-23"),
    bodies.text("author", _("The organ that issued it."), longest=LENGTHS["author"], example="Home Affairs"),
    bodies.text("subject", _("Type and subject line."), longest=LENGTHS["subject"], example="Letter on a review"),
    bodies.text(
        "reference", _("Its number and notation."), longest=LENGTHS["reference"], shortest=0, default="",
        required=False, example="12/SNV-VP",
    ),
    bodies.day("referenceDate", _("Its date."), required=False, nullable=True),
    bodies.text(
        "keeper", _("Whom it goes to."), longest=LENGTHS["keeper"], shortest=0, default="", required=False,
        example="Culture and society",
    ),
    bodies.text(
        "note", _("Notes."), longest=LENGTHS["note"], shortest=0, default="", required=False, example="On paper",
    ),
)  # fmt: skip
REMARK = Body(
    "RegisterRemark",
    bodies.choice("column", _("The column of the book."), Column),
    bodies.text(
        "text", _("The words, for columns of words."), longest=REMARK_LENGTH, shortest=0, default="", required=False,
        example="Ms Mai",
    ),
    bodies.day("remarkDate", _("The day, for columns of days."), required=False, nullable=True),
)  # fmt: skip
VOID = Body(
    "RegisterVoid",
    bodies.text("reason", _("Why it is void."), longest=REASON_LENGTH, example="Entered in the wrong book"),
)


class RegisterDeed(WritingView):
    """Books have no revision that others could move: entries are only added, voided once, and never changed."""

    must_match = frozenset()

    def entry(self, pk: int) -> RegisterEntry:
        _user, units = reader_of(self.request)
        return self.existing(RegisterEntry.objects.select_related("book").filter(unit_id__in=units), pk=pk)

    def shown(self, entry: RegisterEntry) -> Response:
        body = answers.entry(entry, answers.abilities(self.principal, entry.book))
        return self.answer(body, status=201, location=f"{PATH}/register-entries/{entry.pk}")


class Arrivals(RegisterDeed):
    """POST /register-arrivals"""

    bodies = {"POST": ARRIVAL}
    capability = Capability.REGISTER_ENTER

    @extend_schema(
        operation_id="registerArrival",
        tags=TAGS,
        summary=_("Register an incoming document"),
        description=_("It gets the next arrival number of the unit, with the day of the deed."),
        responses={201: schemas.RegisterEntrySerializer},
    )
    def post(self, request: Request) -> Response:
        _user, units = reader_of(request)
        data: dict[str, Any] = self.data
        if data["unitId"] not in units:
            raise Problem(Kind.NOT_FOUND)
        row = EntryRow(
            author=data["author"],
            subject=data["subject"],
            reference=data["reference"],
            reference_on=data["referenceDate"],
            recipients=data["keeper"],
            note=data["note"],
        )
        arrived = data["arrivedDate"]
        entry = register_incoming(
            unit_id=data["unitId"], row=row, arrived_on=arrived, actor=self.principal, now=self.now
        )
        return self.shown(entry)


class Remarks(RegisterDeed):
    """POST /register-entries/{id}/remarks"""

    path_parameters = (ENTRY_ID,)
    bodies = {"POST": REMARK}
    capability = Capability.REGISTER_ENTER

    @extend_schema(
        operation_id="addRegisterRemark",
        tags=TAGS,
        summary=_("Add what became known later"),
        description=_("Earlier remarks of the column stay beside it."),
        responses={201: schemas.RegisterRemarkSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        entry = self.entry(pk)
        remark = add_remark(
            entry=entry,
            column=Column(self.data["column"]),
            text=self.data["text"],
            on=self.data["remarkDate"],
            actor=self.principal,
            now=self.now,
        )
        return self.answer(answers.remark(remark), status=201, location=f"{PATH}/register-entries/{entry.pk}/remarks")

    @extend_schema(
        operation_id="listRegisterRemarks",
        tags=TAGS,
        summary=_("What became known later about an entry"),
        description=_("In the order in which it was added."),
        responses=schemas.RegisterRemarksSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        _user, units = reader_of(request)
        entry = RegisterEntry.objects.filter(unit_id__in=units, pk=pk).first()
        if entry is None:
            raise Problem(Kind.NOT_FOUND)
        return Response({"items": [answers.remark(row) for row in remarks_in_order(entry)]})

    def capability_for(self, method: str) -> str:
        return Capability.REGISTER_ENTER if method == "POST" else Capability.REGISTER_VIEW


class Voidings(RegisterDeed):
    """POST /register-entries/{id}/voidings"""

    path_parameters = (ENTRY_ID,)
    bodies = {"POST": VOID}
    capability = Capability.REGISTER_VOID

    @extend_schema(
        operation_id="voidRegisterEntry",
        tags=TAGS,
        summary=_("Void a number"),
        description=_("It stays in its book, struck out with its reason, and is never given again."),
        responses={201: schemas.RegisterEntrySerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        entry = void_entry(entry=self.entry(pk), reason=self.data["reason"], actor=self.principal, now=self.now)
        return self.shown(entry)


class Closings(RegisterDeed):
    """POST /register-books/{id}/closings"""

    path_parameters = (BOOK_ID,)
    capability = Capability.REGISTER_CLOSE

    @extend_schema(
        operation_id="closeRegisterBook",
        tags=TAGS,
        summary=_("Close a book whose year is over"),
        description=_("Nothing is written into it any more."),
        responses={201: schemas.RegisterBookSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        _user, units = reader_of(request)
        book: RegisterBook | None = books_of(units).filter(pk=pk).first()
        if book is None:
            raise Problem(Kind.NOT_FOUND)
        book = close_book(book=book, actor=self.principal, now=self.now)
        return self.answer(answers.book(book), status=201, location=f"{PATH}/register-books/{book.pk}")
