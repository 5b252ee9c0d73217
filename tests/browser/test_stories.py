"""Whole stories, as people live them."""

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.conftest import Open
from tests.browser.people import Kind, Person

pytestmark = pytest.mark.browser
# People whose sessions end here: nobody whom the tests of pages or another story share.
NAM, BINH, SATO = (Person(Kind.CITIZEN, name) for name in ("nam", "binh", "sato"))


def test_totp_is_that_of_the_standard() -> None:
    """RFC 6238, appendix B, cut to six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [people.totp(secret, at) for at in (59, 1111111109, 20000000000)] == ["287082", "081804", "353130"]


def test_no_code_is_typed_twice_and_none_waits_without_need(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps 99, 100 and 101 are good at once; for the fourth somebody waits until step 101 has begun."""
    clock, waited = [3005.0], list[float]()
    monkeypatch.setattr(people, "_used", {})
    monkeypatch.setattr(people, "time", SimpleNamespace(time=lambda: clock[0], sleep=waited.append))
    codes = [people.next_code(people.CLERK) for _ in range(4)]
    assert len(set(codes)) == 4
    assert waited == [0, 0, 0, 25]
    clock[0] = 3605.0
    people.next_code(people.CLERK)
    assert people._used == {people.CLERK: 119}


def test_somebody_finds_what_became_of_a_divided_commune_on_a_phone_without_script(visitor: Open) -> None:
    page = visitor(width=360, java_script=False).new_page()
    page.goto("/")
    page.get_by_role("link", name=re.compile("xã tôi", re.IGNORECASE)).first.click()
    page.locator("main input[type=search], main input[type=text]").first.fill("ngoc khanh")
    page.locator("main form button").first.click()
    page.locator("main ul a", has_text="Ngọc Khánh").first.click()
    expect(page.locator("h1")).to_contain_text("Đã chia về 3 đơn vị")
    expect(page.locator("main h2 a.govuk-link")).to_have_count(3)
    expect(page.locator("main")).to_contain_text("VNeID")


def test_a_citizen_ends_the_other_sessions_and_signs_out(visitor: Open) -> None:
    here, there = (visitor(width=360).new_page() for _ in range(2))
    for page in (there, here):
        people.sign_in_citizen(page, NAM)
    here.goto("/tai-khoan/phien/")
    expect(here.locator("main dl > div")).to_have_count(2)
    here.get_by_role("button", name="Kết thúc mọi phiên đăng nhập khác").click()
    expect(here.locator("main dl > div")).to_have_count(1)
    there.goto("/tai-khoan/phien/")
    assert "/dang-nhap/" in there.url
    expect(there.locator("main")).to_contain_text("thiết bị khác")
    here.locator("header form[action*='dang-xuat'] button").click()
    here.goto("/tai-khoan/phien/")
    assert "/dang-nhap/" in here.url


def test_a_form_sent_after_the_session_ended_is_explained_and_leads_back(visitor: Open) -> None:
    here, there = (visitor(width=360).new_page() for _ in range(2))
    for page in (there, here):
        people.sign_in_citizen(page, BINH)
    for page in (there, here):
        page.goto("/tai-khoan/phien/")
    here.get_by_role("button", name="Kết thúc mọi phiên đăng nhập khác").click()
    with there.expect_navigation() as sent:
        there.locator("main form button").first.click()
    assert sent.value.status == 403
    expect(there.locator("h1")).to_have_text("Mời ông/bà đăng nhập lại")
    there.locator("main ul a").first.click()
    assert "next=/tai-khoan/phien/" in there.url.replace("%2F", "/")


def test_an_answer_of_the_provider_counts_once(visitor: Open) -> None:
    context = visitor(width=360)
    page = context.new_page()
    answers: list[str] = []
    page.on("request", lambda request: answers.append(request.url) if "/tra-loi/" in request.url else None)
    people.sign_in_citizen(page, SATO)
    assert len(answers) == 1
    context.clear_cookies()
    replayed = page.goto(answers[0])
    assert replayed is not None
    assert replayed.status == 400
    expect(page.locator("h1")).to_have_text("Ông/bà chưa đăng nhập")
    expect(page.locator("main ul a")).to_have_attribute("href", re.compile("^/dang-nhap/"))
    page.goto("/tai-khoan/phien/")
    assert "/dang-nhap/" in page.url


def test_an_officer_signs_in_with_password_and_code_and_looks_around(visitor: Open) -> None:
    page = visitor().new_page()
    people.sign_in_officer(page, people.CLERK, start="/dang-nhap/can-bo/?next=/viec-cua-toi/")
    assert page.url.endswith("/viec-cua-toi/")
    follow(page, "Lịch làm việc", "/lich-lam-viec/")
    follow(page, "Quyền của tôi", "/tai-khoan/quyen/")
    expect(page.locator("main")).to_contain_text("Bắc Hà")
    follow(page, "Việc của tôi", "/viec-cua-toi/")


def follow(page: Page, name: str, path: str) -> None:
    """By the navigation, which then marks the place."""
    page.get_by_role("navigation").get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_url(f"**{path}")
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_role("link", name=name, exact=True).first).to_have_attribute("aria-current", "page")


def test_a_wrong_password_is_refused_and_says_what_to_do(visitor: Open) -> None:
    page = visitor(width=360).new_page()
    page.goto("/dang-nhap/can-bo/")
    page.locator("input[name=login]").fill("khong-co-nguoi-nay")
    page.locator("input[name=password]").fill("không đúng mật khẩu")
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.title().startswith("Lỗi:")


def test_a_forged_form_is_refused_in_words(visitor: Open) -> None:
    page = visitor(width=360).new_page()
    page.goto("/dang-nhap/")
    page.evaluate("() => document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((e) => { e.value = 'x'; })")
    with page.expect_navigation() as sent:
        page.locator("form[action*='/vneid/'] button").click()
    assert sent.value.status == 403
    expect(page.locator("h1")).to_have_text("Biểu mẫu chưa được gửi")


@pytest.mark.parametrize(
    ("person", "path", "status", "title"),
    [
        (None, "/khong-co-trang-nay/", 404, "Không tìm thấy trang"),
        (people.OFFICER, "/lich-lam-viec/hoan-doi/", 403, "Ông/bà không có quyền mở trang này"),
        (None, "/trang-hong/", 500, "Hệ thống gặp lỗi"),
    ],
)
def test_an_error_page_has_the_look_and_a_number_to_quote(
    person: Person | None, path: str, status: int, title: str, shared: Open
) -> None:
    page = shared(person, width=360).new_page()
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == status
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("header .app-header__home")).to_be_visible()
    number = page.locator("main strong").last.inner_text()
    assert re.fullmatch(r"[0-9a-f-]{12}", number)
    page.goto(path)
    assert page.locator("main strong").last.inner_text() != number
    page.close()


def test_the_language_switch_keeps_the_page(visitor: Open) -> None:
    page = visitor(width=360, java_script=False).new_page()
    page.goto("/don-vi/?q=bac+ha")
    page.locator("a[hreflang=en]").first.click()
    assert page.url.endswith("/en/don-vi/?q=bac+ha")
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("a[hreflang=vi]").first.click()
    assert page.url.endswith("/don-vi/?q=bac+ha")
    assert page.locator("html").get_attribute("lang") == "vi"
