"""Reorganisations as those see them who draft, sign and decide."""

from typing import Any

from playwright.sync_api import Page as Window

from tests.browser.pages.kinds import Audience, Page, State, send_nothing
from tests.browser.people import ADMINISTRATOR, CHAIR, OFFICER, PROVINCE_CHAIR

LIST = "/don-vi/sap-xep/"


def pages() -> list[Page]:
    drafter: dict[str, Any] = {"audience": Audience.OFFICER, "person": ADMINISTRATOR}
    signer: dict[str, Any] = {"audience": Audience.OFFICER, "person": PROVINCE_CHAIR}
    head: dict[str, Any] = {"audience": Audience.OFFICER, "person": CHAIR}
    officer: dict[str, Any] = {"audience": Audience.OFFICER, "person": OFFICER}
    wrong: dict[str, Any] = {"state": State.ERROR, "status": 400}
    forbidden: dict[str, Any] = {"state": State.ERROR, "status": 403, "note": "forbidden"}
    draft, revise, one, day, undecided = (
        f"{LIST}{path}" for path in ("soan/", "{act}/sua/", "{act}/", "ngay/", "cho-quyet-dinh/")
    )
    in_force, report, correct, correction = (
        f"{LIST}{path}" for path in ("{in_force}/", "{in_force}/bao-cao/", "{in_force}/dinh-chinh/", "{correction}/")
    )
    decisions = f"{undecided}quyet-dinh/"
    return [
        Page("units:acts", LIST, **drafter),
        Page("units:acts", LIST, State.ERROR, status=404, note="stranger", **officer),
        Page("units:act", one, note="drafter", **drafter),
        Page("units:act", one, note="signer", **signer),
        Page("units:act", in_force, note="in-force", **drafter),
        Page("units:act", correction, note="correction", **drafter),
        Page("units:act", f"{LIST}{{held_up}}/", note="held-up", **drafter),
        Page("units:act", f"{LIST}{{held_up}}/", note="held-up-signer", **signer),
        Page("units:act", f"{LIST}{{returned_report}}/", note="returned", **drafter),
        Page("units:act-report", report, **signer),
        Page("documents:act-report", "/van-ban/sap-xep/{in_force}/bao-cao/", **signer),
        Page("documents:act-report", "/van-ban/sap-xep/{returned_report}/bao-cao/", note="returned", **drafter),
        Page("documents:act-file", "/van-ban/sap-xep/{in_force}/", **drafter),
        Page("units:act-correct", correct, **drafter),
        Page("units:act-correct", correct, act=misname, **wrong, **drafter),
        Page("units:act-draft", draft, State.EMPTY, **drafter),
        Page("units:act-draft", draft, act=send_nothing, **wrong, **drafter),
        Page("units:act-draft", draft, **forbidden, **signer),
        Page("units:act-revise", revise, act=send_nothing, note="checked", **drafter),
        Page("units:act-revise", revise, act=misname, **wrong, **drafter),
        Page("units:acts-of-day", day, State.EMPTY, **drafter),
        Page("units:acts-of-day", f"{day}?ngay={{act_day}}", **drafter),
        Page("units:acts-of-day", f"{day}?ngay={{held_up_day}}", note="held-up", **drafter),
        Page("units:acts-of-day", f"{day}?ngay=x", **wrong, **drafter),
        Page("units:undecided", undecided, State.EMPTY, **head),
        Page("units:undecided", undecided, **drafter),
        Page("units:undecided", undecided, act=decide_nothing, leads=decisions, note="nothing", **wrong, **drafter),
        Page("units:undecided", f"{undecided}?act=x", **wrong, **head),
        Page("units:undecided", undecided, **forbidden, **officer),
    ]


def decide_nothing(window: Window) -> None:
    """The button of the first group, with nothing ticked; the first form of the page is the filter's."""
    window.locator("main form[action*='quyet-dinh/quyet-dinh'] button[type=submit]").first.click()
    window.wait_for_load_state()


def misname(window: Window) -> None:
    """A line names a unit that is not there."""
    window.locator("main textarea[name=rows]").fill("00000\tXã Không Có")
    send_nothing(window)
