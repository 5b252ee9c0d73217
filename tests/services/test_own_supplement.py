"""A citizen supplements a dossier: thing by thing, then all of it at once."""

import json
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from portal.events.actors import System
from services.models import Attachment, Dossier, Message, Problem, Supplement
from services.operations import supplements
from services.operations.supplements import Missing
from services.states import RequestState, State
from tests.services.build import Office
from tests.services.own import Home, citizen, filed
from tests.services.test_supplements import NOTICE, ask
from tests.services.working import birth_answers, real

DAY = Missing(Problem.WRONG, "Ngày sinh chưa đúng giấy chứng sinh", pointer="/child_birth_day")


@pytest.fixture
def birth_office(office: Office) -> Office:
    office.version = real("1.000894", form_code="1.001193")
    return office


def picture(name: str = "giay-chung-sinh.png") -> SimpleUploadedFile:
    target = BytesIO()
    Image.new("RGB", (40, 40), "white").save(target, "PNG")
    return SimpleUploadedFile(name, target.getvalue(), "image/png")


def keep(home: Home, request: Supplement, number: int, **data: Any) -> Any:
    item = list(request.items.order_by("id"))[number]
    sent = {f"muc-{item.pk}-{name}": value for name, value in data.items()}
    return home.send("own-supplement-item", request.dossier_id, item.pk, token_of="-", **sent)


def asked(office: Office, *items: Missing) -> tuple[Home, Supplement]:
    user = citizen()
    dossier = filed(office, user, answers=birth_answers(office.people.home))
    return Home(user), ask(office, dossier, items=list(items))


def in_parts(home: Home, file: SimpleUploadedFile) -> str:
    """The id of a file that a script has sent before the form."""
    content = file.read()
    told = {"name": file.name, "type": file.content_type, "size": len(content), "sha256": sha256(content).hexdigest()}
    begun = home.client.post(reverse("documents:upload"), json.dumps(told), "application/octet-stream").json()
    sent = home.client.post(f"{begun['url']}0/", content, "application/octet-stream")
    assert sent.json()["received"] == len(content)
    return str(begun["id"])


def test_a_paper_that_a_script_sent_in_parts_is_taken_with_the_form(birth_office: Office) -> None:
    home, request = asked(birth_office, NOTICE)
    upload = in_parts(home, picture("tu-dien-thoai.png"))
    assert keep(home, request, 0, **{"files-sent": upload}).status_code == 302
    assert Attachment.objects.filter(component__key="birth_notice", replaced_at=None).count() == 1
    assert "tu-dien-thoai.png" in home.page("own-supplement", request.dossier_id)
    for gone in (upload, "x"):
        assert keep(home, request, 0, **{"files-sent": gone}).status_code == 400


def test_a_paper_and_an_answer_are_kept_one_by_one_and_sent_together(birth_office: Office) -> None:
    home, request = asked(birth_office, NOTICE, DAY)
    told = home.page("own-supplement", request.dossier_id)
    assert NOTICE.text in told
    assert "Gửi phần bổ sung" not in told
    assert keep(home, request, 0, files=picture()).status_code == 302
    assert Attachment.objects.filter(component__key="birth_notice", replaced_at=None).count() == 1
    assert "giay-chung-sinh.png" in home.page("own-supplement", request.dossier_id)
    assert keep(home, request, 1, value_0="8", value_1="11", value_2="2026").status_code == 302
    dossier = Dossier.objects.get(pk=request.dossier_id)
    assert dossier.answers["child_birth_day"] == "2026-11-08"
    assert dossier.answers["child_name"] == "Giàng Thị Nhuẫn"
    assert dossier.state == State.SUPPLEMENT
    response = home.send("own-supplement", request.dossier_id)
    assert response.status_code == 302
    assert Dossier.objects.get(pk=request.dossier_id).state == State.SUBMITTED


def test_an_answer_about_one_row_lands_in_that_row_alone(office: Office) -> None:
    office.version = real("1.000894", form_code="2.000815")
    rows = [{"title": "Bằng tốt nghiệp", "pages": 2, "copies": 1}, {"title": "Sổ", "pages": 4, "copies": 2}]
    user = citizen()
    dossier = filed(office, user, answers={"documents": rows, "copy_form": ["paper"]})
    wanted = Missing(Problem.UNCLEAR, "Ghi rõ tên giấy tờ", pointer="/documents/1/title")
    home, request = Home(user), ask(office, dossier, items=[wanted])
    assert keep(home, request, 0, value="Sổ hộ khẩu").status_code == 302
    after = Dossier.objects.get(pk=dossier.pk).answers
    assert after == {"documents": [rows[0], {**rows[1], "title": "Sổ hộ khẩu"}], "copy_form": ["paper"]}


