"""What anybody sees, and what citizens do before and after they filed."""

from typing import Any

from tests.browser.pages.kinds import Page, State, find_namesakes, send_nothing
from tests.browser.people import CITIZEN, NEWCOMER

DUE = "nam=2026&ngay=2026-11-20&gio=10:00&thoi_han=3&don_vi_tinh=working_day"


def public() -> list[Page]:
    return [
        Page("ui:home", "/"),
        Page("ui:home", "/en/", note="english"),
        Page("ui:life-event", "/su-kien/sinh-con/"),
        Page("ui:help", "/tro-giup/"),
        Page("ui:accessibility", "/kha-nang-tiep-can/"),
        Page("ui:personal-data", "/du-lieu-ca-nhan/"),
        Page("ui:display", "/hien-thi/"),
        Page("accounts:sign-in", "/dang-nhap/"),
        Page("accounts:vneid-answer", "/dang-nhap/vneid/tra-loi/?state=x", State.ERROR, status=400),
        Page("404", "/khong-co-trang-nay/", State.ERROR, status=404),
        Page("500", "/trang-hong/", State.ERROR, status=500),
        Page("calendar:year", "/lich-lam-viec/"),
        Page("calendar:year", "/lich-lam-viec/?nam=2030", State.EMPTY, note="unannounced"),
        Page("calendar:year", "/lich-lam-viec/?nam=1066", State.ERROR, status=400),
        Page("calendar:year", "/lich-lam-viec/?don-vi={commune}", note="unit"),
        Page("calendar:year", f"/lich-lam-viec/?{DUE}", note="answer"),
        Page("staff:unit-officers", "/can-bo/don-vi/{commune}/"),
        Page("staff:unit-officers", "/can-bo/don-vi/{nobody}/", State.EMPTY),
        Page("staff:unit-officers", "/can-bo/don-vi/{split}/", State.EMPTY, note="ended"),
    ]


def units() -> list[Page]:
    return [
        Page("units:tree", "/don-vi/"),
        Page("units:tree", "/don-vi/?ngay=2025-06-30", note="before"),
        Page("units:tree", "/don-vi/?q=bac+ha", note="search"),
        Page("units:tree", "/don-vi/?q=zzzzzz", State.EMPTY),
        Page("units:tree", "/don-vi/?ngay=hom-qua", State.ERROR, status=400),
        Page("units:compare", "/don-vi/so-sanh/"),
        Page("units:compare", "/don-vi/so-sanh/?tu=2026-11-01&den=2026-11-02", State.EMPTY),
        Page("units:compare", "/don-vi/so-sanh/?tu=mai&den=kia", State.ERROR, status=400),
        Page("units:resolve", "/don-vi/xa-toi/"),
        Page("units:resolve", "/don-vi/xa-toi/?xa=Tr%C3%BAc+B%E1%BA%A1ch", note="found"),
        Page("units:resolve", "/don-vi/xa-toi/?xa=zzzzzz", State.EMPTY),
        Page("units:resolve", "/don-vi/xa-toi/?xa=", State.ERROR, status=400),
        Page("units:resolved", "/don-vi/xa-toi/{whole}/", note="whole"),
        Page("units:resolved", "/don-vi/xa-toi/{split}/", note="split"),
        Page("units:card", "/don-vi/{commune}/"),
        Page("units:card", "/don-vi/{province}/", note="province"),
        Page("units:card", "/don-vi/{dissolved}/?ngay=2026-11-22", note="dissolved"),
        Page("units:card", "/don-vi/999999999/", State.ERROR, status=404),
    ]


def procedures() -> list[Page]:
    form = "/he-thong/to-khai"
    return [
        Page("services:catalogue", "/thu-tuc/"),
        Page("services:catalogue", "/thu-tuc/?q=khai+sinh", note="search"),
        Page("services:catalogue", "/en/thu-tuc/?su_kien=sinh-con", note="english"),
        Page("services:catalogue", "/thu-tuc/?q=zzzzzz", State.EMPTY),
        Page("services:catalogue", "/thu-tuc/?linh_vuc=chiem-tinh", State.ERROR, status=400),
        Page("services:procedure", "/thu-tuc/1.001193/"),
        Page("services:procedure", "/en/thu-tuc/1.001612/", note="english"),
        Page("services:procedure", "/thu-tuc/1.004222/", note="elsewhere"),
        Page("services:procedure", "/thu-tuc/1.000005/", State.EMPTY, note="in-name"),
        Page("services:procedure", "/thu-tuc/9.999999/", State.ERROR, status=404),
        Page("services:try-tasks", f"{form}/1.001193/", State.EMPTY),
        Page("services:try-page", f"{form}/1.001193/trang/child/", State.EMPTY),
        Page("services:try-page", f"{form}/1.001193/trang/child/", State.ERROR, status=400, act=send_nothing),
        Page("services:try-page", f"{form}/1.001193/trang/requester/", State.EMPTY, note="place"),
        Page(
            "services:try-page",
            f"{form}/1.001193/trang/requester/",
            State.ERROR,
            status=400,
            act=find_namesakes,
            note="namesakes",
        ),
        Page("services:try-page", f"{form}/2.000815/trang/documents/", State.EMPTY, note="rows"),
        Page("services:try-page", f"{form}/2.000815/trang/copies/", State.EMPTY, note="files"),
        Page("services:try-row", f"{form}/2.000815/trang/documents/moi/", State.EMPTY),
        Page("services:try-row", f"{form}/2.000815/trang/documents/moi/", State.ERROR, status=400, act=send_nothing),
        Page("services:try-review", f"{form}/1.001193/kiem-tra/", State.EMPTY),
    ]


def filing() -> list[Page]:
    return [
        Page("services:begin", "/nop-ho-so/1.001193/", person=CITIZEN),
        Page("services:drafts", "/nop-ho-so/ban-nhap/", State.EMPTY, person=NEWCOMER),
        Page("services:look-up", "/tra-cuu/"),
        Page("services:look-up", "/tra-cuu/", State.ERROR, status=400, act=send_nothing),
        Page("services:look-up-link", "/tra-cuu/q/x/", State.ERROR, status=404),
    ]


def verification() -> list[Page]:
    wrong: dict[str, Any] = {"state": State.ERROR, "status": 400, "act": send_nothing}
    return [
        Page("documents:verification", "/xac-minh/"),
        Page("documents:verification", "/xac-minh/?ma=7Q2M", State.ERROR, status=400),
        Page("documents:verified", "/xac-minh/AAAA-BBBB-CCCC/", State.ERROR, status=404),
        Page("documents:verified", "/xac-minh/{code}/"),
        Page("documents:verified", "/xac-minh/{code}/", note="no file", **wrong),
        Page("documents:verified", "/xac-minh/{old}/", note="replaced"),
        Page("documents:verified", "/xac-minh/{withdrawn}/", note="revoked"),
        Page("documents:verify-file", "/xac-minh/tep/"),
        Page("documents:verify-file", "/xac-minh/tep/", **wrong),
        Page("documents:own-results", "/giay-to/", person=CITIZEN),
        Page("documents:own-results", "/giay-to/", State.EMPTY, person=NEWCOMER),
    ]
