"""What the page of an act says about its file and about the report on what it did."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from documents import wording
from documents.codes import shown
from documents.models import Document
from documents.queries.act_files import file_of_act
from documents.queries.act_reports import may_be_drafted_anew, report_of
from documents.queries.documents import visible_to
from documents.states import ISSUED_ONCE, DocumentState, FileState
from staff.policies import today
from units.models import ReorgEvent, ReorgProof
from units.papers import Paper
from units.policies import may
from units.states import Action


def papers(act: ReorgEvent, user: Any) -> Iterator[Paper]:
    yield _file(act)
    report = report_of(act)
    if report is not None:
        yield _report(act, report, user)
    elif ReorgProof.objects.filter(event=act).exists():
        words = _("not drafted yet: it follows within minutes, or as soon as somebody at the province may sign it")
        yield Paper(_("Report on what it did"), words)


def _file(act: ReorgEvent) -> Paper:
    key, link = _("File of the resolution"), reverse("documents:act-file", args=[act.pk])
    file = file_of_act(act)
    if file is None:
        value = _("only its digest is known") if act.file_sha256 else _("not sent yet")
        return Paper(key, value, link)
    tags = {
        FileState.QUARANTINE.value: _("is being scanned"),
        FileState.REFUSED.value: _("a virus was found"),
    }
    return Paper(key, file.name, link, tag=tags.get(file.state, ""))


def _report(act: ReorgEvent, report: Document, user: Any) -> Paper:
    """To the document for those who work with the organ's documents, else to its public page once it is issued."""
    link = ""
    if visible_to(user, today()).filter(pk=report.pk).exists():
        link = reverse("documents:document", args=[report.pk])
    elif report.state in ISSUED_ONCE:
        link = reverse("documents:verified", args=[shown(report.code)])
    again = may_be_drafted_anew(report) and may(Action.DRAFT, user, act.unit_id)
    code = _("Verification code: %(code)s") % {"code": shown(report.code)} if report.state in ISSUED_ONCE else ""
    return Paper(
        _("Report on what it did"),
        report.number or _("without a number yet"),
        link,
        source=code,
        tag=_("sent back") if report.state == DocumentState.DRAFT else wording.state(report.state),
        url=reverse("documents:act-report", args=[act.pk]) if again else "",
        action=_("Draft it anew") if again else "",
    )
