"""Every page of the portal in the states in which it is looked at; tests, measuring and pictures share the list."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import psycopg
from playwright.sync_api import Page as Window
from psycopg.conninfo import make_conninfo

from tests.browser.people import ADMINISTRATOR, CITIZEN, CLERK, OFFICER, Person
from tests.browser.running import Running


class Audience(StrEnum):
    """Decides the limits: weight, time, size of targets."""

    CITIZEN = "citizen"
    OFFICER = "officer"


class State(StrEnum):
    EMPTY = "empty"
    FILLED = "filled"
    ERROR = "error"


# Numbers that depend on the order in which the country was loaded: `{name}` in a path -> the question that finds it.
NUMBERS = {
    "commune": "select unit_id from units_unit_code where scheme = 'nso' and level = 'commune' and code = '02839'"
    " and upper_inf(valid)",
    "province": "select unit_id from units_unit_code where scheme = 'nso' and level = 'province' and code = '15'"
    " and upper_inf(valid)",
    "whole": "select min(old_id) from units_succession where kind = 'whole'",
    "split": "select min(old_id) from (select old_id from units_succession group by old_id having count(*) = 5) five",
    "dissolved": "select min(old_id) from units_succession where kind = 'part'",
    "nobody": "select max(unit_id) from units_unit_code where level = 'commune' and upper_inf(valid)",
    "assignment": "select min(id) from staff_assignment where user_id is not null and upper_inf(valid)",
    "empty": "select min(unit_id) from units_unit_version commune where upper_inf(valid) and parent_id ="
    " (select unit_id from units_unit_code where scheme = 'nso' and level = 'province' and code = '15'"
    " and upper_inf(valid)) and not exists (select from staff_assignment where unit_id = commune.unit_id)",
    "outgoing": "select id from documents_register_book where kind = 'outgoing' order by year desc, id limit 1",
    "incoming": "select id from documents_register_book where kind = 'incoming' order by year desc, id limit 1",
    "entry": "select max(id) from documents_register_entry where kind = 'outgoing' and state = 'valid'",
    "arrival": "select max(id) from documents_register_entry where kind = 'incoming'",
    "void": "select max(id) from documents_register_entry where state = 'voided'",
    "waiting": "select id from services_dossier where state = 'submitted' order by submitted_at, id limit 1",
    "received": "select id from services_dossier where state = 'processing' or state = 'accepted' order by id limit 1",
    "day": "select min(id) from calendar_day where unit_id is null and date > '2026-12-31'",
}


@cache
def _number(name: str, database: str) -> str:
    address = make_conninfo(os.environ["DATABASE_URL"], dbname=database)
    with psycopg.connect(address) as connection:
        purpose = "demo" if name in {"waiting", "received"} else "verify"  # the rows of every unit
        connection.execute("select set_config('mc.purpose', %s, false)", [purpose])
        found = connection.execute(NUMBERS[name].encode()).fetchone()
    if not found or found[0] is None:
        raise LookupError(f"No row for {name}: {NUMBERS[name]}")
    return str(found[0])


@dataclass(frozen=True)
class Page:
    """One page in one state. `path` may hold a name of NUMBERS; `act` brings the open window to the state."""

    name: str
    path: str
    state: State = State.FILLED
    audience: Audience = Audience.CITIZEN
    person: Person | None = None
    status: int = 200
    act: Callable[[Window], None] | None = None
    note: str = ""

    def __str__(self) -> str:
        return "-".join(part for part in (self.name, self.state, self.note) if part)

    @property
    def is_refused_form(self) -> bool:
        return self.state is State.ERROR and self.act is not None

    def address(self, portal: Running) -> str:
        wanted = {name for name in NUMBERS if f"{{{name}}}" in self.path}
        return self.path.format(**{name: _number(name, portal.database) for name in wanted})


def send_nothing(window: Window) -> None:
    """Presses the main button of the form without having filled in anything."""
    window.locator("main form[method=post] button[type=submit]").first.click()
    window.wait_for_load_state()


def find_namesakes(window: Window) -> None:
    """Asks for a commune whose name several have: they are offered."""
    window.locator("main input[name$=-find]").first.fill("tan an")
    send_nothing(window)


DUE = "nam=2026&ngay=2026-11-20&gio=10:00&thoi_han=3&don_vi_tinh=working_day"


def _public() -> list[Page]:
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
    ]


def _units() -> list[Page]:
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


def _signed_in() -> list[Page]:
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


def _trail() -> list[Page]:
    administrator: dict[str, Any] = {"audience": Audience.OFFICER, "person": ADMINISTRATOR}
    nobody = "00000000-0000-4000-8000-000000000000"
    return [
        Page("events:seals", "/he-thong/niem-phong/"),
        Page("events:own-trail", "/tai-khoan/dau-vet/", person=CITIZEN),
        Page("events:own-trail", "/tai-khoan/dau-vet/", audience=Audience.OFFICER, person=OFFICER, note="officer"),
        Page("events:dead-letters", "/he-thong/thu-chet/", State.EMPTY, **administrator),
        Page("events:replay", f"/he-thong/thu-chet/{nobody}/gui-lai/", **administrator),
        Page("events:replay-all", "/he-thong/thu-chet/gui-lai-tat-ca/", **administrator),
    ]


def _registers() -> list[Page]:
    clerk: dict[str, Any] = {"audience": Audience.OFFICER, "person": CLERK}
    officer: dict[str, Any] = {"audience": Audience.OFFICER, "person": OFFICER}
    wrong: dict[str, Any] = {"state": State.ERROR, "status": 400, **clerk}
    arrival = "/van-ban/so/don-vi/{commune}/dang-ky/"
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
    ]


def _documents() -> list[Page]:
    officer: dict[str, Any] = {"audience": Audience.OFFICER, "person": OFFICER}
    new = "/van-ban/moi/?loai=decision"
    return [
        Page("documents:documents", "/van-ban/?q=zzzzzz", State.EMPTY, **officer),
        Page("documents:document-new", "/van-ban/moi/", **officer),
        Page("documents:document-new", new, note="decision", **officer),
        Page("documents:document-new", "/van-ban/moi/?loai=official-letter", note="letter", **officer),
        Page("documents:document-new", new, State.ERROR, status=400, act=send_nothing, **officer),
        Page("documents:batch-ky", "/van-ban/ky/", State.EMPTY, **officer),
        Page("documents:batch-phat-hanh", "/van-ban/phat-hanh/", State.EMPTY, **officer),
    ]


def _procedures() -> list[Page]:
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


def _filing() -> list[Page]:
    return [
        Page("services:begin", "/nop-ho-so/1.001193/", person=CITIZEN),
        Page("services:drafts", "/nop-ho-so/ban-nhap/", State.EMPTY, person=CITIZEN),
    ]


def _verification() -> list[Page]:
    wrong: dict[str, Any] = {"state": State.ERROR, "status": 400, "act": send_nothing}
    return [
        Page("documents:verification", "/xac-minh/"),
        Page("documents:verification", "/xac-minh/?ma=7Q2M", State.ERROR, status=400),
        Page("documents:verified", "/xac-minh/AAAA-BBBB-CCCC/", State.ERROR, status=404),
        Page("documents:verify-file", "/xac-minh/tep/"),
        Page("documents:verify-file", "/xac-minh/tep/", **wrong),
        Page("documents:own-results", "/giay-to/", State.EMPTY, person=CITIZEN),
    ]


def _desk() -> list[Page]:
    officer: dict[str, Any] = {"audience": Audience.OFFICER, "person": OFFICER}
    wrong: dict[str, Any] = {"state": State.ERROR, "status": 400, "act": send_nothing, **officer}
    one, received = "/mot-cua/ho-so/{waiting}/", "/mot-cua/ho-so/{received}/"
    return [
        Page("services:desk", "/mot-cua/", **officer),
        Page("services:desk", "/mot-cua/?q=zzzzzz", State.EMPTY, **officer),
        Page("services:desk", "/mot-cua/?trang_thai=x", State.ERROR, status=400, **officer),
        Page("services:desk-dossier", one, **officer),
        Page("services:desk-dossier", received, note="received", **officer),
        Page("services:desk-acceptance", f"{one}tiep-nhan/", **officer),
        Page("services:desk-acceptance", f"{received}tiep-nhan/", State.ERROR, status=409, **officer),
        Page("services:desk-supplement", f"{one}bo-sung/", **officer),
        Page("services:desk-supplement", f"{one}bo-sung/", **wrong),
        Page("services:desk-refusal", f"{one}tu-choi/", **officer),
        Page("services:desk-refusal", f"{one}tu-choi/", **wrong),
        Page("services:desk-rerouting", f"{one}chuyen/", State.EMPTY, **officer),
        Page("services:desk-rerouting", f"{one}chuyen/?tim=bao+nhai", **officer),
        Page("services:desk-rerouting", f"{one}chuyen/?tim=bao+nhai", **wrong),
        Page("services:desk-handing-out", f"{one}tra-ket-qua/", State.ERROR, status=409, **officer),
    ]


def _work() -> list[Page]:
    clerk: dict[str, Any] = {"audience": Audience.OFFICER, "person": CLERK}
    return [
        Page("services:work-queue", "/xu-ly/", State.EMPTY, **clerk),
        Page("services:work-queue", "/xu-ly/?cua=toi", State.EMPTY, note="mine", **clerk),
    ]


PAGES = [
    *_public(),
    *_units(),
    *_signed_in(),
    *_trail(),
    *_registers(),
    *_verification(),
    *_documents(),
    *_procedures(),
    *_filing(),
    *_desk(),
    *_work(),
]


@dataclass(frozen=True)
class Picture:
    """A picture for the README; `full` takes the whole page, else one screen."""

    file: str
    page: Page
    width: int = 1366
    full: bool = False


def _page(name: str, note: str = "", state: State = State.FILLED) -> Page:
    return next(page for page in PAGES if (page.name, page.note, page.state) == (name, note, state))


PICTURES = [
    Picture("home", _page("ui:home")),
    Picture("home-phone", _page("ui:home"), width=360),
    Picture("my-commune-phone", _page("units:resolved", note="split"), width=360, full=True),
    Picture("unit", _page("units:card", note="province")),
    Picture("tree", _page("units:tree")),
    Picture("calendar", _page("calendar:year")),
    Picture("sign-in-phone", _page("accounts:sign-in"), width=360),
    Picture("work", _page("ui:work", state=State.EMPTY)),
]
