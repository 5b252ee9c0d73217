"""The list of dossiers, orders for many, what waits with whom, leaves."""

from typing import Any

from tests.browser.pages.kinds import Audience, Page, State, send_nothing
from tests.browser.people import CHAIR, OFFICER

LIST = "/danh-sach-ho-so/"


def send_no_column(window: Any) -> None:
    ticked = window.locator("main form[method=post] input[type=checkbox]:checked")
    while ticked.count():
        ticked.first.uncheck()
    send_nothing(window)


def propose(window: Any) -> None:
    """Among everybody: the proposal stands below."""
    for box in window.locator("main form[method=get] input[type=checkbox]").all():
        box.check()
    window.locator("main form[method=get] button[type=submit]").first.click()
    window.wait_for_load_state()


def lists() -> list[Page]:
    desk: dict[str, Any] = {"audience": Audience.OFFICER, "person": OFFICER}
    head: dict[str, Any] = {"audience": Audience.OFFICER, "person": CHAIR}
    wrong: dict[str, Any] = {"state": State.ERROR, "status": 400}
    sent: dict[str, Any] = wrong | {"act": send_nothing}
    return [
        Page("services:list", LIST, **desk),
        Page(
            "services:list",
            f"{LIST}?trang_thai=open&kenh=desk&cot=step&cot=received&cot=lateness",
            note="chosen",
            **desk,
        ),
        Page("services:list", f"{LIST}?q=zzzzzz", State.EMPTY, **desk),
        Page("services:list", f"{LIST}?trang_thai=x", **wrong, **desk),
        Page("services:list-export", f"{LIST}xuat/", **desk),
        Page("services:list-export", f"{LIST}xuat/", **sent, **desk),
        Page("services:list-filters", f"{LIST}bo-loc/", **desk),
        Page("services:list-filter-saving", f"{LIST}bo-loc/luu/?han=late", **head),
        Page("services:list-filter-saving", f"{LIST}bo-loc/luu/?han=late", **sent, **head),
        Page("services:list-ordering", f"{LIST}lo/?viec=accept&ca=on", **desk),
        Page("services:list-ordering", f"{LIST}lo/?viec=accept", **wrong, **desk),
        Page("services:list-ordering", f"{LIST}lo/?viec=assign&ca=on", note="form", **sent, **head),
        Page("services:list-ordering", f"{LIST}lo/?viec=print&ca=on", note="print", **sent, **desk),
        Page("services:list-sheet", "/danh-sach/dang-cho/xuat/", **head),
        Page("services:list-sheet", "/danh-sach/dang-cho/xuat/", act=send_no_column, **wrong, **head),
        Page("services:list-batches", f"{LIST}lo/da-lenh/", **desk),
        Page("services:list-batches", f"{LIST}lo/da-lenh/", State.EMPTY, **head),
        Page("services:list-batch", f"{LIST}lo/{{order}}/", **desk),
        Page("services:waiting", "/xu-ly/dang-cho/", **head),
        Page("services:redistribution", "/xu-ly/chia-lai/?tu=nobody", **head),
        Page("services:redistribution", "/xu-ly/chia-lai/?tu=nobody", note="proposal", act=propose, **head),
        Page("services:redistribution", "/xu-ly/chia-lai/?tu=nobody&cho=x", **wrong, **head),
        Page("services:covers", "/xu-ly/lam-thay/", **head),
        Page("services:cover-entering", "/xu-ly/lam-thay/them/", **head),
        Page("services:cover-entering", "/xu-ly/lam-thay/them/", **sent, **head),
        Page("services:cover", "/xu-ly/lam-thay/{leave}/", **head),
    ]
