"""What units hold while random acts come over them, brought and finished by the operations: dossiers with money and
questions, petitions, drafts, letters and their books, rights that were lent, programs.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from documents.drafts import Draft as Letter
from documents.kinds import Capacity
from documents.layouts.samples import sample
from documents.operations.drafting import draft_document
from documents.operations.registers import BookKind, take_number
from portal.accounts.identity import Claims
from portal.accounts.models import ApiClient, Level, User
from portal.accounts.operations import GrantRow, create_client, recognise_citizen
from portal.events.actors import System
from portal.isolation import Scope, use
from services.kinds import AskedFor, Channel, Opinion
from services.models import Consultation, Dossier, Petition, Proof, WorkItem
from services.money_states import RefundReason, Way
from services.operations.accounts import enter_account
from services.operations.citizen import withdraw
from services.operations.consulting import Ask, Shared, consult, give_opinion
from services.operations.drafts import begin_draft, choose_places
from services.operations.filing import Filing, Owner, Paper, Places, submit
from services.operations.hearing import hear, keep_message
from services.operations.paying import begin_payment
from services.operations.petitions import PetitionFiling, file_petition, withdraw_petition
from services.operations.refunds import open_refund
from services.queries.money import balance_of
from services.replay.deeds import signed_in
from staff.models import Assignment
from staff.operations import Decision, delegate
from tests.documents.books import DECISION
from tests.services.build import birth
from tests.services.money import ACCOUNT, MessageKind, Said, costing, word
from tests.services.petitioning import TEXT
from units.operations import begin_work_at
from units.queries import version_at

NAME = "Thào Thị Mỷ"
READ, WRITE = "documents.document.view", "documents.document.draft"


class Filed:
    """Of one citizen: every third thing is a petition, the rest are dossiers; all of them may be withdrawn."""

    def __init__(self) -> None:
        claims = Claims("https://vneid.example", "1", "person", "000199000001", NAME, date(1999, 2, 14), "T", 2)
        self.citizen: User = recognise_citizen(claims=claims, now=timezone.now())
        self.version, self.costing = birth(), costing()
        self.brought = 0

    def bring(self, unit_id: int, *, village: str, now: datetime) -> None:
        self.brought += 1
        with use(Scope(citizen=self.citizen.pk)):
            if self.brought % 3:
                submit(filing=self.filing(unit_id, village, now), actor=self.citizen, now=now)
            else:
                said = {"address": village} if village else {}
                filing = PetitionFiling("attitude", TEXT, unit_id, filer=self.citizen, contact=said)
                file_petition(filing=filing, actor=self.citizen, now=now)

    def filing(self, unit_id: int, village: str, now: datetime, **more: Any) -> Filing:
        values: dict[str, Any] = {
            "version": self.version, "owner": Owner(NAME, user=self.citizen), "filer": self.citizen,
            "filer_name": NAME, "answers": {"child_name": NAME}, "contact": {"address": village},
            "summary": "Đăng ký khai sinh", "places": Places(unit_id, unit_id, unit_id), "channel": Channel.ONLINE,
            "return_channel": Channel.DESK, "level": Level.TWO,
            "papers": (Paper("birth_notice", Proof.DATA, source="population", source_at=now),),
        }  # fmt: skip
        return Filing(**values | more)

    def finish(self, pick: int, *, now: datetime) -> int:
        with use(Scope(citizen=self.citizen.pk)):
            waiting: list[Any] = list(Dossier.objects.open().filter(fees=None).order_by("submitted_at", "pk"))
            waiting += Petition.objects.open().order_by("filed_at", "pk")
            if not waiting:
                return 0
            chosen = waiting[pick % len(waiting)]
            if isinstance(chosen, Petition):
                withdraw_petition(petition=chosen, text="", actor=self.citizen, now=now)
            else:
                withdraw(dossier=chosen, reason="", actor=self.citizen, now=now)
        return 1

    def lies(self) -> dict[str, int]:
        found = {str(key): unit for key, unit in Dossier.objects.open().values_list("pk", "responsible_unit_id")}
        rows = Petition.objects.open().values_list("pk", "responsible_unit_id")
        return found | {str(key): unit for key, unit in rows}

    def pay_too_much(self, unit_id: int, *, now: datetime) -> None:
        """A dossier whose money is on its way back; the desk's account is there."""
        enter_account(unit_id=unit_id, data=ACCOUNT, first_day=date(2025, 7, 1), actor=System.COMMAND, now=now)
        with use(Scope(citizen=self.citizen.pk)):
            filing = self.filing(unit_id, "Ấp 1", now, version=self.costing, answers={"copies": 2})
            dossier = submit(filing=filing, actor=self.citizen, now=now)
            owed = balance_of(dossier).owed or 0
            payment = begin_payment(dossier=dossier, way=Way.TRANSFER, amount=owed, actor=self.citizen, now=now)
        said = word(payment, said=Said.PAID, bank_key=f"GD{unit_id}")
        message = keep_message(kind=MessageKind.NOTICE, word=said, raw=said.raw, actor=System.RELAY, now=now)
        hear(message_id=message.pk, actor=System.RELAY, now=now)
        payment.refresh_from_db()
        open_refund(
            payment=payment, amount=1000, reason=RefundReason.REDUCED, ground="thử", actor=System.RELAY, now=now
        )

    def begin_form(self, unit_id: int, *, now: datetime) -> None:
        """Filled in, not sent."""
        with use(Scope(citizen=self.citizen.pk)):
            draft = begin_draft(version=self.version, actor=self.citizen, now=now)
            choose_places(
                draft=draft, competent_unit_id=unit_id, return_channel=Channel.DESK, actor=self.citizen, now=now
            )


