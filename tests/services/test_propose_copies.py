"""Copies that were compared with their originals get the words that say so, and no decision."""

import pytest

from documents.layouts import render as lay_out
from documents.models import Document
from documents.printing import data_of
from documents.states import DocumentState
from services.models import ProcedureVersion
from services.operations.proposing import propose_result
from services.states import Stage
from tests.cast import Cast
from tests.services.build import Office
from tests.services.working import first_signer, real

ANSWERS = {
    "documents": [
        {"title": "Bằng tốt nghiệp", "issuer": "Sở Giáo dục và Đào tạo", "pages": 2, "copies": 3},
        {"title": "Học bạ", "pages": 12, "copies": 1},
    ],
    "copy_form": ["paper"],
    "requester_name": "Đặng Thị Lan",
    "requester_personal_number": "000145000019",
    "requester_phone": "0912000323",
}


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("2.000815")


def test_the_words_name_each_original_and_go_straight_to_their_signer(office: Office) -> None:
    dossier = office.processing(answers=ANSWERS)
    dossier = propose_result(
        item=office.open_step(dossier),
        signer=first_signer(office.people, office.now),
        actor=office.people.specialist.user,
        now=office.tick(),
    )
    document = Document.objects.get(pk=dossier.result_document)
    assert (document.state, document.layout_code, document.type_code) == (
        DocumentState.CHECKED, "copy-statement", "copy-statement",
    )  # fmt: skip
    assert dossier.stage == Stage.AWAITING_SIGNATURE
    assert document.content["papers"] == [
        {"name": "Bằng tốt nghiệp", "issued_by": "Sở Giáo dục và Đào tạo", "pages": 2, "copies": 3},
        {"name": "Học bạ", "pages": 12, "copies": 1},
    ]
    assert document.content["book"] == f"01/{office.now.year}"
    assert lay_out(document.layout_code, data_of(document), on=document.layout_on).pdf.startswith(b"%PDF-")
