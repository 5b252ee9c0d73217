"""What the page says about an issued document. What was made out to a person says neither name nor subject line."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from documents.catalogue import document_type
from documents.codes import shown
from documents.models import Document, IssuedResult
from documents.printing import organ_lines
from documents.queries.results import Known
from documents.queries.verification import Issued
from documents.states import DocumentState, ResultState
from portal.ui import wording
from units.models import UnitVersion
from units.queries import Successor, successors, version_at


@dataclass(frozen=True, slots=True)
class Row:
    """As `components/summary_list.html` draws it."""

    key: str
    value: str
    link: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the document is in force: in words, with the colour of its tag and what explains it."""

    words: str
    colour: str
    sentence: str


def type_name(document: Document) -> str:
    try:
        return document_type(document.type_code, document.dated_on or document.layout_on).name
    except LookupError:  # a result that the decree has no type for
        return _("Result of a procedure")


@dataclass(frozen=True, slots=True)
class Paper:
    """One line of a citizen's list."""

    name: str
    subject: str
    number: str
    dated_on: str
    organ: str
    validity: str
    colour: str
    code: str
    file_id: UUID | None


def paper(row: IssuedResult, file_id: UUID | None, today: date) -> Paper:
    document = row.document
    found = standing(document, None, today)
    return Paper(
        name=type_name(document),
        subject=document.subject,
        number=row.number,
        dated_on=wording.day(row.dated_on),
        organ=organ_name(version_at(row.unit_id, row.dated_on)),
        validity=found.words,
        colour=found.colour,
        code=shown(document.code),
        file_id=file_id,
    )


def found_tag(known: Known, today: date) -> dict[str, str]:
    """In the words of the page of verification, for whoever looked for somebody's results."""
    if known.state is ResultState.REVOKED:
        return {"text": pgettext("validity of a document", "Revoked"), "colour": "red"}
    if known.state is ResultState.REPLACED:
        return {"text": pgettext("validity of a document", "Replaced"), "colour": "orange"}
    if known.is_usable:
        return {"text": pgettext("validity of a document", "In force"), "colour": "green"}
    if known.valid_from and today < known.valid_from:
        return {"text": pgettext("validity of a document", "Not in force yet"), "colour": "yellow"}
    return {"text": pgettext("validity of a document", "Expired"), "colour": "orange"}


def standing(document: Document, ended_at: datetime | None, today: date) -> Standing:
    ended = wording.moment(ended_at)
    if document.state == DocumentState.REVOKED:
        return Standing(
            pgettext("validity of a document", "Revoked"),
            "red",
            _("It was revoked: %(moment)s. It must not be used any more.") % {"moment": ended},
        )
    if document.state == DocumentState.REPLACED:
        return Standing(
            pgettext("validity of a document", "Replaced"),
            "orange",
            _("Another document has stood in its place since %(moment)s.") % {"moment": ended},
        )
    if document.valid_from and today < document.valid_from:
        day = wording.day(document.valid_from)
        return Standing(
            pgettext("validity of a document", "Not in force yet"),
            "yellow",
            _("It is in force from %(day)s.") % {"day": day},
        )
    if document.valid_until and today > document.valid_until:
        day = wording.day(document.valid_until)
        return Standing(
            pgettext("validity of a document", "Expired"), "orange", _("Its last day was %(day)s.") % {"day": day}
        )
    return Standing(
        pgettext("validity of a document", "In force"),
        "green",
        _("It was issued by this organ and is neither revoked nor replaced."),
    )


def rows(issued: Issued, today: date) -> list[Row]:
    document = issued.document
    made = [Row(_("Document"), type_name(document), lang="vi")]
    if not document.owner_index:
        made.append(Row(_("Subject line"), document.subject, lang="vi"))
    made.append(Row(_("Number and notation"), document.number, lang="vi"))
    made.append(Row(_("Date"), wording.day(document.dated_on)))
    made += _organ(issued, today)
    made += _signers(issued)
    made.append(Row(_("Issued"), wording.moment(document.issued_at)))
    if document.valid_until:
        made.append(Row(_("Valid through"), wording.day(document.valid_until)))
    if document.state == DocumentState.REVOKED:
        made.append(Row(_("Reason of the revocation"), document.ended_reason, lang="vi"))
    if issued.successor:
        link = reverse("documents:verified", args=[shown(issued.successor.code)])
        made.append(Row(_("Replaced by"), issued.successor.number, link, "vi"))
    made.append(Row(_("Verification code"), shown(document.code)))
    made.append(Row(_("SHA-256 of the file"), " ".join(groups(issued.version.sha256))))
    return made


def groups(digest: str) -> list[str]:
    """In eights, so that it wraps on a phone and can be read out."""
    return [digest[start : start + 8] for start in range(0, len(digest), 8)]


def _organ(issued: Issued, today: date) -> list[Row]:
    """The organ as it was named on the day; and who answers for its documents now, when it ended or was renamed."""
    unit_id, then = issued.document.unit_id, issued.document.dated_on or today
    name = organ_name(version_at(unit_id, then))
    made = [Row(_("Issued by"), name, lang="vi")]
    after = successors(unit_id, then, today)
    names = [organ_name(one) for one in after]
    if names and names != [name]:
        made.append(Row(_("That organ today"), "; ".join(names), lang="vi"))
    return made


def organ_name(unit: UnitVersion | Successor | None) -> str:
    return " ".join(organ_lines(unit.full_name)) if unit else ""


def _signers(issued: Issued) -> list[Row]:
    """As judged when it was sealed: names of certificates, published with every document. NĐ 30/2020 Đ.8"""
    made = []
    for one in issued.version.report.get("signatures", ()):
        who = ", ".join(part for part in (one.get("signer"), one.get("title"), one.get("organ")) if part)
        at = one.get("signed_at")
        when = wording.moment(datetime.fromisoformat(at)) if at else ""
        made.append(Row(_("Signed digitally"), " – ".join(part for part in (who, when) if part), lang="vi"))
    return made