def let_program_in(unit_id: int, *, now: datetime) -> ApiClient:
    """It reads and changes documents of the unit, which owns it."""
    first = timezone.localdate(now)
    grants = [GrantRow(READ, unit_id), GrantRow(WRITE, unit_id)]
    return create_client(
        name="Trục liên thông", owner_unit_id=unit_id, grants=grants, first_day=first,
        until=first + timedelta(days=300), actor=System.COMMAND, now=now,
    )  # fmt: skip


def ask(user: User, unit_id: int, *, now: datetime) -> bool:
    """Who holds a step asks another unit about it. False where nobody can."""
    actor, rights = signed_in(user.pk)
    with use(rights):
        held = WorkItem.objects.open().filter(officer=user).exclude(unit=unit_id).select_related("dossier")
        item = held.filter(dossier__state="processing", dossier__paused_at=None).order_by("id").first()
        if item is None or Consultation.objects.pending().filter(dossier=item.dossier).count() > 1:
            return False
        if begin_work_at([unit_id], timezone.localdate(now)):
            return False
        question = Ask(unit_id, AskedFor.OPINION, "Có đăng ký kết hôn ở xã không?", 3)
        consult(item=item, asks=[question], shared=Shared(), actor=actor, now=now)
    return True


def answer(user: User, *, now: datetime) -> bool:
    actor, rights = signed_in(user.pk)
    with use(rights):
        asked = Consultation.objects.filter(unit__in=rights.units, state="open").order_by("asked_at", "id").first()
        if asked is None or not actor.has_perm("services.dossier.process", asked.unit_id):
            return False
        give_opinion(consultation=asked, opinion=Opinion.AGREES, text="Không có.", actor=actor, now=now)
    return True


def lend(giver: Assignment, taker: Assignment, right: str, *, now: datetime) -> None:
    first = timezone.localdate(now)
    delegate(
        giver=giver, taker=taker, capabilities=[right], first_day=first, until=first + timedelta(days=9),
        decision=Decision("3/GUQ", first), actor=System.COMMAND, now=now,
    )  # fmt: skip


def register(unit_id: int, *, now: datetime) -> bool:
    """A letter of the day before is numbered, so that an act entered on its very day finds none of that day."""
    dated = timezone.localdate(now) - timedelta(days=1)
    if version_at(unit_id, dated) is None:
        return False
    with use(Scope(units=(unit_id,))):
        take_number(
            unit_id=unit_id, kind=BookKind.OUTGOING, dated_on=dated, row=DECISION, actor=System.COMMAND, now=now
        )
    return True


def write_letter(unit_id: int, signer: Assignment, *, now: datetime) -> None:
    letter = Letter(
        unit_id=unit_id, type_code="decision", layout="decision", subject="thành lập Tổ công nghệ số cộng đồng",
        signer_id=signer.pk, content=sample("decision"), capacity=Capacity.COLLECTIVE,
    )  # fmt: skip
    with use(Scope(units=(unit_id,))):
        draft_document(draft=letter, actor=System.COMMAND, now=now)
