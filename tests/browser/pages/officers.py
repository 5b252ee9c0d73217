"""What officers and administrators see."""

from typing import Any

from tests.browser.pages.kinds import Audience, Page, State, send_nothing
from tests.browser.people import ADMINISTRATOR, CHAIR, CITIZEN, CLERK, OFFICER


def signed_in() -> list[Page]:
    officer: dict[str, Any] = {"audience": Audience.OFFICER, "person": OFFICER}
    administrator: dict[str, Any] = {"audience": Audience.OFFICER, "person": ADMINISTRATOR}
    return [
        Page("accounts:sessions", "/tai-khoan/phien/", person=CITIZEN),
        Page("accounts:first-sign-in", "/dang-nhap/can-bo/lan-dau/"),
        Page("accounts:first-sign-in", "/dang-nhap/can-bo/lan-dau/", State.ERROR, status=400, act=send_nothing),
        Page("account_login", "/dang-nhap/can-bo/"),
        Page("account_login", "/dang-nhap/can-bo/", State.ERROR, act=send_nothing),
        Page("ui:work", "/viec-cua-toi/", State.EMPTY, **officer),
        Page("ui:keyboard", "/phim-tat/", **officer),
        Page("ui:catalogue", "/he-thong/thanh-phan/", audience=Audience.OFFICER),
        Page("documents:layouts", "/he-thong/bieu-mau/", audience=Audience.OFFICER),
        Page("staff:own-rights", "/tai-khoan/quyen/", **officer),
        Page("staff:accounts", "/can-bo/don-vi/{commune}/tai-khoan/", **administrator),
        Page("staff:accounts", "/can-bo/don-vi/{empty}/tai-khoan/", State.EMPTY, **administrator),
        Page("staff:account", "/can-bo/phan-cong/{assignment}/tai-khoan/", **administrator),
        Page("staff:clients", "/can-bo/don-vi/{commune}/ung-dung/", State.EMPTY, **administrator),
        Page("staff:client-new", "/can-bo/don-vi/{commune}/ung-dung/them/", **administrator),
        Page(
            "staff:client-new",
            "/can-bo/don-vi/{commune}/ung-dung/them/",
            State.ERROR,
            status=400,
            act=send_nothing,
            **administrator,
        ),
        Page("account_change_password", "/tai-khoan/mat-khau/", **officer),
        Page("account_change_password", "/tai-khoan/mat-khau/", State.ERROR, act=send_nothing, **officer),
        Page("mfa_index", "/tai-khoan/xac-thuc/", **officer),
        Page("mfa_reauthenticate", "/tai-khoan/xac-nhan/", **officer),
        Page("mfa_reauthenticate", "/tai-khoan/xac-nhan/", State.ERROR, act=send_nothing, **officer),
        Page("mfa_list_webauthn", "/tai-khoan/xac-thuc/khoa/", State.EMPTY, **officer),
        Page("mfa_add_webauthn", "/tai-khoan/xac-thuc/khoa/them/", **officer),
        Page("mfa_generate_recovery_codes", "/tai-khoan/xac-thuc/ma-du-phong/moi/", **officer),
        Page("calendar:swap", "/lich-lam-viec/hoan-doi/", **administrator),
        Page("calendar:swap", "/lich-lam-viec/hoan-doi/", State.ERROR, status=400, act=send_nothing, **administrator),
        Page("calendar:holiday", "/lich-lam-viec/ngay-nghi/", **administrator),
        Page(
            "calendar:holiday", "/lich-lam-viec/ngay-nghi/", State.ERROR, status=400, act=send_nothing, **administrator
        ),
        Page("calendar:retire", "/lich-lam-viec/ngay/{day}/bo/", **administrator),
        Page("calendar:year", "/lich-lam-viec/", note="keeper", **administrator),
        Page("calendar:hours", "/lich-lam-viec/gio/", **administrator),
        Page("calendar:hours", "/lich-lam-viec/gio/", State.ERROR, status=400, act=send_nothing, **administrator),
        Page("calendar:setting", "/lich-lam-viec/quy-tac/", **administrator),
        Page("calendar:setting", "/lich-lam-viec/quy-tac/", State.ERROR, status=400, act=send_nothing, **administrator),
        Page("calendar:unit-hours", "/lich-lam-viec/don-vi/{commune}/gio/", **administrator),
        Page("calendar:close", "/lich-lam-viec/don-vi/{commune}/dong-cua/", **administrator),
        Page(
            "calendar:close",
            "/lich-lam-viec/don-vi/{commune}/dong-cua/",
            State.ERROR,
            status=400,
            act=send_nothing,
            **administrator,
        ),
        Page("calendar:swap", "/lich-lam-viec/hoan-doi/", State.ERROR, status=403, note="forbidden", **officer),
    ]


