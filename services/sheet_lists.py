"""The lists of officers that become files, each by one description."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from documents.catalogue import UnknownTypeError, document_type
from documents.wording import STATES as DOCUMENT_STATES
from portal.api.tables import Column, Row
from portal.ui import list_files
from services.columns import FIELDS, STANDARD, Names, columns_of
from services.models import sealed
from services.models.consultations import ASKED
from services.models.sealed import Answers
from services.queries.lists import with_steps
from services.sheets import Sheet, register
from services.views import consultations, covers, desk, finance, handovers, lateness, petitions_desk, work
from services.wording_consultations import GIVEN, KINDS, OPINIONS, STATES
from services.wording_money import WAYS
from services.wording_petitions import standing_of, type_in_words

Rows = Callable[[HttpRequest], QuerySet[Any]]
UNITS = ("receiving_unit", "competent_unit", "returning_unit", "responsible_unit")


def _dossiers(names: Names) -> Iterable[Column]:
    return columns_of(names).values()


def _steps(names: Names) -> Iterable[Column]:
    return (
        Column("dossier", _("Dossier"), lambda row: row["dossier__code"] or row["dossier__reference"], 26),
        Column("owner", _("Owner"), lambda row: row["dossier__owner_name"], 28, is_personal=True),
        Column("procedure", _("Procedure"), lambda row: row["dossier__version__name_vi"], 40),
        Column("step", _("Step"), lambda row: row["name"], 24),
        Column("holder", _("Held by"), lambda row: names.officers.get(row["officer_id"], ""), 24),
        Column("since", _("Since"), lambda row: row["taken_at"] or row["opened_at"]),
        Column("opened", _("Step open since"), lambda row: row["opened_at"]),
        Column("due", _("Due"), lambda row: row["due_at"]),
        Column("unit", _("Unit"), lambda row: names.units.get(row["unit_id"], ""), 30),
    )


def _of_steps(key: str, title: str | Promise, page: str, rows: Rows) -> Sheet:
    fields = (
        "dossier__code", "dossier__reference", "dossier__owner_name", "dossier__version__name_vi", "name",
        "officer_id", "taken_at", "opened_at", "due_at", "unit_id",
    )  # fmt: skip
    people = ("dossier__owner", "dossier__filer")
    return Sheet(key, title, page, rows, _steps, fields, officers=("officer",), units=("unit",), people=people)


def _of_dossiers(key: str, title: str | Promise, page: str, rows: Rows) -> Sheet:
    return Sheet(
        key, title, page, rows, _dossiers, FIELDS, officers=("holder",), units=UNITS, people=("owner", "filer"),
        standard=STANDARD, annotated=with_steps,
    )  # fmt: skip


def _handovers(names: Names) -> Iterable[Column]:
    return (
        Column("dossier", _("Dossier"), lambda row: row["dossier__code"] or row["dossier__reference"], 26),
        Column("what", _("What"), lambda row: str(GIVEN[row["what"]]), 24),
        Column("from", _("From"), lambda row: names.units.get(row["from_unit_id"], ""), 30),
        Column("to", _("To"), lambda row: names.units.get(row["to_unit_id"], ""), 30),
        Column("given", _("Handed over at"), lambda row: row["given_at"]),
        Column("due", _("Due"), lambda row: row["due_at"]),
        Column("received", _("Received at"), lambda row: row["received_at"]),
        Column("note", _("Note"), lambda row: row["note"], 40),
    )


def _asked(row: Row) -> Answers:
    """What the asked unit may know of the dossier, which it does not see."""
    return sealed.open_json(row["asked_sealed"], context=ASKED.context(row["id"]))


def _consultations(names: Names) -> Iterable[Column]:
    return (
        Column("dossier", _("Dossier"), lambda row: _asked(row)["code"], 26),
        Column("procedure", _("Procedure"), lambda row: _asked(row)["procedure"], 40),
        Column("asking", _("Asked by"), lambda row: names.units.get(row["asking_unit_id"], ""), 30),
        Column("unit", _("Who is asked"), lambda row: names.units.get(row["unit_id"], ""), 30),
        Column("kind", _("What is asked for"), lambda row: str(KINDS[row["kind"]]), 24),
        Column("asked", _("Asked at"), lambda row: row["asked_at"]),
        Column("due", _("Due"), lambda row: row["due_at"]),
        Column("state", _("State"), lambda row: str(STATES[row["state"]][0]), 20),
        Column("ended", _("Answered or taken back at"), lambda row: row["ended_at"]),
        Column("opinion", _("Opinion"), lambda row: str(OPINIONS.get(row["opinion"], "")), 24),
    )


def _petitions(names: Names) -> Iterable[Column]:
    return (
        Column("reference", _("Reference"), lambda row: row["reference"], 20),
        Column("type", _("Type"), lambda row: type_in_words(row["kind"]), 30),
        Column("state", _("State"), lambda row: str(standing_of(row["state"]).phase), 24),
        Column("text", _("Content"), lambda row: row["text"], 60, is_personal=True),
        Column("holder", _("Held by"), lambda row: names.officers.get(row["handler_id"], ""), 24),
        Column("filed", _("Filed"), lambda row: row["filed_at"]),
        Column("due", _("Due"), lambda row: row["next_due_at"]),
        Column("unit", _("Unit"), lambda row: names.units.get(row["responsible_unit_id"], ""), 30),
    )


def _payments(names: Names) -> Iterable[Column]:
    return (
        Column("paid", _("Paid at"), lambda row: row["paid_at"]),
        Column("dossier", _("Dossier"), lambda row: row["dossier__code"] or row["dossier__reference"], 26),
        Column("procedure", _("Procedure"), lambda row: row["dossier__version__name_vi"], 40),
        Column("way", _("How it was paid"), lambda row: str(WAYS[row["way"]]), 20),
        Column("received", _("Received, VND"), lambda row: row["received"]),
        Column("symbol", _("Symbol of the receipt"), lambda row: row["receipt__symbol"], 14),
        Column("number", _("Number of the receipt"), lambda row: row["receipt__number"], 14),
        Column("bank", _("Name at the bank"), lambda row: row["bank_key"], 24),
        Column("settled", _("Settled at"), lambda row: row["settled_at"]),
    )


def _type_name(code: str, on: date) -> str:
    try:
        return document_type(code, on).name
    except UnknownTypeError:
        return code


def _documents(names: Names) -> Iterable[Column]:
    return (
        Column("number", _("Number and notation"), lambda row: row["number"], 24),
        Column("type", _("Type"), lambda row: _type_name(row["type_code"], localdate(names.now)), 24),
        Column("subject", _("Subject"), lambda row: row["subject"], 60, is_personal=True),
        Column("state", _("State"), lambda row: str(DOCUMENT_STATES[row["state"]]), 20),
        Column("drafted", _("Drafted at"), lambda row: row["drafted_at"]),
        Column("dated", _("Date"), lambda row: row["dated_on"]),
        Column("due", _("Due"), lambda row: row["due_at"]),
        Column("unit", _("Unit"), lambda row: names.units.get(row["unit_id"], ""), 30),
    )


LISTS = (
    _of_dossiers("mot-cua", _("Dossiers at the desk"), "services:desk", desk.listed),
    _of_dossiers("tre-han", _("Late dossiers"), "services:late", lateness.listed),
    _of_steps("xu-ly", _("Steps to work on"), "services:work-queue", work.listed),
    _of_steps("dang-cho", _("What waits with whom"), "services:waiting", covers.listed),
    Sheet(
        "ban-giao", _("Hand-overs between units"), "services:handovers", handovers.listed, _handovers,
        fields=("dossier__code", "dossier__reference", "what", "from_unit_id", "to_unit_id", "given_at", "due_at",
                "received_at", "note"),
        units=("from_unit", "to_unit"),
    ),
    Sheet(
        "y-kien", _("Questions between organs"), "services:consultations", consultations.listed, _consultations,
        fields=("id", "asked_sealed", "asking_unit_id", "unit_id", "kind", "asked_at", "due_at", "state", "ended_at",
                "opinion"),
        units=("asking_unit", "unit"),
    ),
    Sheet(
        "phan-anh", _("Petitions"), "services:petition-inbox", petitions_desk.listed, _petitions,
        fields=("reference", "kind", "state", "text", "handler_id", "filed_at", "next_due_at",
                "responsible_unit_id"),
        officers=("handler",), units=("responsible_unit",), people=("filer",),
    ),
    Sheet(
        "thu-phi", _("Payments of a month"), "services:finance", finance.listed, _payments,
        fields=("paid_at", "dossier__code", "dossier__reference", "dossier__version__name_vi", "way", "received",
                "receipt__symbol", "receipt__number", "bank_key", "settled_at"),
    ),
    Sheet(
        "van-ban", _("Documents"), "documents:documents", list_files.rows_of("documents:documents"), _documents,
        fields=("number", "type_code", "subject", "state", "drafted_at", "dated_on", "due_at", "unit_id"),
        units=("unit",), people=("owner",),
    ),
)  # fmt: skip


def register_all() -> None:
    for sheet in LISTS:
        register(sheet)
