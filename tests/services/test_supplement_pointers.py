"""An answer in a row is asked for by a pointer that fits the answers, and what the filer says lands there."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.declarations import read
from services.declarations.pointers import NoSuchAnswerError, answer_at, asked_at, merged, pointer_to
from services.errors import WrongStateError
from services.models import Dossier, Problem, ProcedureVersion, Supplement
from services.operations import supplements
from services.operations.supplements import Missing
from tests.cast import Cast
from tests.services.build import Office
from tests.services.desk import Desk
from tests.services.working import real

CHILDREN = [{"child_name": "Giàng A Sùng", "child_birth_day": "2020"}, {"child_name": "Giàng Thị Sao"}]
ANSWERS: dict[str, Any] = {"category": "single_parent", "children": CHILDREN, "requester_name": "Vàng Thị Dở"}
SECOND = "/children/1/child_name"


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("1.001776")


def asked(office: Office, pointer: str) -> Dossier:
    dossier = office.submitted(answers=ANSWERS)
    supplements.ask_supplement(
        dossier=dossier,
        items=[Missing(Problem.WRONG, "Viết theo giấy khai sinh", pointer=pointer)],
        reason="Tên con chưa đúng",
        ground="NĐ 118/2025 Đ.16.3",
        actor=office.people.desk_officer.user,
        now=office.tick(),
    )
    return dossier


def answer(office: Office, dossier: Dossier, said: dict[str, Any]) -> None:
    item = Supplement.objects.get(dossier=dossier).items.get()
    supplements.answer_item(item=item, answer=said, actor=office.people.desk_officer.user, now=office.tick())


def test_the_desk_asks_for_the_name_of_the_second_child(office: Office) -> None:
    dossier = office.submitted(answers=ANSWERS)
    desk = Desk(office.people.desk_officer)
    page = desk.page("desk-supplement", dossier)
    assert "answer-children-1-child_name-problem" in page
    assert "Con 2, Họ, chữ đệm, tên của con: Giàng Thị Sao" in page
    told = {"reason": "Tên con chưa đúng", "answer-children-1-child_name-problem": "wrong"}
    told |= {"answer-children-1-child_name-text": "Viết theo giấy khai sinh", "ground": "NĐ 118/2025 Đ.16.3"}
    sent = desk.send("desk-supplement", dossier, page=page, **told)
    assert sent.status_code == 302, sent.content.decode()
    assert Supplement.objects.get(dossier=dossier).items.get().pointer == SECOND


def test_what_is_answered_lands_in_its_row(office: Office) -> None:
    dossier = asked(office, SECOND)
    answer(office, dossier, {"child_name": "Giàng Thị Xao"})
    kept = office.again(dossier).answers
    assert kept["children"] == [CHILDREN[0], {"child_name": "Giàng Thị Xao"}]
    assert {**kept, "children": 0} == {**ANSWERS, "children": 0}


def test_an_answer_outside_of_rows_lands_on_top(office: Office) -> None:
    dossier = asked(office, "/requester_name")
    answer(office, dossier, {"requester_name": "Vàng Thị Dợ"})
    assert office.again(dossier).answers["requester_name"] == "Vàng Thị Dợ"


def test_a_row_that_is_not_there_is_refused(office: Office) -> None:
    dossier = asked(office, "/children/7/child_name")
    with pytest.raises(WrongStateError):
        answer(office, dossier, {"child_name": "Giàng Thị Xao"})


def test_a_pointer_leads_to_its_question(version: ProcedureVersion) -> None:
    definition = read(version.form.definition)
    page, question = asked_at(definition, SECOND)
    assert (page.key, question.key) == ("children", "child_name")
    for wrong in (
        "/children/0/nothing",
        "/child_name",
        "/nothing/0/child_name",
        "child_name",
        "/children/x/child_name",
    ):
        with pytest.raises(NoSuchAnswerError):
            asked_at(definition, wrong)


@given(
    rows=st.lists(st.dictionaries(st.sampled_from("abc"), st.integers()), min_size=1, max_size=5),
    data=st.data(),
    value=st.text(max_size=5),
)
def test_only_the_row_of_the_pointer_changes(rows: list[dict[str, int]], data: st.DataObject, value: str) -> None:
    row = data.draw(st.integers(0, len(rows) - 1))
    answers = {"rows": rows, "a": "on top"}
    pointer = pointer_to("a", rows="rows", row=row)
    after = merged(answers, pointer, {"a": value})
    assert answer_at(after, pointer) == value
    assert [one for number, one in enumerate(after["rows"]) if number != row] == [
        one for number, one in enumerate(rows) if number != row
    ]
    assert after["a"] == "on top"
