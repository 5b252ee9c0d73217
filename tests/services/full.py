"""A birth with something of everything: requests, files, forms, messages, notes, registers, units, a draft."""

from portal.accounts.models import User
from services.kinds import Channel
from services.models import Dossier, Moment, Proof, SubjectKind
from services.operations import citizen as deeds
from services.operations import confirming, processing, reception, supplements
from services.operations.evidence import Subject, Wish, begin_question, keep_answer
from services.sources import Found, Query, SourceKey, Who, Why
from services.states import Stage
from tests.services.build import Office
from tests.services.confirming import propose
from tests.services.own import Home
from tests.services.test_own_supplement import keep, picture
from tests.services.test_supplements import NOTICE, ask
from tests.services.working import birth_answers


def everything(office: Office, filer: User) -> Dossier:
    """With the real form of a birth. Its draft was objected to; it can be corrected and proposed again."""
    desk, pao, people = office.people.desk_officer.user, office.people.specialist.user, office.people
    answers = birth_answers(people.home) | {
        "hometown": {"unit": people.neighbour},
        "mother_residence": {"unit": people.elsewhere, "detail": "Thôn Na Áng"},
    }
    dossier = office.submitted(filer=filer, channel=Channel.ONLINE, assisted_by=None, level=2, answers=answers)
    _ask_registers(office, dossier)
    request = ask(office, dossier, items=[NOTICE])
    assert keep(Home(filer), request, 0, files=picture()).status_code == 302
    supplements.complete_supplement(dossier=dossier, actor=filer, now=office.tick())
    reception.check_component(
        dossier=dossier, key="birth_notice", proof=Proof.ATTACHED, counts=(0, 0, 1), note="rõ", actor=desk,
        now=office.tick(),
    )  # fmt: skip
    dossier = reception.accept(dossier=office.again(dossier), actor=desk, now=office.tick())
    deeds.send_message(dossier=dossier, text="Bao giờ xong ạ?", actor=filer, now=office.tick())
    deeds.send_message(dossier=dossier, text="Thứ Sáu, ông/bà nhé.", actor=desk, now=office.tick())
    deeds.write_note(dossier=dossier, text="Đã gọi trạm y tế", actor=pao, now=office.tick())
    deeds.rate(dossier=dossier, moment=Moment.RECEIPT, score=5, text="Tốt", actor=filer, now=office.tick())
    processing.take_step(item=office.open_step(dossier), actor=pao, now=office.tick())
    dossier = office.again(propose(office, office.again(dossier)))
    assert dossier.stage == Stage.AWAITING_CITIZEN
    confirming.object_to_draft(dossier=dossier, text="Sai ngày sinh", actor=filer, now=office.tick())
    return office.again(dossier)


def _ask_registers(office: Office, dossier: Dossier) -> None:
    subject = Subject(SubjectKind.DOSSIER, dossier.pk, dossier.filer_id, tuple(sorted(dossier.unit_ids())))
    who = Who("000100000021", "Vàng Thị Dở", None)
    wish = Wish(SourceKey.POPULATION, Query.PERSON, who, "person", Why.PREFILL, fields=("name",))
    asked = begin_question(
        subject=subject, wish=wish, later=False, actor=office.people.desk_officer.user, now=office.now
    )
    found = Found(SourceKey.POPULATION, "REF-1", office.now, {"name": "Vàng Thị Dở"})
    keep_answer(evidence_id=asked.pk, answer=found, unit=None, actor=office.people.desk_officer.user, now=office.tick())
