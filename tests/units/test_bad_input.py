"""What cannot be is told in Vietnamese with its row, on the page and over REST, and nothing is changed."""

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, cast, officer, sign_in
from tests.services.api.talking import Rest, read
from tests.units.land import Land
from tests.units.reorganising import DAY, draft, merger, root, scheduled, tried
from units.handovers import registered
from units.kinds import ActKind
from units.models import ReorgEvent
from units.operations import Result, Source
from units.operations.pasting import read_pasted

pytestmark = pytest.mark.django_db
PAGES, ACTS = "/don-vi/sap-xep/", "reorganisation-acts"


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture(autouse=True)
def nobody_else() -> Any:
    with registered():
        yield


@dataclass(frozen=True)
class Wrong:
    act: Callable[[Cast], ReorgEvent]
    told: tuple[str, ...]


def of(people: Cast, results: Any = (), sources: Any = (), kind: ActKind = ActKind.MERGE) -> ReorgEvent:
    return draft(people.land, results, sources, kind, unit_id=people.province)


def x(people: Cast, **fields: Any) -> Result:
    return Result(**{"key": "X", "name": "Mới", "type": "xa", "parent": people.province} | fields)


def after(people: Cast, *sources: Source, kind: ActKind = ActKind.ABOLISH) -> None:
    """Another act of the same day is there already."""
    scheduled(draft(people.land, sources=sources, kind=kind))


def follower(people: Cast) -> ReorgEvent:
    """A province goes, and another act changes one of its communes on the day."""
    scheduled(merger(people.land))
    return draft(people.land, [], [Source(people.province, people.land.new("11").pk)], ActKind.ABOLISH)


def given_to(people: Cast) -> ReorgEvent:
    """A unit ends on the day on which another act gives work to it."""
    after(people, Source(people.home, people.neighbour))
    return of(people, sources=[Source(people.neighbour)], kind=ActKind.ABOLISH)


def ended(people: Cast) -> ReorgEvent:
    return of(people, [x(people)], [Source(people.land.old("00002").pk, "X"), Source(people.home, "X")])


def overlapping(people: Cast) -> ReorgEvent:
    after(people, Source(people.home))
    return of(people, [x(people)], [Source(people.neighbour, "X"), Source(people.home, "X")])


WRONG = {
    "a circle": Wrong(
        lambda people: of(people, sources=[Source(people.home, people.home)], kind=ActKind.ABOLISH),
        ("Đơn vị cũ, dòng 1", "không chuyển vào chính nó"),
    ),
    "a successor that ends the same day": Wrong(
        lambda people: of(
            people, sources=[Source(people.home, people.neighbour), Source(people.neighbour)], kind=ActKind.ABOLISH
        ),
        ("Đơn vị cũ, dòng 1", "Xã Đông"),
    ),
    "a unit that ended": Wrong(ended, ("Đơn vị cũ, dòng 1", "Xã Bình")),
    "acts that overlap": Wrong(overlapping, ("Đơn vị cũ, dòng 2", "Phường An")),
    "a unit that is given work": Wrong(given_to, ("Đơn vị cũ, dòng 1", "Xã Đông", "giao việc")),
    "a unit that only follows": Wrong(follower, ("Đơn vị cũ, dòng 1", "đi theo", "thay đổi cùng ngày")),
    "a namesake": Wrong(
        lambda people: of(
            people, [x(people, name="An", type="phuong"), x(people, key="Y", name="Khác")],
            [Source(people.neighbour, "X", "part", is_default=True), Source(people.neighbour, "Y", "part")],
            ActKind.SPLIT,
        ),
        ("Đơn vị từ ngày có hiệu lực, dòng 1", "Phường An"),
    ),
    "an empty table": Wrong(of, ("chưa có dòng nào",)),
}  # fmt: skip


@pytest.fixture(params=WRONG.values(), ids=list(WRONG))
def wrong(request: pytest.FixtureRequest, people: Cast) -> tuple[ReorgEvent, tuple[str, ...]]:
    return request.param.act(people), request.param.told


def administrator(people: Cast, act: ReorgEvent) -> Any:
    """Of the province, or of the country where the act is its."""
    if act.unit_id == people.province:
        return people.administrator.user
    member = officer(
        "trung-uong", name="Hà Văn Trung", number="001070000078", unit_id=act.unit_id, post="province-administrator"
    )
    return member.user


def test_the_page_tells_row_and_reason(people: Cast, wrong: tuple[ReorgEvent, tuple[str, ...]]) -> None:
    act, told = wrong
    browser = sign_in(Client(), administrator(people, act))
    answer = browser.post(f"{PAGES}{act.pk}/chay-thu/", {"revision": str(act.revision)})
    assert answer.status_code == 409
    shown = html.unescape(answer.content.decode())
    assert [text for text in told if text.casefold() not in shown.casefold()] == []
    assert ReorgEvent.objects.get(pk=act.pk).state == "draft"


def test_rest_tells_row_and_reason(people: Cast, wrong: tuple[ReorgEvent, tuple[str, ...]]) -> None:
    act, told = wrong
    rest, one = Rest(administrator(people, act)), f"{ACTS}/{act.pk}"
    said = read(rest.send(f"{one}/simulations", etag=rest.etag(one)), 422)
    shown = said["detail"] + " ".join(error["detail"] for error in said["errors"])
    assert [text for text in told if text.casefold() not in shown.casefold()] == []
    assert ReorgEvent.objects.get(pk=act.pk).state == "draft"


