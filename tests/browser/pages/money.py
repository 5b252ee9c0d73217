"""Fees, payments and refunds: the citizen's, the desk's, and what the unit oversees."""

from typing import Any

from tests.browser.pages.kinds import Audience, Page, State, send_nothing
from tests.browser.people import CITIZEN, NEWCOMER, OFFICER, REVIEWER

PERSON: dict[str, Any] = {"person": CITIZEN}
DESK: dict[str, Any] = {"audience": Audience.OFFICER, "person": OFFICER}
HEAD: dict[str, Any] = {"audience": Audience.OFFICER, "person": REVIEWER}
WRONG: dict[str, Any] = {"state": State.ERROR, "status": 400}


def send_last(window: Any) -> None:
    """Presses the button of the last form without having filled in anything."""
    window.locator("main form[method=post] button[type=submit]").last.click()
    window.wait_for_load_state()


def exempt_without_paper(window: Any) -> None:
    window.locator("main select[name$=exemption]").select_option("poor")
    window.locator("main form").last.locator("input[name$=evidence], textarea[name$=evidence]").fill("")
    send_last(window)


def deny_without_reason(window: Any) -> None:
    window.get_by_role("button", name="Không chấp nhận (K)").click()
    window.wait_for_load_state()


def money() -> list[Page]:
    own, desk = "/ho-so-cua-toi/{owing}/phi/", "/mot-cua/ho-so/{owing}/phi/"
    unassessed = "/ho-so-cua-toi/{own}/phi/"
    refund, settling = "/thu-phi/hoan-tra/{refund}/", "/thu-phi/da-thu/{cash}/"
    account = "/thu-phi/tai-khoan/{commune}/"
    return [
        Page("services:own-fee", own, **PERSON),
        Page("services:own-fee", "/ho-so-cua-toi/{refunding}/phi/", note="going back", **PERSON),
        Page("services:own-fee", own, State.ERROR, status=404, note="another citizen", person=NEWCOMER),
        Page("services:own-fee", unassessed, act=send_nothing, leads=f"{unassessed}mien-giam/", **WRONG, **PERSON),
        Page("services:own-payment", f"{own}{{qr}}/", **PERSON),
        Page("services:desk-fee", desk, **DESK),
        Page("services:desk-fee", desk, act=exempt_without_paper, **WRONG, **DESK),
        Page(
            "services:desk-fee",
            desk,
            act=deny_without_reason,
            leads=f"{desk}khong-mien/",
            note="denial",
            **WRONG,
            **DESK,
        ),
        Page("services:desk-payment", f"{desk}{{qr}}/", **DESK),
        Page("services:finance", "/thu-phi/", **HEAD),
        Page("services:finance", "/thu-phi/?thang=2020-01", State.EMPTY, **HEAD),
        Page("services:finance", "/thu-phi/?thang=x", **WRONG, **HEAD),
        Page("services:finance", "/thu-phi/", State.ERROR, status=403, note="forbidden", **DESK),
        Page("services:finance-waiting", "/thu-phi/can-xu-ly/", **HEAD),
        Page("services:finance-refund", refund, **HEAD),
        Page("services:finance-refund", refund, act=send_last, leads=f"{refund}khong-duyet/", **WRONG, **HEAD),
        Page("services:finance-settling", settling, **HEAD),
        Page("services:finance-settling", settling, act=send_nothing, **WRONG, **HEAD),
        Page("services:finance-account", account, **HEAD),
        Page("services:finance-account", account, act=send_nothing, **WRONG, **HEAD),
    ]
