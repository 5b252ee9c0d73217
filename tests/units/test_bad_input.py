"""What cannot be is told in Vietnamese with its row, on the page and over REST, and nothing is changed."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, cast, officer, sign_in
from tests.services.api.talking import Rest, read
from tests.units.reorganising import draft, merger, scheduled
from units.handovers import registered
from units.kinds import ActKind
from units.models import ReorgEvent
from units.operations import Result, Source

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