def trail() -> list[Page]:
    administrator: dict[str, Any] = {"audience": Audience.OFFICER, "person": ADMINISTRATOR}
    nobody = "00000000-0000-4000-8000-000000000000"
    return [
        Page("events:seals", "/he-thong/niem-phong/"),
        Page("events:own-trail", "/tai-khoan/dau-vet/", person=CITIZEN),
        Page("events:own-trail", "/tai-khoan/dau-vet/", audience=Audience.OFFICER, person=OFFICER, note="officer"),
        Page("events:dead-letters", "/he-thong/thu-chet/", State.EMPTY, **administrator),
        Page("events:replay", f"/he-thong/thu-chet/{nobody}/gui-lai/", **administrator),
        Page("events:replay-all", "/he-thong/thu-chet/gui-lai-tat-ca/", **administrator),
        Page("notifications:failed", "/he-thong/thong-bao/", **administrator),
        Page("notifications:send-again", "/he-thong/thong-bao/{stuck}/gui-lai/", **administrator),
    ]


def registers() -> list[Page]:
    clerk: dict[str, Any] = {"audience": Audience.OFFICER, "person": CLERK}
    officer: dict[str, Any] = {"audience": Audience.OFFICER, "person": OFFICER}
    wrong: dict[str, Any] = {"state": State.ERROR, "status": 400, **clerk}
    arrival, rules = "/van-ban/so/don-vi/{commune}/dang-ky/", "/van-ban/so/don-vi/{commune}/quy-tac/"
    head: dict[str, Any] = {"audience": Audience.OFFICER, "person": CHAIR}
    return [
        Page("documents:register-books", "/van-ban/so/", **clerk),
        Page("documents:register-books", "/van-ban/so/?loai=post", State.EMPTY, **clerk),
        Page("documents:register-books", "/van-ban/so/?loai=x", **wrong),
        Page("documents:register-books", "/van-ban/so/", State.ERROR, status=403, note="forbidden", **officer),
        Page("documents:register-book", "/van-ban/so/{outgoing}/", **clerk),
        Page("documents:register-book", "/van-ban/so/{incoming}/", note="incoming", **clerk),
        Page("documents:register-book", "/van-ban/so/{outgoing}/?q=zzzzzz", State.EMPTY, **clerk),
        Page("documents:register-book", "/van-ban/so/{outgoing}/?so=x", **wrong),
        Page("documents:register-close", "/van-ban/so/{outgoing}/dong/", **clerk),
        Page("documents:register-entry", "/van-ban/so/muc/{entry}/", **clerk),
        Page("documents:register-entry", "/van-ban/so/muc/{arrival}/", note="incoming", **clerk),
        Page("documents:register-entry", "/van-ban/so/muc/{void}/", note="void", **clerk),
        Page("documents:register-void", "/van-ban/so/muc/{entry}/huy/", **clerk),
        Page("documents:register-void", "/van-ban/so/muc/{entry}/huy/", act=send_nothing, **wrong),
        Page("documents:register-arrival", arrival, **clerk),
        Page("documents:register-arrival", arrival, act=send_nothing, **wrong),
        Page("documents:numbering-rules", rules, State.EMPTY, **clerk),
        Page("documents:numbering-rule", rules + "viet-tat/", **head),
        Page("documents:numbering-rule", rules + "viet-tat/", State.ERROR, status=400, act=send_nothing, **head),
        Page("documents:numbering-rule", rules + "day-so/", note="series", **head),
    ]


