"""What is late, later dates, real moments and corrections, as heads, officers and citizens see them."""

from typing import Any

from playwright.sync_api import Page as Window

from tests.browser.pages.kinds import Audience, Page, State, send_nothing
from tests.browser.people import CHAIR, CITIZEN, CLERK, SPECIALIST


def pages() -> list[Page]:
    head: dict[str, Any] = {"audience": Audience.OFFICER, "person": CHAIR}
    specialist: dict[str, Any] = {"audience": Audience.OFFICER, "person": SPECIALIST}
    clerk: dict[str, Any] = {"audience": Audience.OFFICER, "person": CLERK}
    wrong: dict[str, Any] = {"state": State.ERROR, "status": 400}
    later, moment = "/xu-ly/{step}/gia-han/", "/mot-cua/ho-so/{clicked}/thoi-diem-that/"
    return [
        Page("services:late", "/tre-han/", **head),
        Page("services:late", "/tre-han/?muc=tra-tre", State.EMPTY, **head),
        Page("services:late", "/tre-han/?muc=x", **wrong, **head),
        Page("services:late", "/tre-han/", State.ERROR, status=403, note="forbidden", **clerk),
        Page("services:work-extend", later, **specialist),
        Page("services:work-extend", later, act=clear, **wrong, **specialist),
        Page("services:extension", "/gia-han/{longer}/", note="head", **head),
        Page("services:extension", "/gia-han/{longer}/", note="officer", **specialist),
        Page("services:extension", "/gia-han/{granted}/", note="set", **head),
        Page("services:desk-real-moment", moment, **specialist),
        Page("services:desk-real-moment", moment, act=send_nothing, **wrong, **specialist),
        Page("services:desk-dossier", "/mot-cua/ho-so/{clicked}/", note="clicked late", **specialist),
        Page("services:real-moment", "/thoi-diem-that/{claim}/", **head),
        Page("services:own-dossier", "/ho-so-cua-toi/{extended}/", note="extended", person=CITIZEN),
    ]


def clear(window: Window) -> None:
    """Everything was prepared: somebody empties it all."""
    for field in window.locator("main form[method=post] :is(input:not([type=hidden]), textarea)").all():
        field.fill("")
    send_nothing(window)
