"""What each form of the one-stop desk says, from the dossier as it stands when the deed is done.

TT 01/2018/TT-VPCP Đ.9-10, TT 03/2025/TT-VPCP. What nobody declared is left out; nothing is invented. Forms are written
in Vietnamese, whatever language the officer reads.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import override

from documents import capacities
from documents.printing import organ_lines
from portal.accounts.models import Citizen, User
from portal.calendar import wording as calendar_words
from portal.events.actors import Actor, System
from portal.ui.wording import moment
from services import about, versions
from services.kinds import Channel
from services.links import address_of, look_up_address
from services.models import CollectingAccount, Component, Dossier, Extension, FeeReceipt, Proof, Supplement
from services.money_rules import money_rules_on
from services.queries.money import balance_of
from services.queries.places import UnitsOn
from services.states import State
from staff.models import Assignment, Person
from units.queries import version_at

FILE = Path(__file__).parent / "data" / "form_words.json"
Data = dict[str, Any]
MOST_PAPERS, LONG, TEXT, NAME = 50, 2000, 300, 120  # limits of the layouts
REACHED = {"phone", "email"}  # which Form 05 does not show
STAGES = {State.SUBMITTED: "stage_before", State.SUPPLEMENT: "stage_supplement"}


@cache
def _words() -> dict[str, str]:
    found: dict[str, str] = json.loads(FILE.read_text("utf-8"))
    return found


def say(key: str, **values: str) -> str:
    return _words()[key].format(**values)


def receipt(dossier: Dossier, *, actor: User, now: datetime) -> Data:
    """Form 01, in two copies; the PIN stands on that of the filer."""
    papers = [_paper(row) for row in _components(dossier) if _is_handed_in(row)]
    with override("vi"):
        limit = calendar_words.limit(versions.limit_of(dossier.version, dossier.limit_case))
    head = _head(dossier, now)
    return head | whole(
        copies=2,
        desk=head["desk"],
        filer=dossier.filer_name or dossier.owner_name,
        id_number=_number(dossier),
        papers=papers[:MOST_PAPERS] or [{"name": dossier.version.name_vi}],
        sets=1,
        limit=limit,
        accepted_at=dossier.accepted_at,
        due_at=dossier.printed_due_at,
        collect_at=_collect_at(dossier, now),
        fee=_fee(dossier),
        book=_book(dossier.code),
        filer_signs=_filer_signs(dossier),
        officer=_officer(actor),
        lookup=look_up_address(),
        hotline=settings.DESK_HOTLINE,
        pin=dossier.pin,
    )


def supplement_request(request: Supplement, *, dossier: Dossier, actor: User, now: datetime) -> Data:
    """Form 02: everything that is missing, in one list. NĐ 118/2025 Đ.16.3"""
    head = _head(dossier, now)
    names = {row.key: row.name for row in _components(dossier)}
    papers = [
        {
            "name": ": ".join(filter(None, [names.get(item.component, ""), item.text]))[:LONG],
            "originals": item.originals,
            "certified": item.certified,
            "plain": item.copies,
        }
        for item in request.items.order_by("id")[:MOST_PAPERS]
    ]
    desk = head.pop("desk")
    return head | whole(
        papers=papers,
        reason=request.reason,
        ground=request.ground,
        complete_by=request.deadline_at,
        lookup=settings.PUBLIC_ORIGIN,
        contact=_contact(actor, desk),
        officer=_officer(actor),
    )


def refusal(dossier: Dossier, *, reason: str, ground: str, actor: User, now: datetime) -> Data:
    """Form 03, with the reason in writing. NĐ 118/2025 Đ.17.1c"""
    head = _head(dossier, now)
    return head | whole(
        reasons=[{"text": reason.strip()[:LONG], "ground": ground.strip()[:TEXT]}],
        contact=_contact(actor, head["desk"]),
        filer=dossier.filer_name or dossier.owner_name,
        filer_signs=_filer_signs(dossier),
        officer=_officer(actor),
    )


def apology(extension: Extension, *, dossier: Dossier, actor: User, now: datetime) -> Data:
    """Form 04, of the organ itself: apology, reason and new date; numbered as Form 05 is. NĐ 118/2025 Đ.19.6"""
    head = _head(dossier, now)
    desk, made_on = head.pop("desk"), head.pop("made_on")
    head = {name: value for name, value in head.items() if name != "email"}
    made = head | whole(
        organ={"name": head["organ"]["above"]},
        accepted_at=dossier.accepted_at,
        field=dossier.version.field[:NAME],
        due_at=extension.old_due_at,
        reason=extension.reason,
        new_due_at=extension.new_due_at,
        contact=_contact(actor, desk),
        signature={"lines": _title_lines(actor, dossier, now), "name": _officer(actor)},
        issued={"number": str(dossier), "on": made_on},
    )
    made.setdefault("address", say("address_declared"))  # the layout asks for one
    return made


def breach_letter(dossier: Dossier, *, actor: User, now: datetime) -> Data:
    """The draft of a letter of apology when the promised moment has passed: its writer adds why and until when."""
    head = _head(dossier, now)
    organ = head["organ"]["above"]
    facts = {
        "organ": " ".join(organ),
        "dossier": str(dossier),
        "procedure": dossier.version.name_vi,
        "due": moment(dossier.due_at),
        "contact": say("contact", name=_officer(actor), desk=head["desk"]),
        "phone": settings.DESK_HOTLINE,
    }
    return {
        "organ": {"name": organ},
        "trial": head["trial"],
        "place": head["place"],
        "subject": say("breach_subject", dossier=str(dossier))[:LONG],
        "addressees": [dossier.owner_name],
        "paragraphs": [say(f"breach_{number}", **facts) for number in (1, 2, 3, 4)],
        "recipients": {"to": [say("breach_to")]},
        "signature": {"lines": _title_lines(actor, dossier, now), "name": _officer(actor)},
    }


def extension_reason(step: str) -> str:
    """How the reason of a later date begins, for the officer to finish."""
    return say("extension_reason", step=step)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a dossier ends without a result. `papers` and `fee` say what is given back, where that is not the rule."""

    before: State
    reason: str
    ground: str
    papers: str = ""
    fee: str = ""