def desk() -> list[Page]:
    officer: dict[str, Any] = {"audience": Audience.OFFICER, "person": OFFICER}
    wrong: dict[str, Any] = {"state": State.ERROR, "status": 400, "act": send_nothing, **officer}
    one, received = "/mot-cua/ho-so/{waiting}/", "/mot-cua/ho-so/{received}/"
    return [
        Page("services:desk", "/mot-cua/", **officer),
        Page("services:desk", "/mot-cua/?q=zzzzzz", State.EMPTY, **officer),
        Page("services:desk", "/mot-cua/?trang_thai=x", State.ERROR, status=400, **officer),
        Page("services:desk-dossier", one, **officer),
        Page("services:desk-dossier", received, note="received", **officer),
        Page("services:desk-told", f"{received}da-bao/", **officer),
        Page("services:desk-told", f"{one}da-bao/", note="waiting", **officer),
        Page("services:desk-acceptance", f"{one}tiep-nhan/", **officer),
        Page("services:desk-acceptance", f"{received}tiep-nhan/", State.ERROR, status=409, **officer),
        Page("services:desk-supplement", f"{one}bo-sung/", **officer),
        Page("services:desk-supplement", f"{one}bo-sung/", **wrong),
        Page("services:desk-refusal", f"{one}tu-choi/", **officer),
        Page("services:desk-refusal", f"{one}tu-choi/", **wrong),
        Page("services:desk-rerouting", f"{one}chuyen/", State.EMPTY, **officer),
        Page("services:desk-rerouting", f"{one}chuyen/?tim=bao+nhai", **officer),
        Page("services:desk-rerouting", f"{one}chuyen/?tim=bao+nhai", **wrong),
        Page("services:visit", "/mot-cua/nop-ho/", **officer),
        Page("services:visit", "/mot-cua/nop-ho/", **wrong),
        Page("services:desk-handing-out", f"{one}tra-ket-qua/", State.ERROR, status=409, **officer),
    ]


def day() -> list[Page]:
    officer: dict[str, Any] = {"audience": Audience.OFFICER, "person": OFFICER}
    wrong: dict[str, Any] = {"state": State.ERROR, "status": 400, **officer}
    outage, here = "/mot-cua/mat-mang/", "?ban={commune}&quay=1"
    on_paper = "/mot-cua/ho-so/{waiting}/tiep-nhan/so-giay/"
    return [
        Page("services:board", "/bang-goi-so/{commune}/", State.EMPTY),
        Page("services:board", "/bang-goi-so/{commune}/?dung=1", State.EMPTY, note="still"),
        Page("services:board", "/bang-goi-so/{commune}/?tieng=1", State.EMPTY, note="sound"),
        Page("services:board", "/bang-goi-so/{split}/", note="ended"),
        Page("services:counter", "/mot-cua/goi-so/", **officer),
        Page("services:counter", f"/mot-cua/goi-so/{here}", State.EMPTY, note="counter", **officer),
        Page("services:counter", "/mot-cua/goi-so/?quay=", **wrong),
        Page("services:outage", outage, **officer),
        Page("services:outage", outage, act=send_nothing, **wrong),
        Page("services:paper-block", f"{outage}{{block}}/", **officer),
        Page("services:paper-sheet", f"{outage}{{block}}/in/", **officer),
        Page("services:paper-void-rest", f"{outage}{{block}}/huy-het/", **officer),
        Page("services:paper-void-rest", f"{outage}{{block}}/huy-het/", act=send_nothing, **wrong),
        Page("services:post", "/mot-cua/buu-chinh/", State.EMPTY, **officer),
        Page("services:post", "/mot-cua/buu-chinh/?nhom=ve", State.EMPTY, note="back", **officer),
        Page("services:paper-void", f"{outage}so/{{paper}}/huy/", **officer),
        Page("services:paper-void", f"{outage}so/{{paper}}/huy/", act=send_nothing, **wrong),
        Page("services:desk-paper-acceptance", on_paper, **officer),
        Page("services:desk-paper-acceptance", on_paper, act=send_nothing, **wrong),
        Page("services:register", "/mot-cua/so-theo-doi/", **officer),
        Page("services:register", "/mot-cua/so-theo-doi/?tu=2026-01-01&den=2026-01-02", State.EMPTY, **officer),
        Page("services:register", "/mot-cua/so-theo-doi/?tu=2026-01-02&den=2026-01-01", **wrong),
    ]
