"""The books of NĐ 30/2020 PL IV, column by column, as they are printed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from documents.models import RegisterEntry, RegisterRemark
from documents.registers.states import BookKind, Column
from documents.registers.words import number_text

Cell = Callable[["Line"], str]
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with the latest remark of each column."""

    entry: RegisterEntry
    remarks: Mapping[str, RegisterRemark]

    def remark(self, column: Column) -> str:
        found = self.remarks.get(column)
        if found is None:
            return ""
        return f"{day(found.on)} {found.text}".strip() if found.on else found.text


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its words, its width in hundredths of the page, and what stands in it."""

    words: Words
    width: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class Form:
    """One printed book. `kind` is where its lines come from: two forms show incoming documents."""

    code: str
    kind: BookKind
    title: Words
    headings: tuple[Heading, ...]


def day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def note(line: Line) -> str:
    """The column of notes holds also what must not be overlooked: that a number is void, or came late."""
    entry, said = line.entry, []
    if entry.is_voided:
        said.append(_("VOIDED: %(reason)s") % {"reason": entry.void_reason})
    if entry.late:
        said.append(_("Registered late; arrived on %(day)s") % {"day": day(entry.arrived_on)})
    return "; ".join(filter(None, [*said, entry.note, line.remark(Column.NOTE)]))


def _described(line: Line) -> str:
    entry = line.entry
    dated = _("of %(day)s") % {"day": day(entry.reference_on)} if entry.reference_on else ""
    return ", ".join(filter(None, [entry.subject, entry.reference, dated, entry.author]))


def _handler(line: Line) -> str:
    return line.remark(Column.HANDLER) or line.entry.recipients


MOVED = Heading(gettext_lazy("Day handed over"), 8, lambda line: line.remark(Column.MOVED))
RECEIPT = Heading(gettext_lazy("Signature for receipt"), 8, lambda line: line.remark(Column.RECEIPT))
NOTE = Heading(gettext_lazy("Notes"), 8, note)
SUBJECT = gettext_lazy("Type and subject line of the document")
REFERENCE = gettext_lazy("Number, notation of the document")
DATED = gettext_lazy("Day, month, year of the document")

OUTGOING = Form(
    "outgoing",
    BookKind.OUTGOING,
    gettext_lazy("Register of outgoing documents"),
    (
        Heading(REFERENCE, 10, lambda line: line.entry.text),
        Heading(DATED, 8, lambda line: day(line.entry.dated_on)),
        Heading(SUBJECT, 21, lambda line: line.entry.subject),
        Heading(gettext_lazy("Signed by"), 10, lambda line: line.entry.signer),
        Heading(gettext_lazy("Sent to"), 13, lambda line: line.entry.recipients),
        Heading(gettext_lazy("Unit or person who keeps the copy"), 9, lambda line: line.entry.keeper),
        Heading(gettext_lazy("Number of copies"), 5, lambda line: str(line.entry.copies)),
        MOVED,
        RECEIPT,
        NOTE,
    ),
)
INCOMING = Form(
    "incoming",
    BookKind.INCOMING,
    gettext_lazy("Register of incoming documents"),
    (
        Heading(gettext_lazy("Day of arrival"), 8, lambda line: day(line.entry.dated_on)),
        Heading(gettext_lazy("Arrival number"), 6, lambda line: number_text(line.entry.number)),
        Heading(gettext_lazy("Author"), 12, lambda line: line.entry.author),
        Heading(REFERENCE, 10, lambda line: line.entry.reference),
        Heading(DATED, 8, lambda line: day(line.entry.reference_on)),
        Heading(SUBJECT, 21, lambda line: line.entry.subject),
        Heading(gettext_lazy("Unit or person who receives it"), 11, _handler),
        MOVED,
        RECEIPT,
        NOTE,
    ),
)
SETTLEMENT = Form(
    "settlement",
    BookKind.INCOMING,
    gettext_lazy("Follow-up of incoming documents"),
    (
        Heading(gettext_lazy("Arrival number"), 7, lambda line: number_text(line.entry.number)),
        Heading(gettext_lazy("Type, number and notation, date and organ of the document"), 38, _described),
        Heading(gettext_lazy("Unit or person who receives it"), 14, _handler),
        Heading(gettext_lazy("Time limit of settlement"), 10, lambda line: line.remark(Column.DUE)),
        Heading(gettext_lazy("Progress of settlement"), 12, lambda line: line.remark(Column.PROGRESS)),
        Heading(gettext_lazy("Number, notation of the answer"), 11, lambda line: line.remark(Column.ANSWER)),
        NOTE,
    ),
)
POST = Form(
    "post",
    BookKind.POST,
    gettext_lazy("Register of documents sent by post"),
    (
        Heading(MOVED.words, 11, lambda line: day(line.entry.dated_on)),
        Heading(REFERENCE, 22, lambda line: line.entry.reference),
        Heading(gettext_lazy("Place of receipt"), 28, lambda line: line.entry.recipients),
        Heading(gettext_lazy("Number of envelopes"), 9, lambda line: str(line.entry.copies)),
        Heading(gettext_lazy("Signature and postmark"), 16, lambda line: line.remark(Column.RECEIPT)),
        Heading(NOTE.words, 14, note),
    ),
)
COPY_USE = Form(
    "copy_use",
    BookKind.COPY_USE,
    gettext_lazy("Register of the use of kept copies"),
    (
        Heading(pgettext_lazy("head of a column", "Day, month"), 8, lambda line: day(line.entry.dated_on)),
        Heading(gettext_lazy("Full name of the user"), 13, lambda line: line.entry.recipients),
        Heading(
            gettext_lazy("Number, notation and date of the document"),
            13,
            lambda line: " ".join(filter(None, [line.entry.reference, day(line.entry.reference_on)])),
        ),
        Heading(SUBJECT, 22, lambda line: line.entry.subject),
        Heading(gettext_lazy("Number and notation of the work file"), 9, lambda line: line.entry.file_code),
        RECEIPT,
        Heading(gettext_lazy("Day of return"), 8, lambda line: line.remark(Column.RETURNED)),
        Heading(gettext_lazy("Permitted by"), 11, lambda line: line.entry.permitted_by),
        NOTE,
    ),
)
FORMS = {form.code: form for form in (OUTGOING, INCOMING, SETTLEMENT, POST, COPY_USE)}
FORMS_OF = {kind: tuple(form for form in FORMS.values() if form.kind is kind) for kind in BookKind}
KIND_NAMES: dict[str, Words] = {kind.value: forms[0].title for kind, forms in FORMS_OF.items()}
