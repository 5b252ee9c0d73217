"""The public pages of units, on the whole country."""

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from units.models import UnitVersion
from units.queries import bearer
from units.queries.counts import changed_between, changes_between, dissolved_between, formed_between

pytestmark = pytest.mark.usefixtures("whole_country")
OLD, TODAY = "2025-06-30", "2026-11-22"


def get(path: str, **query: str) -> HttpResponse:
    response: HttpResponse = Client().get(path, query)
    return response


def words(response: HttpResponse) -> str:
    """What a reader of the main part sees."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main[0])))


def unit(code: str, on: str = OLD) -> int:
    return bearer(code, date.fromisoformat(on)).pk


def test_the_tree_counts_what_there_is_on_a_day() -> None:
    told = words(get("/don-vi/", ngay=TODAY))
    assert "34 (25 tỉnh, 9 thành phố)" in told
    assert "3.321 (2.599 xã, 709 phường, 13 đặc khu)" in told
    assert "Thành phố Quảng Ninh" in told


def test_the_tree_before_the_reform_has_districts() -> None:
    told = words(get("/don-vi/", ngay=OLD))
    assert "63 (57 tỉnh, 6 thành phố)" in told
    assert "696 (" in told
    assert "10.035 (" in told


def test_the_tree_speaks_english_too() -> None:
    told = words(get("/en/don-vi/", ngay=TODAY))
    assert "Administrative units" in told
    assert "3,321" in told


def test_a_day_to_come_is_said_to_be_one() -> None:
    assert "chưa tới" in words(get("/don-vi/", ngay="2100-01-01"))


def test_the_search_finds_old_names_and_says_what_they_are_now() -> None:
    told = words(get("/don-vi/", q="truc bach"))
    assert "Phường Trúc Bạch" in told
    assert "Nay là Phường Ba Đình, Thành phố Hà Nội" in told


def test_the_search_goes_on_page_by_page() -> None:
    first = get("/don-vi/", q="tan")
    [following] = re.findall(r'href="([^"]+)" rel="next"', first.content.decode())
    second = Client().get(html.unescape(following))
    assert second.status_code == 200
    assert not set(re.findall(r"/don-vi/\d+/", first.content.decode())) & set(
        re.findall(r"/don-vi/\d+/", second.content.decode())
    )


def test_a_search_without_result_keeps_what_was_typed_and_shows_ways_on() -> None:
    response = get("/don-vi/", q="zzzz")
    assert response.status_code == 200
    assert 'value="zzzz"' in response.content.decode()
    assert "Không tìm thấy “zzzz”" in words(response)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"q": ""}, "Nhập tên hoặc mã cần tìm."),
        ({"q": "!!!"}, "Nhập ít nhất một chữ cái hoặc chữ số của tên."),
        ({"q": "x" * 10_000}, "ông/bà đã nhập 10000 ký tự"),
        ({"ngay": "2025-02-31"}, "Nhập một ngày có thật"),
        ({"ngay": "hôm qua"}, "Nhập một ngày có thật"),
        ({"ngay": "2025-06-29"}, "Dữ liệu bắt đầu từ ngày 30/06/2025"),
        ({"ngay": "0001-01-01"}, "Dữ liệu bắt đầu từ ngày 30/06/2025"),
        ({"ngay": ""}, "Nhập ngày"),
    ],
)
def test_what_cannot_be_answered_is_explained_and_nothing_typed_is_lost(query: dict[str, str], sentence: str) -> None:
    response = get("/don-vi/", **query)
    assert response.status_code == 400
    assert sentence in words(response)
    [typed] = query.values()
    assert not typed or f'value="{html.escape(typed)}"' in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


def test_what_is_typed_is_never_markup() -> None:
    assert "<script>alert" not in get("/don-vi/", q="<script>alert(1)</script>").content.decode()


def test_a_card_tells_what_a_unit_is_and_where_it_came_from() -> None:
    told = words(get(f"/don-vi/{unit('00004', TODAY)}/"))
    assert "Phường Ba Đình" in told
    assert "Nghị quyết số 1656/NQ-UBTVQH15 ngày 16/06/2025" in told
    assert "Thành lập từ 10 đơn vị" in told
    assert "Phường Trúc Bạch , Quận Ba Đình" in told


def test_the_card_of_a_unit_that_ended_says_what_it_is_today() -> None:
    told = words(get(f"/don-vi/{unit('00004')}/"))
    assert "Phường Trúc Bạch không còn từ ngày 01/07/2025." in told
    assert "Nay là: Phường Ba Đình" in told


def test_the_card_of_a_district_says_that_nothing_came_after() -> None:
    assert "không có đơn vị kế thừa" in words(get(f"/don-vi/{unit('001')}/"))


def test_the_card_on_a_day_before_the_unit_names_what_was_there() -> None:
    told = words(get(f"/don-vi/{unit('00004', TODAY)}/", ngay=OLD))
    assert "chưa được thành lập vào ngày 30/06/2025" in told
    assert "Phường Trúc Bạch" in told


def test_an_effective_day_that_nobody_confirmed_is_marked() -> None:
    assert "Ngày chưa xác nhận" in words(get(f"/don-vi/{unit('22', TODAY)}/"))
    assert "Ngày chưa xác nhận" not in words(get(f"/don-vi/{unit('01', TODAY)}/"))


def test_the_units_below_come_in_pages() -> None:
    path = f"/don-vi/{unit('79', TODAY)}/"
    seen: set[str] = set()
    while path:
        body = Client().get(path).content.decode()
        table = body.split('id="truc-thuoc"')[1].split("</table>")[0]
        rows = set(re.findall(r"/don-vi/(\d+)/", table))
        assert not rows & seen
        seen |= rows
        path = html.unescape(next(iter(re.findall(r'href="([^"]+)" rel="next"', body)), ""))
    assert len(seen) == 168


@pytest.mark.parametrize("path", ["/don-vi/999999999/", "/don-vi/xa-toi/999999999/"])
def test_a_number_that_no_unit_has_is_not_found_and_shows_ways_on(path: str) -> None:
    response = get(path)
    assert response.status_code == 404
    assert "/don-vi/xa-toi/" in response.content.decode()


@pytest.mark.parametrize("cursor", ["made-up", "x" * 5000, "WyJhIl0.abc"])
def test_a_page_address_changed_by_hand_leads_back_to_the_list(cursor: str) -> None:
    response = get(f"/don-vi/{unit('01', TODAY)}/", trang=cursor)
    assert response.status_code == 400
    assert "trang=" not in words(response)


def test_two_days_are_compared() -> None:
    told = words(get("/don-vi/so-sanh/", tu="2026-04-29", den="2026-04-30"))
    assert "Thành lập mới (0)" in told
    assert "(11)" in told
    assert "Trước đó: Xã Long Thành" in told


def test_the_reform_is_compared_in_pages() -> None:
    response = get("/don-vi/so-sanh/", tu=OLD, den="2025-07-01", loai="het")
    assert "Kết thúc (10.651)" in words(response)
    assert 'rel="next"' in response.content.decode()


@pytest.mark.parametrize("days", [(OLD, TODAY), ("2026-04-29", "2026-04-30"), ("2025-07-01", "9999-01-01")])
def test_changes_are_counted_as_they_are_listed(days: tuple[str, str]) -> None:
    first, last = (date.fromisoformat(day) for day in days)
    listed = [found(first, last).count() for found in (formed_between, changed_between, dissolved_between)]
    counted = changes_between(first, last)
    assert [counted.formed, counted.changed, counted.dissolved] == listed
    assert any(listed)


def test_a_day_may_be_written_as_people_write_it() -> None:
    response = get("/don-vi/", ngay="30/06/2025")
    assert "696 (" in words(response)
    assert 'value="2025-06-30"' in response.content.decode()


def test_a_long_search_does_not_fill_the_title() -> None:
    title = re.search(r"<title>(.*)</title>", get("/don-vi/", q="a" * 10_000).content.decode())
    assert title
    assert len(title[1]) < 150


def test_days_in_the_wrong_order_are_refused() -> None:
    response = get("/don-vi/so-sanh/", tu=TODAY, den=OLD)
    assert response.status_code == 400
    assert "Nhập một ngày sau ngày đầu." in words(response)


def test_namesakes_are_all_listed_and_none_is_chosen() -> None:
    response = get("/don-vi/xa-toi/", xa="Phường 1")
    assert response.status_code == 200
    assert "xin chọn đơn vị của ông/bà" in words(response)
    assert len(set(re.findall(r"/don-vi/xa-toi/\d+/", response.content.decode()))) > 10


@pytest.mark.parametrize("typed", [{"xa": "Trúc Bạch"}, {"xa": "truc bach, ba dinh"}, {"xa": "trúc bạch, hà nội"}])
def test_an_old_commune_leads_to_its_unit_of_today(typed: dict[str, str]) -> None:
    response = get("/don-vi/xa-toi/", **typed)
    [link] = set(re.findall(r"/don-vi/xa-toi/\d+/", response.content.decode()))
    told = words(get(link))
    assert "Nay là Phường Ba Đình" in told
    assert "1656/NQ-UBTVQH15" in told
    assert "01/07/2025" in told


def test_a_split_commune_lists_all_parts_and_asks_for_village_or_street() -> None:
    response = get(f"/don-vi/xa-toi/{unit('00634')}/")
    told = words(response)
    assert "Đã chia về 5 đơn vị" in told
    assert "thôn, tổ dân phố, đường phố hoặc số nhà" in told
    assert told.count("chỉ là gợi ý") == 1


def test_a_name_of_today_is_recognised() -> None:
    assert "Đây là tên hiện nay" in words(get("/don-vi/xa-toi/", xa="Xuân Hương - Đà Lạt"))


def test_an_unknown_name_is_answered_with_help() -> None:
    response = get("/don-vi/xa-toi/", xa="Khong Co Ten Nay")
    assert response.status_code == 200
    assert "Không có đơn vị nào tên" in words(response)
    assert "cán bộ một cửa sẽ tra cứu giúp" in words(response)


@pytest.mark.parametrize("typed", ["", "x" * 10_000, "..."])
def test_a_name_that_cannot_be_looked_up_is_refused_and_kept(typed: str) -> None:
    response = get("/don-vi/xa-toi/", xa=typed)
    assert response.status_code == 400
    assert not typed or typed in response.content.decode()


def test_every_page_fits_its_budget_of_statements() -> None:
    """At most 12 besides those that begin and end a transaction; the scope of row-level security takes two of them."""
    ward, hanoi, split = unit("00004", TODAY), unit("01", TODAY), unit("00634")
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    for path in (
        "/don-vi/", f"/don-vi/?ngay={OLD}", "/don-vi/?q=tan", f"/don-vi/{ward}/",
        f"/don-vi/{hanoi}/", f"/don-vi/{split}/",
        f"/don-vi/{unit('22', TODAY)}/?ngay={OLD}", "/don-vi/so-sanh/", "/don-vi/so-sanh/?loai=doi",
        "/don-vi/so-sanh/?loai=het", "/don-vi/xa-toi/", "/don-vi/xa-toi/?xa=tan+phu", "/don-vi/xa-toi/?xa=zzz",
        f"/don-vi/xa-toi/{split}/",
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(path).status_code == 200
        asked = [query["sql"] for query in queries if not query["sql"].startswith(control)]
        assert len(asked) <= 12, f"{path}: {len(asked)}"


def test_visitors_without_sign_in_may_be_answered_from_a_cache() -> None:
    response = get("/don-vi/")
    assert response["Cache-Control"] == "public, max-age=300"
    assert "Cookie" in response["Vary"]
    again = Client().get("/don-vi/", HTTP_IF_NONE_MATCH=response["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_pages_change_nothing_and_refuse_post() -> None:
    before = UnitVersion.objects.count()
    for path in ("/don-vi/", "/don-vi/xa-toi/", "/don-vi/so-sanh/"):
        assert Client().post(path).status_code == 405
    assert UnitVersion.objects.count() == before


def test_only_the_nearest_link_of_the_navigation_is_marked() -> None:
    for path, label in ((f"/don-vi/{unit('01')}/", "Đơn vị hành chính"), ("/don-vi/xa-toi/", "Xã tôi nay là xã nào")):
        marked = re.findall(r"<a[^>]+aria-current[^>]*>([^<]+)</a>", get(path).content.decode())
        assert marked == [label]
