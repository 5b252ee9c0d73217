"""The public pages of the catalogue."""

import html
import json
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from services.models import Procedure, ProcedureVersion

pytestmark = pytest.mark.usefixtures("catalogue")


def get(path: str, status: int = 200, **query: str) -> HttpResponse:
    response: HttpResponse = Client().get(path, query)
    assert response.status_code == status
    return response


def words(response: HttpResponse) -> str:
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main[0])))


def test_the_list_shows_all_in_pages() -> None:
    first = get("/thu-tuc/")
    assert "Tất cả 573 thủ tục" in words(first)
    assert "page=2" in first.content.decode()
    assert "trang 2" in get("/thu-tuc/", page="2").content.decode()
    assert get("/thu-tuc/", page="99999999").status_code == 200


def test_a_search_keeps_what_was_asked() -> None:
    response = get("/thu-tuc/", q="khai sinh", truc_tuyen="on")
    assert 'value="khai sinh"' in response.content.decode()
    assert "Đăng ký khai sinh" in words(response)


def test_a_search_without_result_shows_a_way_on() -> None:
    assert "Không tìm thấy" in words(get("/thu-tuc/", q="zzzz"))


def test_a_filter_that_does_not_exist_is_refused_in_words() -> None:
    told = words(get("/thu-tuc/", 400, linh_vuc="Chiêm tinh"))
    assert "Hãy chọn một mục có trong danh sách." in told


def test_a_procedure_shows_all_published_parts() -> None:
    told = words(get("/thu-tuc/1.001193/"))
    for part in (
        "Trong ngày; nhận từ 15 giờ", "Miễn phí", "Công dân Việt Nam", "Ủy ban nhân dân cấp xã", "Giấy chứng sinh",
        "Không phải nộp khi đã có trong giấy chứng sinh điện tử", "Nộp thay cho: Giấy chứng sinh", "Qua bưu chính",
        "KQ.G15.000031", "Luật Hộ tịch 60/2014/QH13", "60 ngày kể từ ngày sinh con", "163/QĐ-BTP", "Chưa đối chiếu",
        "Số bộ hồ sơ", "Trình tự thực hiện", "Mẫu đơn, tờ khai",
    ):  # fmt: skip
        assert part in told


@pytest.mark.parametrize("code", sorted(["1.001776", "2.000815", "1.001612", "2.000986", "2.001159", "1.000005"]))
def test_every_kind_of_procedure_has_a_page_in_both_languages(code: str) -> None:
    assert get(f"/thu-tuc/{code}/").status_code == 200
    assert get(f"/en/thu-tuc/{code}/").status_code == 200


def test_a_part_that_nobody_entered_is_not_said_to_be_empty() -> None:
    told = words(get("/thu-tuc/2.000815/"))
    assert told.count("Chưa được nhập tại đây.") == 2  # conditions and forms
    assert "yêu cầu, điều kiện" in told


def test_what_another_system_files_leads_there() -> None:
    assert 'href="https://dichvucong.gov.vn/"' in get("/thu-tuc/1.004222/").content.decode()


def test_an_earlier_day_is_shown_with_a_warning() -> None:
    assert "không có hiệu lực vào ngày 01/01/2026" in words(get("/thu-tuc/1.001193/", ngay="2026-01-01"))
    assert "không có hiệu lực" not in words(get("/thu-tuc/1.001193/", ngay="hom-qua"))


def test_no_such_procedure_is_said_in_words() -> None:
    assert "9.999999" in words(get("/thu-tuc/9.999999/", 404))


@pytest.mark.parametrize("code", ["1.001193", "1.000005"])
def test_linked_data_has_what_cpsv_ap_demands(code: str) -> None:
    response = get(f"/thu-tuc/{code}.jsonld")
    assert response["Content-Type"] == "application/ld+json"
    body = json.loads(response.content)
    assert {"dct:identifier", "dct:title", "dct:description", "cv:hasCompetentAuthority"} <= set(body)
    assert body["cv:hasCompetentAuthority"]["dct:spatial"]["@type"] == "dct:Location"
    for name in ("cv:hasChannel", "cv:hasCost", "cpsv:hasInput", "cpsv:produces"):
        assert all(row["dct:identifier"] for row in body.get(name, []))


def test_pages_may_be_cached_by_everybody_without_a_session() -> None:
    assert "public" in get("/thu-tuc/1.001193/")["Cache-Control"]


def test_pages_ask_little(django_assert_max_num_queries: object) -> None:
    for path in ("/thu-tuc/?q=khai+sinh", "/thu-tuc/1.001193/"):
        with django_assert_max_num_queries(10):  # type: ignore[operator]  # pytest-django's fixture
            Client().get(path)


def test_an_event_of_life_leads_to_its_procedures() -> None:
    assert 'href="/thu-tuc/?su_kien=sinh-con"' in get("/su-kien/sinh-con/").content.decode()
    assert 'href="/thu-tuc/"' in get("/").content.decode()


def test_all_procedures_are_there_in_full_or_in_name() -> None:
    assert ProcedureVersion.objects.filter(in_name=False).count() == 25
    assert ProcedureVersion.objects.filter(in_name=True).count() == 572 - 24
    assert Procedure.objects.count() == 573
    assert set(ProcedureVersion.objects.get(procedure__code="1.001776").unverified) >= {"limit", "decision"}
