"""One filing, several procedures: asked once, worked on in parts, one joint due moment, ended part by part."""

import pytest
from django.utils.timezone import localdate, localtime

from portal.events import Event
from portal.events.actors import System
from portal.isolation import use
from services import errors
from services.interlinked import joined_on
from services.kinds import Channel
from services.models import (
    Attachment,
    Component,
    Dossier,
    Handover,
    LinkedPart,
    PaperNumber,
    ProcedureVersion,
    Proof,
    WorkItem,
)
from services.operations.citizen import stop, withdraw
from services.operations.filing import Places
from services.operations.joining import choose_joint_limit, settle
from services.operations.moving import PART_ENDED
from services.operations.outage import accept_on_paper, set_numbers_aside
from services.policies import abilities
from services.queries.joined import joined_dossier, parts_of
from services.states import State
from staff.scopes import scope_of
from tests.cast import Cast
from tests.services.build import Office
from tests.services.consulting import neighbour
from tests.services.joined import answers, finish, joined, part, versions
from tests.services.own import citizen
from tests.services.test_supplements import ask
from tests.services.working import work_off


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return versions()


def test_each_part_goes_to_the_organ_that_decides_on_it(office: Office) -> None:
    people = office.people
    whole = joined(office)
    assert whole.state == State.PROCESSING
    assert [(row.key, row.dossier.competent_unit_id) for row in parts_of(whole)] == [
        ("birth", people.home), ("residence", people.neighbour), ("health-card", people.province),
    ]  # fmt: skip
    assert not WorkItem.objects.of(whole).exists()
    for row in parts_of(whole):
        one = row.dossier
        assert (one.state, one.receiving_unit_id, one.due_at) == (State.ACCEPTED, people.home, whole.due_at)
        assert one.code.startswith("H01.00001-")  # of the desk that received it, whoever decides
        assert WorkItem.objects.of(one).open().get().unit_id == one.competent_unit_id
    going = Handover.objects.in_transit().filter(what="dossier").values_list("to_unit", flat=True)
    assert sorted(going) == sorted([people.neighbour, people.province])
    assert f"{localtime(whole.due_at):%Y-%m-%d %H:%M}" == "2026-12-15 17:00"  # 20 working days; 24/11 is a holiday


def test_what_was_said_once_is_not_asked_again(office: Office) -> None:
    whole = joined(office)
    birth, residence, card = (part(whole, key) for key in ("birth", "residence", "health-card"))
    assert birth.answers["mother_name"] == "Vàng Thị Dở"
    assert not {"insurance_facility", "household_head"} & set(birth.answers)
    said = residence.answers
    assert said["principal_name"] == "Giàng Thị Nhuẫn"
    assert "Thôn Pả Chư Tỷ" in said["request"]
    assert "07/11/2026" in said["request"]
    assert not {"mother_name", "father_name", "insurance_facility"} & set(said)
    assert "Trạm Y tế xã An" in card.answers["request"]
    for one in (birth, residence, card):
        assert not Component.objects.filter(dossier=one, checked_at=None).exists()
    assert Component.objects.get(dossier=birth, key="birth_notice").proof == Proof.ATTACHED
    assert Attachment.objects.filter(component__dossier=whole).count() == 0


def test_each_organ_sees_its_part_alone(office: Office) -> None:
    member = neighbour(office)
    with use(scope_of(office.people.desk_officer.user)):
        whole = joined(office)
    with use(scope_of(member.user)):
        (seen,) = Dossier.objects.all()
        assert seen.pk != whole.pk
        assert joined_dossier(seen) is None
        (row,) = LinkedPart.objects.all()
        assert (row.key, row.dossier_id) == ("residence", seen.pk)


def test_what_is_missing_is_asked_for_in_its_part(office: Office) -> None:
    """Else the whole would wait, lapse or end on its own while its parts go on."""
    whole, specialist = joined(office), office.people.specialist.user
    with pytest.raises(errors.AskInPartError):
        ask(office, whole, actor=specialist)
    assert not abilities(specialist, whole)["ask_supplement"]
    assert office.again(whole).state == State.PROCESSING


def test_its_citizen_and_its_desk_see_all_of_them(office: Office) -> None:
    filer = citizen()
    whole = joined(office, filer=filer)
    for user in (filer, office.people.desk_officer.user):
        with use(scope_of(user)):
            assert [row.key for row in parts_of(whole)] == ["birth", "residence", "health-card"]