HEAD = {
    "kind": "merge", "legal_no": "12/NQ-HĐND", "legal_date": "2026-11-01", "effective_on": "2027-06-01",
    "title": "Về việc nhập hai đơn vị", "decide_days": "5",
}  # fmt: skip
TWO = "00001\tPhường X\n00004\tPhường X"
# What was pasted -> kind, the line that is refused, and what is said of it.
PASTED = {
    f"{TWO}\n99999\tPhường X": ("merge", 3, "không có đơn vị “99999”"),
    "Phường Khác\tPhường X\n00004\tPhường X": ("merge", 1, "không có đơn vị “Phường Khác”"),
    f"{TWO}\n00005\tPhường X": ("merge", 3, "Xã Êm nằm ngoài đơn vị mà văn bản thuộc về"),
    f"{TWO}\nXã Êm\tPhường X": ("merge", 3, "Xã Êm nằm ngoài đơn vị mà văn bản thuộc về"),
    f"{TWO}\n00002\tPhường X": ("merge", 3, "Xã Bình đã kết thúc trước đó theo văn bản 1/NQ"),
    f"{TWO}\nXã Bình\tPhường X": ("merge", 3, "Xã Bình đã kết thúc trước đó theo văn bản 1/NQ"),
    f"{TWO}\n00001\tPhường X": ("merge", 3, "cặp này đã có ở dòng 1"),
    "00001 Phường X\n00004\tPhường X\n": ("merge", 1, "dòng chỉ có một cột"),
    "00001\t\tpart\n00004\tPhường X\n": ("merge", 1, "cột thứ hai còn trống"),
    "00004\tPhường An\tpart\tx\n00004\tXã Khác\tpart": ("split", 1, "đã có đơn vị khác tên Phường An"),
    "00001\t00001": ("abolish", 1, "đơn vị không chuyển vào chính nó"),
    "00001\t00004\n00004\t00001": ("abolish", 2, "chính Phường An cũng kết thúc cùng ngày"),
    "00001\t00004\n00004": ("abolish", 1, "chính Xã Đông cũng kết thúc cùng ngày"),
}


@pytest.mark.parametrize("text", list(PASTED))
def test_a_pasted_line_is_refused_with_its_number_and_the_reason(people: Cast, text: str) -> None:
    kind, line, told = PASTED[text]
    sent = HEAD | {"kind": kind, "unit_id": str(people.province), "rows": text, "keep": "1"}
    answer = sign_in(Client(), people.administrator.user).post(f"{PAGES}soan/", sent)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 400
    assert [number for number, cells in shown_lines(page) if told in cells] == [line]
    assert "xin sửa rồi kiểm tra lại" in page
    assert text.splitlines()[0] in page
    assert not ReorgEvent.objects.filter(legal_no=HEAD["legal_no"]).exists()


def shown_lines(page: str) -> list[tuple[int, str]]:
    """Of the table as it was read: each line's number and its cells."""
    rows = re.findall(r"<tr[^>]*>\s*<th scope=\"row\"[^>]*>Dòng (\d+)</th>(.*?)</tr>", page, re.DOTALL)
    return [(int(number), re.sub(r"<[^>]+>", " ", cells)) for number, cells in rows]


@pytest.mark.parametrize("day", ["2027-01-01", "2027-02-01"])
def test_a_unit_that_another_act_ends_is_told_with_that_act(people: Cast, day: str) -> None:
    after(people, Source(people.home))
    sent = HEAD | {"effective_on": day, "unit_id": str(people.province), "rows": TWO, "check": "1"}
    page = sign_in(Client(), people.administrator.user).post(f"{PAGES}soan/", sent).content.decode()
    ended = "kết thúc cùng ngày theo văn bản" if day == "2027-01-01" else "đã kết thúc trước đó theo văn bản"
    assert re.search(rf"Phường An {ended} \d+/NQ-HĐND", page)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("effective_on", "2026-01-01", "Văn bản có hiệu lực từ hôm nay trở đi"),
        ("effective_on", "9999-12-31", "Xin xem lại năm"),
        ("legal_no", "1\x002", "có ký tự không in được"),
        ("rows", f"{TWO}\x00", "có ký tự không in được"),
        ("legal_no", "1/CU", "Đã có văn bản cùng loại mang số 1/CU"),
    ],
)
def test_a_field_of_the_head_is_refused_beside_it(people: Cast, field: str, value: str, told: str) -> None:
    draft(people.land, sources=[Source(people.neighbour)], unit_id=people.province, legal_no="1/CU")
    browser = sign_in(Client(), people.administrator.user)
    sent = HEAD | {"unit_id": str(people.province), "rows": TWO, field: value, "keep": "1"}
    answer = browser.post(f"{PAGES}soan/", sent)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 400
    assert re.findall(rf'<li><a href="#id_{field}">[^<]*{told}', page)
    assert not ReorgEvent.objects.filter(legal_no=HEAD["legal_no"]).exists()


def test_a_signer_without_the_right_is_told_which_and_nothing_is_signed(people: Cast) -> None:
    act = tried(merger(people.land, unit_id=people.province)).event
    answer = sign_in(Client(), people.administrator.user).post(
        f"{PAGES}{act.pk}/ky/", {"revision": str(act.revision), "digest": "ab" * 32}
    )
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Bước này cần quyền “" in page
    assert "units.reorganisation" not in page
    assert ReorgEvent.objects.get(pk=act.pk).state == "simulated"


def test_what_other_programs_hide_between_letters_is_no_part_of_a_name(land: Land) -> None:
    text = unicodedata.normalize("NFD", "\ufeffPhường An\tPhường Đông\u00a0Mới\u200b\n00004\tPhường Đông Mới")
    rows = read_pasted(text, scope_id=root(land), on=DAY)
    assert [(row.name, row.type) for row in rows.results] == [("Đông Mới", "phuong")]
    assert len(rows.sources) == 2
