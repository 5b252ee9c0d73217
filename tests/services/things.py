"""One of each thing that the addresses of services name, and every word of it that nobody else may read.

An app's part that adds something with an address of its own adds a builder to `BUILDERS`: it makes the thing, and
says by which key which addresses name it.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.accounts.models import Kind, User
from portal.events.actors import ANONYMOUS
from portal.isolation import scope
from portal.routes import Route
from services.kinds import AskedFor, Channel
from services.models import (
    ArchivePackage,
    Consultation,
    Correction,
    Dossier,
    Draft,
    Handover,
    Moment,
    PaperNumber,
    Problem,
    RatingReply,
    Refund,
    WorkItem,
)
from services.operations import archiving, correcting, supplements
from services.operations.citizen import rate_by_receipt
from services.operations.consulting import Ask, Shared, consult
from services.operations.extending import ask_extension
from services.operations.fees import Assessment, assess_fee
from services.operations.filing import Places
from services.operations.holds import set_hold
from services.operations.outage import set_numbers_aside
from services.operations.paying import take_cash
from services.operations.proposing import propose_result
from services.operations.real_moments import Claim, claim_real_moment
from services.operations.supplements import Missing
from services.retention_kinds import Cause
from tests.services.build import NUMBER, Office
from tests.services.confirming import asked as waiting_for
from tests.services.lists import FILTER, LEAVE, kept_of_lists
from tests.services.petitioning import Box
from tests.services.posting import ADDRESS, issued_for_post, sent
from tests.services.posting import NUMBER as NUMBER_ON_IT
from tests.services.working import birth_answers, first_signer

Finder = Callable[[Route], Any]
COMPLAINT, LOW = "Người tiếp nhận bỏ đi giữa chừng", "Chờ cả buổi sáng không ai gọi"
SENDER = {"name": "Người Gửi Phản Ánh", "phone": "0912000999"}
LATE = "Chưa nhận được văn bản của người trễ hạn"
HOLD = "Đơn khởi kiện về hồ sơ này"
BIRTHPLACE = "Bệnh viện của người xem dự thảo"


@dataclass
class Things:
    """`finders`: each answers for the `pk` of some addresses, or None; `ids`: what else addresses name."""

    filed: Dossier
    working: Dossier
    decided: Dossier
    filer: User
    ids: dict[str, Finder] = field(default_factory=dict)
    finders: list[Finder] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    document: Any = None

    def pk(self, route: Route) -> Any:
        found = (finder(route) for finder in self.finders)
        return next((one for one in found if one), self.filed.pk)


def things_of(office: Office) -> Things:
    home = office.people.home
    filer = User.objects.create(username="nguoi-nop", kind=Kind.CITIZEN, created_at=office.now)
    filed = office.submitted(filer=filer, answers=birth_answers(home))
    asked = supplements.ask_supplement(
        dossier=filed,
        items=[Missing(Problem.MISSING, "Nộp giấy cam đoan của người làm chứng", component="birth_statement")],
        reason="Thiếu giấy cam đoan của người làm chứng",
        ground="NĐ 118/2025 Đ.16.3",
        actor=office.people.desk_officer.user,
        now=office.tick(),
    )
    working = office.processing(answers=birth_answers(home))
    other = office.processing(answers=birth_answers(home) | {"child_personal_number": "001326900001"})
    decided = propose_result(
        item=office.open_step(other),
        signer=first_signer(office.people, office.now),
        actor=office.people.specialist.user,
        now=office.tick(),
    )
    things = Things(filed, working, decided, filer, document=decided.result_document)
    things.words += [
        filed.reference, working.code, filed.owner_name, filed.filer_name, NUMBER, "Trạm Y tế xã An",
        "người làm chứng", working.reference, decided.code, decided.reference,
    ]  # fmt: skip
    things.ids = {
        "pk": things.pk,
        "dossier": lambda _route: filed.pk,
        "unit": lambda _route: home,
        "unit_id": lambda _route: home,
        "item_id": lambda route: asked.items.get().pk if "own-" in route.name else office.open_step(working).pk,
        "supplement": lambda _route: asked.pk,
        "item": lambda _route: asked.items.get().pk,
        "page": lambda _route: "start",
        "row": lambda _route: "1",
        "when": lambda _route: "bien-nhan",
        "file_id": lambda _route: uuid.uuid4(),
    }
    step = office.open_step(working)
    things.finders.append(lambda route: step.pk if "work-items/" in route.path else None)
    for build in BUILDERS:
        build(office, things)
    return things


def _draft(office: Office, things: Things) -> None:
    draft = Draft(
        version=things.filed.version, writer=things.filer, return_channel=Channel.ONLINE.value, begun_at=office.now,
        saved_at=office.now, expires_at=timezone.now() + timedelta(days=30),
    )  # fmt: skip
    draft.answers = {"child_name": "Giàng Thị Nhuẫn"}
    with scope(citizen=things.filer.pk):
        draft.save(force_insert=True)
    things.ids["draft"] = lambda _route: draft.pk
    things.finders.append(lambda route: draft.pk if "declaration-drafts/" in route.path else None)


def _confirmation(office: Office, things: Things) -> None:
    waiting, _row = waiting_for(office, things.filer, answers={"birth_place": BIRTHPLACE})
    nouns = {"own-confirmation", "own-objection", "draft-confirmations", "draft-objections"}
    things.finders.append(lambda route: waiting.pk if route.name.split(":")[-1] in nouns else None)
    things.words += [waiting.code, BIRTHPLACE]


def _paper_number(office: Office, things: Things) -> None:
    """A code on paper: it names nobody, but it is no business of other desks."""
    now, home = office.tick(), office.people.home
    actor = office.people.desk_officer.user
    set_numbers_aside(unit_id=home, day=timezone.localdate(now), count=1, reason="Mất điện", actor=actor, now=now)
    number = PaperNumber.objects.get()

    def find(route: Route) -> Any:
        if "paper-numbers/" in route.path or route.name == "services:paper-void":
            return number.pk
        blocks = {"services:paper-block", "services:paper-sheet", "services:paper-void-rest"}
        return number.block_id if route.name in blocks else None

    things.finders.append(find)


def _refund(office: Office, things: Things) -> None:
    """What was paid for the dossier, and then assessed to nothing."""
    desk = office.people.desk_officer.user
    for amount in (8000, 0):
        said = Assessment(amount=amount, ground="NQ 15/2026/NQ-HĐND")
        assess_fee(dossier=things.filed, said=said, actor=desk, now=office.tick())
        if amount:
            take_cash(dossier=things.filed, amount=amount, actor=desk, now=office.tick())
    refund = Refund.objects.select_related("payment").get(dossier=things.filed)

    def find(route: Route) -> Any:
        name = route.name.split(":")[-1]
        if name in {"finance-settling", "settlements"}:
            return refund.payment_id
        return refund.pk if name.startswith(("finance-", "refund")) else None

    things.finders.append(find)
    things.ids |= {
        "payment_id": lambda _route: refund.payment_id,
        "payment": lambda _route: refund.payment_id,
        "reference": lambda _route: refund.payment.reference,
    }


def _between_units(office: Office, things: Things) -> None:
    """Something asked of the province and something on its way to it; the next commune has no part in either."""
    people, step = office.people, office.open_step(things.working)
    ask = Ask(people.province, AskedFor.OPINION, "Hỏi riêng về người mẹ", 3)
    consult(item=step, asks=[ask], shared=Shared(owner=True), actor=people.specialist.user, now=office.tick())
    places = Places(people.home, people.province, people.home)
    office.accepted(places=places, answers=birth_answers(people.home))
    asked = Consultation.objects.get()
    given = Handover.objects.between_units().order_by("id")[0]

    def find(route: Route) -> Any:
        if any(word in route.name for word in ("consultation", "opinion", "revocation")):
            return asked.pk
        return given.pk if "handovers/" in route.path else None

    things.finders.append(find)
    things.words.append("Hỏi riêng về người mẹ")


def _petition(office: Office, things: Things) -> None:
    petition = Box(office.people, office.tick()).received(text=COMPLAINT, contact=SENDER)
    things.finders.append(lambda route: petition.pk if "petition" in route.name.split(":")[-1] else None)
    things.words += [COMPLAINT, *SENDER.values(), petition.reference]


def _postal(office: Office, things: Things) -> None:
    item = sent(office, issued_for_post(office))

    def find(route: Route) -> Any:
        name = route.name.split(":")[-1]
        if "postal-slip" in name or name == "postal-departures":
            return item.slip_id
        return item.pk if route.path.startswith("mot-cua/buu-chinh/") or "postal-items/" in route.path else None

    things.finders.append(find)
    things.words += [ADDRESS, item.dossier.code, NUMBER_ON_IT]


def _rating(office: Office, things: Things) -> None:
    dossier, now = things.filed, office.tick()
    rate_by_receipt(dossier_id=dossier.pk, moment=Moment.RECEIPT, score=1, text=LOW, actor=ANONYMOUS, now=now)
    reply = RatingReply.objects.get()

    def find(route: Route) -> Any:
        name = route.name.split(":")[-1]
        return reply.pk if ("rating" in name and "reply" in name) or name == "rating-answers" else None

    things.finders.append(find)
    things.words.append(LOW)


def _lists(office: Office, things: Things) -> None:
    kept = kept_of_lists(office, things.working)
    things.finders.append(lambda route: kept.get(_noun(route)))
    things.words += [FILTER, LEAVE]


def _noun(route: Route) -> str:
    """What stands before the key in the address."""
    return route.path.partition("<uuid:pk>")[0].strip("/").rpartition("/")[2]


def _lateness(office: Office, things: Things) -> None:
    """A longer time, a real moment and a correction, each with the same words."""
    people, now, working, decided = office.people, office.tick(), things.working, things.decided
    step, done = office.open_step(working), WorkItem.objects.of(decided).filter(role="specialist").get()
    day = (working.due_at or now).date() + timedelta(days=14)
    while day.weekday() > 4 or (day.month, day.day) == (1, 1):
        day += timedelta(days=1)
    longer = ask_extension(item=step, new_due_on=day, reason=LATE, actor=people.specialist.user, now=now)
    claim = Claim((done.done_at or now) - timedelta(seconds=1), LATE, LATE)
    moment = claim_real_moment(dossier=decided, claim=claim, step=done, actor=people.specialist.user, now=office.tick())
    wrong = Correction(
        dossier=decided, state="asked", found_by="office", wrong=LATE, asked_by=people.specialist.user, asked_at=now,
        due_at=now, old_document=decided.result_document,
    )  # fmt: skip
    wrong.save(force_insert=True)
    correcting._mark(wrong, "", actor=people.specialist.user, now=now)
    rows = {"gia-han/": longer, "thoi-diem-that/": moment, "dinh-chinh/": wrong}
    things.finders.append(
        lambda route: next((row.pk for start, row in rows.items() if route.path.startswith(start)), None)
    )
    things.words.append(LATE)


def _retention(office: Office, things: Things) -> None:
    """A hold with its words, and a package for the archive."""
    people, now = office.people, office.tick()
    hold = set_hold(dossier=things.filed, cause=Cause.COURT, reason=HOLD, actor=people.leader.user, now=now)
    package = ArchivePackage(
        unit_id=people.home, year=2026, number=1, state="begun", dossiers=1, begun_by=people.clerk.user, begun_at=now
    )
    package.save(force_insert=True)
    archiving._mark(package, "", {}, people.clerk.user, now)
    rows = {"thoi-han-luu/giu/": hold, "thoi-han-luu/goi/": package}
    things.finders.append(
        lambda route: next((row.pk for start, row in rows.items() if route.path.startswith(start)), None)
    )
    things.ids |= {"kind": lambda _route: "dossier", "year": lambda _route: 2026, "month": lambda _route: 11}
    things.words.append(HOLD)


BUILDERS = (
    _draft, _confirmation, _paper_number, _refund, _between_units, _petition, _rating, _lists, _lateness, _postal,
    _retention,
)  # fmt: skip
