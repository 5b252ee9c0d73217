"""A diploma is copied and authenticated while its holder waits at the desk; the officer types and never clicks."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.birth import until
from tests.browser.sound import Looked

NAME, NUMBER = "Đặng Thị Lan", "000145000019"
SCAN = f"{NUMBER}||{NAME}|30061945|Nữ|Tổ 1, xã Bắc Hà, tỉnh Lào Cai|01012022"
PROCEDURE = "Chứng thực bản sao từ bản chính giấy tờ, văn bản"
TITLE = f"{PROCEDURE}: {NAME}"


def has_focus(place: Locator) -> None:
    expect(place).to_be_focused()


def filed(desk: Looked) -> None:
    """From the scan of the card to the page of acceptance."""
    came(desk)
    desk.is_sound()
    chosen(desk)


def came(desk: Looked) -> str:
    """Somebody lays down the card; the address of the visit."""
    desk.page.goto("/mot-cua/nop-ho/")
    has_focus(desk.page.locator("[name=card]"))  # a browser gives it a moment after the page has loaded
    desk.hand.scan(SCAN)
    desk.page.wait_for_url(re.compile(r"/nop-ho/[0-9a-f-]{36}/$"))
    return desk.page.url


def chosen(desk: Looked) -> None:
    """From the page of the visit to that of the acceptance."""
    asked_for(desk)
    declared(desk)
    proven(desk)
    placed(desk)
    confirmed(desk)


def asked_for(desk: Looked) -> None:
    page, hand, main = desk.page, desk.hand, desk.page.locator("main")
    has_focus(main.locator("[name=q]"))
    hand.write("chung thuc ban sao")
    hand.key("Enter")
    has_focus(main.get_by_role("button", name=PROCEDURE, exact=True))
    hand.key("Enter")
    page.wait_for_url("**/ban-nhap/**")
    desk.is_sound()


def declared(desk: Looked) -> None:
    page, hand, main = desk.page, desk.hand, desk.page.locator("main")
    until(page, "đang được hỏi", gone=True)
    has_focus(main.get_by_role("link", name="Giấy tờ cần chứng thực", exact=True))
    hand.key("Enter")
    has_focus(main.get_by_role("link", name="Thêm: Giấy tờ", exact=True))
    desk.is_sound()
    hand.key("Enter")
    has_focus(main.locator("[name=title]"))
    desk.is_sound()
    for text, keys in (("Bằng tốt nghiệp", ("Tab", "Tab")), ("2", ("Tab",)), ("3", ("Enter",))):
        hand.write(text)
        for key in keys:
            hand.key(key)
    has_focus(main.get_by_role("button", name="Tiếp tục (T)"))
    desk.is_sound()
    hand.key("Enter")
    has_focus(main.locator("[name=copy_form][value=paper]"))
    hand.key("Space")
    hand.key("Enter")
    has_focus(main.locator("[name=requester_phone]"))  # name and number are on the card
    desk.is_sound()
    hand.write("0912000323")
    hand.key("Enter")


def proven(desk: Looked) -> None:
    """The original was shown."""
    main = desk.page.locator("main")
    has_focus(main.locator("[name=original_document-proof][value=shown]"))
    desk.is_sound()
    desk.hand.key("Space")
    desk.hand.access_key("t")


def placed(desk: Looked) -> None:
    """The desk itself decides, and the result is fetched there."""
    main = desk.page.locator("main")
    expect(main.locator("[name=competent-find]")).to_have_value("Xã Bắc Hà, Tỉnh Lào Cai")
    desk.is_sound()
    desk.hand.access_key("t")


def confirmed(desk: Looked) -> None:
    """She reads it, signs the printed summary, and the officer says so."""
    main = desk.page.locator("main")
    expect(main.locator("h1")).to_have_text("Mời ông/bà đọc lại nội dung đã nhập hộ")
    for word in ("Bằng tốt nghiệp", NAME, NUMBER, "đã xuất trình"):
        expect(main).to_contain_text(word)
    desk.is_sound()
    desk.hand.access_key("t")
    expect(main.locator(".govuk-error-summary")).to_contain_text("đánh dấu")
    desk.hand.keys -= 1  # nobody forgets it every time
    desk.is_sound(refused=True)
    desk.hand.access_key("k")
    desk.hand.access_key("t")
    desk.page.wait_for_url("**/tiep-nhan/")
