"""A household business gets the certificate that the catalogue promises, from what was declared."""

import pytest

from documents.layouts import render as lay_out
from documents.models import Document
from documents.printing import data_of
from documents.states import DocumentState
from services.models import ProcedureVersion
from services.operations.proposing import propose_result
from tests.cast import Cast
from tests.services.build import Office
from tests.services.working import first_signer, real

NUMBER = "000098000045"


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("1.001612")


def test_the_certificate_says_who_where_and_what(office: Office) -> None:
    home = {"unit": office.people.home, "detail": "Thôn Một"}
    answers = {
        "founded_by": "family", "owner_name": "Giàng A Páo", "owner_birth_day": "1998-04-05", "owner_sex": "male",
        "owner_personal_number": NUMBER, "owner_ethnic_group": "Hmông", "owner_nationality": "Việt Nam",
        "owner_residence": home, "owner_phone": "0912000456", "business_name": "Quán Páo", "business_address": home,
        "capital": 50000000, "workers": 1, "lines": [{"line_name": "Bán lẻ", "line_code": "4711", "line_main": True}],
        "members": [
            {"member_name": "Vàng Thị Dở", "member_birth_day": "1999", "member_sex": "female",
             "member_personal_number": "000199000046", "member_residence": home},
        ],
    }  # fmt: skip
    dossier = propose_result(
        item=office.open_step(office.processing(answers=answers)),
        signer=first_signer(office.people, office.now),
        actor=office.people.specialist.user,
        now=office.tick(),
    )
    document = Document.objects.get(pk=dossier.result_document)
    assert (document.state, document.layout_code) == (DocumentState.CHECKED, "household-business")
    content = document.content
    assert (content["code"], content["name"], content["capital"]) == (NUMBER, "Quán Páo", 50000000)
    assert content["lines"] == [{"name": "Bán lẻ", "code": "4711", "is_main": True}]
    assert content["owner"]["born"] == "05/04/1998"
    assert content["members"][0]["residence"].startswith("Thôn Một, Phường An")
    assert lay_out(document.layout_code, data_of(document), on=document.layout_on).pdf.startswith(b"%PDF-")
