"""One filing that joins birth, residence and health card: birth at An, residence at Đông, the card in the province."""

from typing import Any

from services.kinds import Channel
from services.models import Dossier, ProcedureVersion
from services.operations.moving import step as move
from services.operations.results import decide, hand_out, note_proposal
from services.queries.joined import parts_of
from services.states import Action
from tests.services.build import PARTS, Office, version_of
from tests.services.working import birth_answers, real, requester

CASES = [{"key": "case_1", "condition_vi": "Yêu cầu hoàn thiện", "value": 2, "unit": "working_day", "mode": "add"}]
LIMIT = {"value": 20, "unit": "working_day", "cases": CASES}


def versions() -> ProcedureVersion:
    """All that the joined procedure needs in the catalogue; the answer is the joined one."""
    real("1.001193")
    version_of("1.004222", name_vi="Đăng ký thường trú")
    version_of("1.001939", name_vi="Cấp thẻ bảo hiểm y tế")
    return real("2.000986", name_vi="Liên thông khai sinh, thường trú, thẻ BHYT", parts=PARTS | {"limit": LIMIT})


def answers(office: Office) -> dict[str, Any]:
    people = office.people
    return {
        **birth_answers(people.home),
        **requester(people.home),
        "child_personal_number": "001326900001",
        "child_residence": {"unit": people.neighbour, "detail": "Thôn Pả Chư Tỷ"},
        "household_head": "Vàng Seo Lử",
        "household_other": False,
        "insurance_facility": "Trạm Y tế xã An",
    }


def joined(office: Office, **more: Any) -> Dossier:
    """Accepted, so its parts are on their way."""
    return office.again(office.accepted(answers=answers(office), channel=Channel.DESK, **more))


def part(dossier: Dossier, key: str) -> Dossier:
    return next(row.dossier for row in parts_of(dossier) if row.key == key)


def finish(office: Office, dossier: Dossier) -> Dossier:
    """With its result, which is handed out."""
    user, document = office.people.specialist.user, dossier.pk
    move(dossier, Action.START, actor=user, now=office.tick())
    note_proposal(dossier=dossier, document_id=document, item=office.open_step(dossier), actor=user, now=office.tick())
    decide(dossier_id=dossier.pk, document_id=document, actor=user, now=office.tick())
    desk = office.people.desk_officer.user
    return hand_out(dossier=dossier, channel=Channel.DESK, receiver="Vàng Thị Dở", actor=desk, now=office.tick())