def stop_notice(dossier: Dossier, ending: Ending, *, actor: Actor, now: datetime) -> Data:
    """Form 05, of the organ itself; it bears the number of the dossier, since no register numbers it. Đ.21.1, 21.3

    Where its citizen withdrew it, or nothing was supplemented in time, no officer signs: the desk tells it.
    """
    head = _head(dossier, now)
    desk, made_on = head.pop("desk"), head.pop("made_on")
    head = {name: value for name, value in head.items() if name not in REACHED}
    organ = head["organ"]["above"]
    officer = actor if isinstance(actor, User) and actor.is_officer else None
    by = say("stopped_by", name=_officer(officer), unit=" ".join(organ)) if officer else _asked_by(dossier, actor)
    lines = _title_lines(officer, dossier, now) if officer else [say("desk_signs")]
    return head | whole(
        organ={"name": organ},
        request={"by": by[:200], "at": now},
        stage=say(STAGES.get(ending.before, "stage_running")),
        decision=say("stop_decision", reason=ending.reason.strip()[:1500], ground=ending.ground.strip()[:TEXT]),
        returned_papers=ending.papers.strip()[:TEXT] or say("stop_papers", desk=desk),
        returned_fee=ending.fee.strip()[:TEXT] or say("stop_fee"),
        contact=_contact(officer, desk) if officer else {"name": desk[:NAME], "phone": settings.DESK_HOTLINE},
        signature={"lines": lines, "name": _officer(officer) if officer else desk[:NAME]},
        issued={"number": str(dossier), "on": made_on},
    )


def fee_receipt(
    receipt: FeeReceipt, *, account: CollectingAccount | None, dossier: Dossier, officer: User | None, now: datetime
) -> Data:
    """The numbered receipt of one payment. What a unit has not entered, such as its tax code, is left out."""
    head = _head(dossier, now)
    desk, payment = head.pop("desk"), receipt.payment
    name = money_rules_on(localdate(now)).name_of(dossier.version.field)
    return {key: value for key, value in head.items() if key not in {*REACHED, "principal"}} | whole(
        collector=desk,
        tax_code=account.tax_code if account else "",
        form=account.receipt_form if account else "",
        symbol=receipt.symbol,
        number=f"{receipt.number:07}",
        payer=receipt.payer_name,
        fee=name["name_vi"],
        kind=say(f"fee_kind_{name['kind']}"),
        amount=receipt.amount,
        way=say(f"fee_way_{payment.way}"),
        bank_key=payment.bank_key[:80],
        paid_at=payment.paid_at,
        officer=_officer(officer) if officer else "",
    )


def _asked_by(dossier: Dossier, actor: Actor) -> str:
    if isinstance(actor, System):
        return say("stopped_by_itself")
    return say("withdrawn_by", name=dossier.filer_name or dossier.owner_name)


