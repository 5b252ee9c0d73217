"""A dossier as its citizen sees it, and on the way through the office."""

from typing import Any

from tests.browser.pages.kinds import Audience, Page, State, send_nothing
from tests.browser.people import CITIZEN, CLERK, NEWCOMER, SPECIALIST, UNCONFIRMED

PREFERENCES, CONFIRM = "/tai-khoan/thong-bao/", "/tai-khoan/thong-bao/xac-nhan/email/"
WRONG: dict[str, Any] = {"state": State.ERROR, "status": 400, "act": send_nothing}


def own() -> list[Page]:
    one, lacking, refused = (f"/ho-so-cua-toi/{{{name}}}/" for name in ("own", "lacking", "refused"))
    answer = f"{one}sua/cau/?cau=/purpose_other"
    mine: dict[str, Any] = {"person": CITIZEN}
    late: dict[str, Any] = {"state": State.ERROR, "status": 409, **mine}
    return [
        Page("services:own-dossiers", "/ho-so-cua-toi/", **mine),
        Page("services:own-dossiers", "/ho-so-cua-toi/", State.EMPTY, person=NEWCOMER),
        Page("services:own-dossiers", "/ho-so-cua-toi/?phan=da-ket-thuc", note="part", **mine),
        Page("services:own-dossiers", "/ho-so-cua-toi/?phan=x", State.ERROR, status=400, **mine),
        Page("services:own-dossier", one, **mine),
        Page("services:own-dossier", lacking, note="supplement", **mine),
        Page("services:own-dossier", refused, note="refused", **mine),
        Page("services:own-content", f"{one}noi-dung/", **mine),
        Page("services:own-content", f"{lacking}noi-dung/", note="rows", **mine),
        Page("services:receipt", "/ho-so/{own}/bien-nhan/", **mine),
        Page("services:own-supplement", f"{lacking}bo-sung/", **mine),
        Page("services:own-supplement", f"{lacking}bo-sung/", leads=f"{lacking}bo-sung/{{lack}}/", **WRONG, **mine),
        Page("services:own-supplement", f"{one}bo-sung/", note="not asked", **late),
        Page("services:own-changes", f"{one}sua/", **mine),
        Page("services:own-changes", f"{refused}sua/", **late),
        Page("services:own-change", answer, **mine),
        Page("services:own-change", answer, note="empty", **(WRONG | {"act": clear}), **mine),
        Page("services:own-withdrawal", f"{one}rut/", **mine),
        Page("services:own-withdrawal", f"{one}rut/", **WRONG, **mine),
        Page("services:own-withdrawal", f"{refused}rut/", note="too late", **late),
        Page("services:own-rating", f"{one}danh-gia/bien-nhan/", **mine),
        Page("services:own-rating", f"{one}danh-gia/bien-nhan/", **WRONG, **mine),
        Page("services:own-rating", f"{refused}danh-gia/ket-qua/", note="result", **mine),
        Page("notifications:preferences", "/tai-khoan/thong-bao/", **mine),
        Page("notifications:preferences", "/tai-khoan/thong-bao/", **(WRONG | {"act": choose_no_channel}), **mine),
        Page("notifications:confirm-address", PREFERENCES, act=give_address, leads=CONFIRM, person=UNCONFIRMED),
        Page(
            "notifications:confirm-address",
            PREFERENCES,
            State.ERROR,
            status=400,
            act=bring_nothing,
            leads=CONFIRM,
            person=UNCONFIRMED,
        ),
        Page("notifications:told", "/tai-khoan/thong-bao/da-gui/", **mine),
        Page("notifications:told", "/tai-khoan/thong-bao/da-gui/", State.EMPTY, person=NEWCOMER),
        Page("notifications:stop", "/thong-bao/thoi-nhan/x/", State.ERROR, status=404),
        Page("services:own-looks", "/tai-khoan/ai-da-xem/", **mine),
        Page("services:own-looks", "/tai-khoan/ai-da-xem/", State.EMPTY, person=NEWCOMER),
    ]


def give_address(window: Any) -> None:
    """An address that wants its code; the page after saving asks for it."""
    window.locator("main input[name=channels][value=email]").check()
    window.locator("main input[name=email]").fill("tien@example.vn")
    window.get_by_role("button", name="Lưu", exact=True).click()
    window.wait_for_load_state()


def bring_nothing(window: Any) -> None:
    give_address(window)
    if not window.locator("main input[name=code]").count():
        send_nothing(window)  # sends the code
    send_nothing(window)


def choose_no_channel(window: Any) -> None:
    for box in window.locator("main form input[name=channels]:checked").all():
        box.uncheck()
    send_nothing(window)


def clear(window: Any) -> None:
    window.locator("main form textarea, main form input[type=text]").first.fill("")
    send_nothing(window)


def work() -> list[Page]:
    clerk: dict[str, Any] = {"audience": Audience.OFFICER, "person": CLERK}
    specialist: dict[str, Any] = {"audience": Audience.OFFICER, "person": SPECIALIST}
    step = "/xu-ly/{step}/"
    deeds = {
        "assign": "giao",
        "finish": "xong",
        "return": "tra-lai",
        "supplement": "bo-sung",
        "propose": "ket-qua",
        "payment": "cho-nop-phi",
        "stop": "dung",
        "note": "ghi-chu",
    }
    return [
        Page("services:work-queue", "/xu-ly/", State.EMPTY, **clerk),
        Page("services:work-queue", "/xu-ly/?cua=toi", State.EMPTY, note="mine", **clerk),
        Page("services:work-queue", "/xu-ly/", **specialist),
        Page("services:work-item", step, **specialist),
        *(
            Page(f"services:work-{name}", f"{step}{address}/", **specialist)
            for name, address in deeds.items()
            if name != "return"
        ),
        *(
            Page(f"services:work-{name}", f"{step}{address}/", **WRONG, **specialist)
            for name, address in deeds.items()
            if name not in {"finish", "return"}  # the one needs no words, the other has an answer of its own
        ),
        Page("services:work-return", f"{step}tra-lai/", State.ERROR, status=409, **specialist),
    ]
