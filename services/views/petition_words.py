"""A petition before whoever sent it: where it stands, what was said, and what they may do."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.errors import DocumentsError
from portal.accounts.models import User
from portal.events.actors import ANONYMOUS, Actor
from portal.ui.wording import moment
from services.errors import ServicesError
from services.forms.petitions import AddForm, SatisfactionForm, WithdrawForm
from services.models import EntryType, Petition, PetitionEntry
from services.operations.petitions import rate_petition, supplement_petition, withdraw_petition
from services.petition_rules import petition_rules_on
from services.petition_states import ANSWER_SENT, PETITION_TRANSITIONS, PetitionAction, PetitionState
from services.queries.petitions import Followed
from services.views.desk_access import status_of
from services.wording_petitions import standing_of, type_in_words

ADD, RATE, WITHDRAW = "bo-sung", "danh-gia", "rut"


class Sender:
    """`by_code`: known by code and PIN, not by an account."""

    def __init__(self, request: HttpRequest, seen: Followed, *, by_code: bool) -> None:
        self.request, self.seen, self.by_code, self.now = request, seen, by_code, timezone.now()
        self.status = 200
        petition = seen.petition
        left = petition_rules_on(timezone.localdate(self.now)).files_per_petition - len(seen.files)
        deed = request.POST.get("deed", "") if request.method == "POST" else ""
        self.may_add = petition.state == PetitionState.SUPPLEMENT
        self.may_rate = PetitionState(petition.state) in ANSWER_SENT and petition.rated_at is None
        sources = PETITION_TRANSITIONS[PetitionAction.WITHDRAW].sources
        self.may_withdraw = PetitionState(petition.state) in sources
        files = request.FILES or None
        self.add = AddForm(request.POST, files, most=left) if deed == ADD else AddForm(None, None, most=left)
        self.rate = SatisfactionForm(request.POST if deed == RATE else None)
        self.withdraw = WithdrawForm(request.POST if deed == WITHDRAW else None)
        self.deed = deed

    @property
    def actor(self) -> Actor:
        return self.request.user if isinstance(self.request.user, User) else ANONYMOUS

    def _form(self) -> AddForm | SatisfactionForm | WithdrawForm | None:
        known: dict[str, AddForm | SatisfactionForm | WithdrawForm] = {
            ADD: self.add,
            RATE: self.rate,
            WITHDRAW: self.withdraw,
        }
        return known.get(self.deed)

    def act(self) -> str:
        """What was done, in words; empty when nothing was, and the form says why."""
        form = self._form()
        if form is None or not form.is_valid():
            self.status = 400
            return ""
        said = form.cleaned_data
        given: dict[str, Any] = {
            "petition": self.seen.petition,
            "text": said["text"],
            "actor": self.actor,
            "now": self.now,
            "by_code": self.by_code,
        }
        try:
            with transaction.atomic():
                if self.deed == ADD:
                    supplement_petition(uploads=said.get("uploads", ()), **given)
                    return _("Your reply was sent. The unit goes on with your petition.")
                if self.deed == WITHDRAW:
                    withdraw_petition(**given)
                    return _("Your petition was withdrawn. Nobody handles it any more.")
                rate_petition(score=said["score"], **given)
                return _("Thank you. Your opinion counts; reports name nobody.")
        except (ServicesError, DocumentsError) as refusal:
            form.add_error(None, str(refusal))
            self.status = status_of(refusal) if isinstance(refusal, ServicesError) else 400
        return ""

    def page(self, **more: Any) -> HttpResponse:
        petition, seen = self.seen.petition, self.seen
        form = self._form()
        context = {
            "petition": petition,
            "standing": standing_of(petition.state),
            "rows": rows_of(seen),
            "entries": [line_of(entry, seen.units) for entry in seen.entries],
            "asked": next((one for one in seen.entries if one.type == EntryType.REQUEST), None),
            "files": seen.files,
            "form": form if form is not None and form.errors else None,
            "add_form": self.add if self.may_add else None,
            "rate_form": self.rate if self.may_rate else None,
            "withdraw_form": self.withdraw if self.may_withdraw else None,
            "publication": seen.publication,
            "by_code": self.by_code,
            **more,
        }
        return render(self.request, "services/petitions/follow.html", context, status=self.status)


def rows_of(seen: Followed) -> list[dict[str, Any]]:
    petition, told = seen.petition, standing_of(seen.petition.state)
    rows: list[dict[str, Any]] = [{"key": _("What happens next"), "value": told.next_step}]
    rows.append({"key": _("Unit"), "value": seen.units.get(petition.responsible_unit_id, ""), "lang": "vi"})
    due = next_for_sender(petition)
    if due is not None:
        rows.append({"key": _("At the latest"), "value": moment(due)})
    rows.append({"key": _("Type"), "value": type_in_words(petition.kind)})
    if petition.dossier_code:
        rows.append({"key": _("Dossier"), "value": petition.dossier_code})
    return [*rows, {"key": _("Sent at"), "value": moment(petition.filed_at)}]


def next_for_sender(petition: Petition) -> Any:
    """When an answer is due; the publication is no matter of theirs."""
    return None if PetitionState(petition.state) is PetitionState.ANSWERED else petition.next_due_at


def line_of(entry: PetitionEntry, units: dict[int, str]) -> dict[str, Any]:
    """For components/timeline.html: units, never the names of officers."""
    own = entry.type in {EntryType.SUPPLEMENT, EntryType.WITHDRAWAL}
    by = _("you") if own else units.get(entry.unit_id, "")
    title = str(EntryType(entry.type).label).capitalize()
    if entry.type == EntryType.FORWARDING and entry.to_unit_id:
        title = _("Forwarded to %(unit)s") % {"unit": units.get(entry.to_unit_id, "")}
    note = "" if entry.text == "-" else entry.text
    return {"title": title, "at": entry.written_at, "by": by, "note": note}
