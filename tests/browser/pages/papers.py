"""Documents on their way to signature, number and seal, and the certificates that do it."""

from typing import Any

from tests.browser.pages.kinds import Audience, Page, State, proving, send_nothing, tick_all
from tests.browser.people import ADMINISTRATOR, CHAIR, CLERK, OFFICER, REVIEWER, SPECIALIST, Person

WRONG: dict[str, Any] = {"state": State.ERROR, "status": 400, "act": send_nothing}


def _for(person: Person) -> dict[str, Any]:
    return {"audience": Audience.OFFICER, "person": person}


def documents() -> list[Page]:
    officer, drafter, chair, clerk = (_for(person) for person in (OFFICER, SPECIALIST, CHAIR, CLERK))
    new = "/van-ban/moi/?loai=decision"
    return [
        Page("documents:documents", "/van-ban/", **chair),
        Page("documents:documents", "/van-ban/?q=zzzzzz", State.EMPTY, **officer),
        Page("documents:documents", "/van-ban/?trang_thai=x", State.ERROR, status=400, **officer),
        Page("documents:document", "/van-ban/{drafted}/", note="not signed", **chair),
        Page("documents:document", "/van-ban/{returned}/", note="returned", **drafter),
        Page("documents:document", "/van-ban/{submitted}/", note="to review", **_for(REVIEWER)),
        Page("documents:document", "/van-ban/{checked}/", note="to sign", **chair),
        Page("documents:document", "/van-ban/{signed}/", note="to number", **clerk),
        Page("documents:document", "/van-ban/{issued}/", note="issued", **chair),
        Page("documents:document", "/van-ban/{replaced}/", note="replaced", **officer),
        Page("documents:document", "/van-ban/{revoked}/", note="revoked", **chair),
        Page("documents:document-revise", "/van-ban/{returned}/sua/", **drafter),
        Page("documents:document-new", "/van-ban/moi/", **officer),
        Page("documents:document-new", new, note="decision", **officer),
        Page("documents:document-new", "/van-ban/moi/?loai=official-letter", note="letter", **officer),
        Page("documents:document-new", new, **WRONG, **officer),
    ]


def deeds() -> list[Page]:
    chair, clerk = _for(CHAIR), _for(CLERK)
    send_back, revoke, sign = (
        "/van-ban/{checked}/tra-lai/",
        "/van-ban/{issued}/thu-hoi/",
        "/van-ban/{checked}/chu-ky/",
    )
    return [
        Page("documents:document-deed", send_back, note="return", **chair),
        Page("documents:document-deed", send_back, note="return", **WRONG, **chair),
        Page("documents:document-deed", revoke, note="revoke", **chair),
        Page("documents:document-deed", sign, act=proving(CHAIR, "/chu-ky/"), note="sign", **chair),
        Page("documents:batch-ky", "/van-ban/ky/", **chair),
        Page("documents:batch-ky", "/van-ban/ky/", **WRONG, **chair),
        Page("documents:batch-ky", "/van-ban/ky/", State.EMPTY, **_for(OFFICER)),
        _confirmation("ky", CHAIR),
        Page("documents:batch-phat-hanh", "/van-ban/phat-hanh/", **clerk),
        Page("documents:batch-phat-hanh", "/van-ban/phat-hanh/", State.EMPTY, **_for(OFFICER)),
        _confirmation("phat-hanh", CLERK),
        Page("documents:batch", "/van-ban/dot/{batch}/", **chair),
    ]


def _confirmation(way: str, person: Person) -> Page:
    """It knows only what was ticked on the page before."""
    choice, goal = f"/van-ban/{way}/", f"/van-ban/{way}/xac-nhan/"

    def act(window: Any) -> None:
        tick_all(window)
        proving(person, goal)(window)

    return Page(f"documents:batch-{way}-confirm", choice, act=act, leads=goal, **_for(person))


def certificates() -> list[Page]:
    administrator, officer = _for(ADMINISTRATOR), _for(OFFICER)
    register, one, anchor = (
        "/van-ban/chung-thu/don-vi/{commune}/dang-ky/",
        "/van-ban/chung-thu/{certificate}/",
        "/van-ban/chung-thu/goc/{anchor}/go-bo/",
    )
    return [
        Page("documents:certificates", "/van-ban/chung-thu/", **administrator),
        Page("documents:certificates", "/van-ban/chung-thu/?trang_thai=revoked", State.EMPTY, **administrator),
        Page("documents:certificates", "/van-ban/chung-thu/", State.ERROR, status=403, note="forbidden", **officer),
        Page("documents:certificate-new", register, **administrator),
        Page("documents:certificate-new", register, **WRONG, **administrator),
        Page("documents:certificate", one, **administrator),
        Page("documents:certificate-deed", f"{one}tam-dung/", **administrator),
        Page("documents:certificate-deed", f"{one}thu-hoi/", note="revoke", **WRONG, **administrator),
        Page("documents:anchors", "/van-ban/chung-thu/goc/", **administrator),
        Page("documents:anchors", "/van-ban/chung-thu/goc/", **WRONG, **administrator),
        Page("documents:anchor-strike", anchor, **administrator),
        Page("documents:anchor-strike", anchor, **WRONG, **administrator),
    ]


def results() -> list[Page]:
    officer = _for(OFFICER)
    return [
        Page("documents:result-search", "/van-ban/ket-qua/", **officer),
        Page("documents:result-search", "/van-ban/ket-qua/", **WRONG, **officer),
    ]