def _head(dossier: Dossier, now: datetime) -> Data:
    """What all forms begin with. The unit is the one whose desk answers at this moment."""
    on = localdate(now)
    unit = version_at(dossier.responsible_unit_id, on)
    full = unit.full_name if unit else ""
    contact = dossier.contact
    return whole(
        organ={"above": list(organ_lines(full)), "name": say("desk_lines").split("|")},
        desk=say("desk", unit=full[:1].lower() + full[1:]),
        trial=settings.SIGNATURE_TRIAL_ALLOWED,
        place=unit.name[:60] if unit else "",
        made_on=on,
        dossier={"code": str(dossier), "address": address_of(dossier.pk)},
        principal=dossier.owner_name,
        address=address(dossier, contact, now)[:TEXT],
        phone=str(contact.get("phone") or "")[:40],
        email=str(contact.get("email") or ""),
        procedure=dossier.version.name_vi[:LONG],
    )


def whole(**values: Any) -> Data:
    """Without what nobody said."""
    return {key: value for key, value in values.items() if value not in ("", None)}


def _components(dossier: Dossier) -> Iterable[Component]:
    return Component.objects.filter(dossier=dossier).order_by("id")


def _is_handed_in(row: Component) -> bool:
    return row.proof in {Proof.ATTACHED, Proof.SHOWN, Proof.DATA}


def _paper(row: Component) -> Data:
    counted = {"originals": row.originals, "certified": row.certified, "plain": row.copies}
    note = {Proof.DATA.value: "from_data", Proof.SHOWN.value: "shown"}.get(row.proof, "")
    if not note and not any(counted.values()):
        note = "electronic"
    return whole(name=row.name, note=say(note) if note else "", **counted)


def address(dossier: Dossier, contact: Data, now: datetime, places: UnitsOn | None = None) -> str:
    """Where post goes, else where the person said to live. `places`: one for a whole list."""
    if contact.get("address"):
        return str(contact["address"])
    answers = dossier.answers
    for key in about.about(dossier.version.code).residence:
        said = answers.get(key)
        if isinstance(said, dict) and isinstance(said.get("unit"), int):
            place = (places or UnitsOn(localdate(now))).name(said["unit"]) or ""
            return ", ".join(filter(None, [str(said.get("detail") or ""), place]))
    return ""


def _number(dossier: Dossier) -> str:
    """Of the owner; a newborn has none yet, and then of whoever filed with an account."""
    number = dossier.owner_number
    if not number and dossier.filer_id:
        filer = Citizen.objects.filter(user=dossier.filer_id).first()
        number = filer.number if filer else ""
    return number[:40]


def _collect_at(dossier: Dossier, now: datetime) -> str:
    if dossier.return_channel == Channel.ONLINE:
        return say("collect_online")
    if dossier.return_channel == Channel.POST:
        return say("collect_post")
    unit = version_at(dossier.returning_unit_id, localdate(now))
    full = unit.full_name if unit else ""
    return say("desk", unit=full[:1].lower() + full[1:])


def _fee(dossier: Dossier) -> Data:
    """As it was assessed; where the desk has still to do that, the version's own word."""
    balance = balance_of(dossier)
    if balance.fee is None or balance.owed is None:
        return {"state": say("fee_rule")}
    if not balance.fee.amount:
        return {"amount": 0, "state": say("fee_exempt" if balance.fee.exemption else "fee_none")}
    return {"amount": balance.fee.amount, "state": say("fee_due" if balance.owed else "fee_paid")}


def _book(code: str) -> Data:
    """The electronic book of dossiers is one volume a year; a dossier stands in it under its day and its number."""
    day, number = code.rsplit("-", 2)[1:]
    return {"volume": f"20{day[:2]}", "number": f"{day}-{number}"}


def _filer_signs(dossier: Dossier) -> str:
    return say("filed_online" if dossier.channel == Channel.ONLINE else "filer_signs")


def _officer(actor: User) -> str:
    person = Person.objects.filter(user=actor).only("name").first()
    return (person.name if person else actor.username)[:NAME]


def _contact(actor: User, desk: str) -> Data:
    return {"name": say("contact", name=_officer(actor), desk=desk)[:NAME], "phone": settings.DESK_HOTLINE}


def _title_lines(actor: User, dossier: Dossier, now: datetime) -> list[str]:
    """NĐ 30/2020 PL I"""
    on = localdate(now)
    held = Assignment.objects.at_unit(dossier.competent_unit_id).on(on).filter(user=actor).select_related("post")
    found = held.order_by("id").first()
    if found is None:
        return [_officer(actor)]
    own = capacities.own_capacities(found.post.code, on)
    lines = capacities.lines(found.post.code, found.post.name, own[0], on) if own else []
    return lines or [found.post.name[:NAME]]


head_of = _head  # for the slips that go with paper