def test_results_come_one_by_one_and_the_last_ends_the_whole(office: Office) -> None:
    whole = joined(office)
    for number, key in enumerate(("birth", "residence", "health-card"), start=1):
        finish(office, part(whole, key))
        work_off(office.tick(), PART_ENDED)
        told = Event.objects.filter(name="services.dossier.part_ended", subject_id=str(whole.pk))
        assert told.count() == number
        expected = State.RETURNED if number == 3 else State.PROCESSING
        assert office.again(whole).state == expected
    again = office.again(whole)
    assert again.closed_at
    settle(joined=again, part=part(whole, "birth"), actor=System.RELAY, now=office.tick())
    assert Event.objects.filter(name="services.dossier.part_ended").count() == 3


def test_a_part_is_withdrawn_alone(office: Office) -> None:
    whole, desk = joined(office), office.people.desk_officer.user
    withdraw(dossier=part(whole, "health-card"), reason="Đã có thẻ", actor=desk, now=office.tick())
    work_off(office.tick(), PART_ENDED)
    assert office.again(whole).state == State.PROCESSING
    for key in ("birth", "residence"):
        finish(office, part(whole, key))
        work_off(office.tick(), PART_ENDED)
    assert office.again(whole).state == State.RETURNED


def test_the_whole_is_withdrawn_with_what_is_open(office: Office) -> None:
    whole, desk = joined(office), office.people.desk_officer.user
    finish(office, part(whole, "birth"))
    withdraw(dossier=whole, reason="Đổi ý", actor=desk, now=office.tick())
    assert [row.dossier.state for row in parts_of(whole)] == ["returned", "withdrawn", "withdrawn"]
    work_off(office.tick(), PART_ENDED)
    assert office.again(whole).state == State.WITHDRAWN


def test_without_any_result_it_ends_as_its_parts_did(office: Office) -> None:
    whole, desk = joined(office), office.people.desk_officer.user
    for row in parts_of(whole):
        withdraw(dossier=row.dossier, reason="Đổi ý", actor=desk, now=office.tick())
    work_off(office.tick(), PART_ENDED)
    assert office.again(whole).state == State.WITHDRAWN


def test_the_whole_is_not_stopped_over_its_parts(office: Office) -> None:
    whole = joined(office)
    with pytest.raises(errors.PartsOpenError):
        stop(
            dossier=whole, reason="x", ground="NĐ 118/2025 Đ.21.3", actor=office.people.specialist.user,
            now=office.tick(),
        )  # fmt: skip


def test_a_case_of_the_law_moves_the_joint_due_moment_of_all(office: Office) -> None:
    whole, desk = joined(office), office.people.desk_officer.user
    before = whole.due_at
    given = {"joined": whole, "reason": "Công an yêu cầu hoàn thiện", "now": office.tick()}
    with pytest.raises(errors.NotAllowedError):
        choose_joint_limit(limit_case="case_1", actor=office.people.specialist.user, **given)  # type: ignore[arg-type]  # its parts
    with pytest.raises(errors.WrongStateError):
        choose_joint_limit(limit_case="case_9", actor=desk, **given)  # type: ignore[arg-type]  # the same
    after = choose_joint_limit(limit_case="case_1", actor=desk, **given)  # type: ignore[arg-type]  # the same
    assert before
    assert after.due_at
    assert f"{localtime(after.due_at):%Y-%m-%d}" == "2026-12-17"
    assert {row.dossier.due_at for row in parts_of(whole)} == {after.due_at}


def test_other_procedures_stand_alone(office: Office) -> None:
    assert joined_on("1.001193", office.now.date()) is None
    assert joined_on("2.000986", office.now.date().replace(year=2020)) is None


def test_received_on_paper_it_bears_a_code_of_the_desk_that_receives(office: Office) -> None:
    """NĐ 118/2025 Đ.28.2a, though another commune decides on the first part."""
    people, desk = office.people, office.people.desk_officer.user
    set_numbers_aside(
        unit_id=people.home, day=localdate(office.now), count=1, reason="Mất điện", actor=desk, now=office.tick()
    )
    number, places = PaperNumber.objects.get(), Places(people.home, people.neighbour, people.home)
    filed = office.submitted(answers=answers(office), channel=Channel.DESK, places=places)
    whole = accept_on_paper(
        dossier=office.checked(filed), number=number, received_at=office.now, proof="Tập mất điện, tờ 1", actor=desk,
        now=office.tick(),
    )  # fmt: skip
    number.refresh_from_db()
    assert (whole.code, number.state) == (number.code, "used")