def test_a_wrong_answer_stands_at_its_field_and_is_not_kept(birth_office: Office) -> None:
    home, request = asked(birth_office, DAY)
    response = keep(home, request, 0, value_0="8", value_1="11", value_2="2099")
    assert response.status_code == 400
    assert 'value="2099"' in response.content.decode()
    assert Dossier.objects.get(pk=request.dossier_id).answers["child_birth_day"] == "2026-11-07"
    assert request.items.get().answered_at is None


def test_a_file_of_another_kind_is_refused_in_words(birth_office: Office) -> None:
    home, request = asked(birth_office, NOTICE)
    assert keep(home, request, 0).status_code == 400
    wrong = SimpleUploadedFile("a.png", b"MZ\x90\x00 no picture", "image/png")
    assert keep(home, request, 0, files=wrong).status_code == 400
    assert request.items.get().answered_at is None


def test_what_has_no_field_is_answered_in_words(office: Office) -> None:
    home, request = asked(office, Missing(Problem.UNCLEAR, "Ghi rõ quan hệ với trẻ", pointer="/khong-co"))
    assert keep(home, request, 0, text="Tôi là mẹ cháu").status_code == 302
    assert Message.objects.get(dossier=request.dossier_id).text == "Tôi là mẹ cháu"
    assert request.items.get().answered_at is not None


def test_sending_too_early_is_refused(birth_office: Office) -> None:
    home, request = asked(birth_office, NOTICE, DAY)
    keep(home, request, 0, files=picture())
    token = home.client.get(f"/ho-so-cua-toi/{request.dossier_id}/bo-sung/")
    assert "form_token" not in token.content.decode()
    response = home.send("own-supplement", request.dossier_id, token_of="-")
    assert response.status_code == 400
    assert Dossier.objects.get(pk=request.dossier_id).state == State.SUPPLEMENT


def test_what_was_kept_can_be_replaced_before_it_is_sent(birth_office: Office) -> None:
    home, request = asked(birth_office, NOTICE)
    keep(home, request, 0, files=picture("mot.png"))
    item = request.items.get()
    assert (
        f"muc-{item.pk}-files"
        in home.get("own-supplement", request.dossier_id, query=f"?thay={item.pk}").content.decode()
    )
    keep(home, request, 0, files=picture("hai.png"))
    told = home.page("own-supplement", request.dossier_id)
    assert "hai.png" in told
    assert "mot.png" not in told


def test_each_end_has_its_own_page(birth_office: Office) -> None:
    home, request = asked(birth_office, NOTICE)
    keep(home, request, 0, files=picture())
    home.send("own-supplement", request.dossier_id)
    assert "đã được gửi" in home.page("own-supplement", request.dossier_id, status=409)
    assert keep(home, request, 0, files=picture()).status_code == 409


def test_after_the_deadline_it_says_that_it_was_closed(birth_office: Office) -> None:
    home, request = asked(birth_office, NOTICE)
    late = request.deadline_at + timedelta(seconds=1)
    supplements.expire_supplement(dossier=request.dossier, actor=System.SCHEDULE, now=late)
    request.refresh_from_db()
    assert request.state == RequestState.EXPIRED
    assert "hết thời hạn" in home.page("own-supplement", request.dossier_id, status=409)


def test_nothing_asked_says_so(office: Office) -> None:
    user = citizen()
    home, dossier = Home(user), filed(office, user)
    assert "Không có yêu cầu" in home.page("own-supplement", dossier.pk, status=409)


def test_an_item_of_another_dossier_does_not_exist_here(birth_office: Office) -> None:
    home, request = asked(birth_office, NOTICE)
    _other, foreign = Home(user := citizen("khac")), ask(birth_office, filed(birth_office, user), items=[NOTICE])
    item = foreign.items.get()
    assert home.send("own-supplement-item", request.dossier_id, item.pk, token_of="-").status_code == 404


def test_the_page_costs_few_statements(birth_office: Office) -> None:
    home, request = asked(birth_office, NOTICE, DAY)
    home.page("own-supplement", request.dossier_id)
    with CaptureQueriesContext(connection) as seen:
        home.page("own-supplement", request.dossier_id)
    told = [one["sql"] for one in seen.captured_queries if one["sql"].startswith("SELECT")]
    assert len(told) <= 12, "\n".join(sql[:120] for sql in told)
