"""On a bad line: what is typed is kept, and a photo arrives small and in parts, however often the line breaks."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open
from tests.browser.people import Kind, Person

pytestmark = pytest.mark.browser
MOTHER = Person(Kind.CITIZEN, "mau")  # nobody whose lists the tests of pages look at, and no hospital knows her child
PHOTO = 3_000_000  # bytes, at least
ENOUGH = 400_000


def begun(page: Page) -> str:
    """The address of a draft of a birth in a hospital."""
    page.goto("/nop-ho-so/1.001193/")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile("/nop-ho-so/ho-so/"))
    draft = page.url
    page.goto(f"{draft}trang/start/")
    page.get_by_label("Mẹ của trẻ", exact=True).check()
    page.get_by_label("Tại cơ sở y tế", exact=True).check()
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    return draft


def photo(target: Path) -> Path:
    """A picture as a phone takes it: 12 million points, and grain that does not compress."""
    noise = Image.effect_noise((1000, 750), 80).resize((4000, 3000))
    made = BytesIO()
    noise.convert("RGB").save(made, "JPEG", quality=97)
    target.write_bytes(made.getvalue())
    assert target.stat().st_size >= PHOTO
    return target


def test_what_is_typed_is_kept_over_a_broken_line(visitor: Open) -> None:
    context = visitor(MOTHER, width=360, java_script=True)
    page = context.new_page()
    draft = begun(page)
    page.goto(f"{draft}trang/child/")
    name = page.locator("input[name=child_name]")
    context.set_offline(True)
    name.fill("Giàng Thị Nhu")
    name.blur()
    note = page.locator("[data-save-note]")
    expect(note).to_contain_text("mất kết nối", timeout=10_000)
    expect(name).to_have_value("Giàng Thị Nhu")
    context.set_offline(False)
    expect(note).to_have_text(re.compile(r"Đã lưu lúc \d\d:\d\d"), timeout=20_000)
    page.goto(f"{draft}trang/child/")
    expect(page.locator("input[name=child_name]")).to_have_value("Giàng Thị Nhu")
    context.clear_cookies()
    page.locator("input[name=child_name]").fill("Giàng Thị Nhuẫn")
    expect(page.locator("[data-save-note]")).to_contain_text("phiên đăng nhập đã hết", timeout=10_000)
    expect(page.locator("input[name=child_name]")).to_have_value("Giàng Thị Nhuẫn")


def test_a_photo_arrives_small_and_in_parts_over_a_broken_line(visitor: Open, tmp_path: Path) -> None:
    page = visitor(MOTHER, width=360, java_script=True).new_page()
    draft = begun(page)
    page.goto(f"{draft}trang/birth_notice/")
    sent: list[int] = []
    broken: list[str] = []

    def line(route: Route) -> None:
        """Breaks once, at the second part."""
        if not route.request.url.endswith("/0/") and not broken:
            broken.append(route.request.url)
            route.abort("connectionfailed")
            return
        sent.append(len(route.request.post_data_buffer or b""))
        route.continue_()

    page.route(re.compile(r"/tep/gui/[0-9a-f-]{36}/\d+/"), line)
    page.locator("input[name=birth_notice_files]").set_input_files(photo(tmp_path / "giay-chung-sinh.png.jpg"))
    expect(page.locator("[data-parts-note]")).to_contain_text("Đã gửi xong", timeout=60_000)
    assert len(broken) == 1
    assert len(sent) >= 2
    assert sum(sent) <= ENOUGH
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    page.goto(f"{draft}trang/birth_notice/")
    expect(page.locator("main")).to_contain_text("giay-chung-sinh")


def test_a_photo_goes_whole_without_script(visitor: Open, tmp_path: Path) -> None:
    page = visitor(MOTHER, width=360, java_script=False).new_page()
    draft = begun(page)
    page.goto(f"{draft}trang/birth_notice/")
    page.locator("input[name=birth_notice_files]").set_input_files(photo(tmp_path / "anh.jpg"))
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    page.goto(f"{draft}trang/birth_notice/")
    expect(page.locator("main")).to_contain_text("anh.jpg")
