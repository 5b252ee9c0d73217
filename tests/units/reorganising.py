"""People and shortcuts for acts that are drafted, signed and run in tests."""

import uuid
from datetime import UTC, date, datetime
from itertools import count

from portal.events.actors import System
from portal.isolation import Purpose, scope
from tests.units.land import TODAY, Land
from units.kinds import ActKind
from units.models import ReorgEvent
from units.operations import (
    Head,
    Result,
    Source,
    draft_act,
    revise_act,
    schedule_act,
    sign_act,
    simulate,
    take_effect,
    withdraw_act,
)
from units.queries import root as root_on

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
DAY = date(2027, 1, 1)
MIDNIGHT = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)  # in Vietnam, of DAY
numbers = count(500)


class Somebody:
    """`without`: a capability that this person lacks."""

    def __init__(self, without: str = "") -> None:
        self.event_actor = f"user:{uuid.uuid4()}"
        self.without = without

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return perm != self.without


DRAFTER, SIGNER, RUNNER = Somebody(), Somebody(), Somebody()


def root(land: Land) -> int:
    return root_on(TODAY).unit_id


def head(land: Land, kind: ActKind = ActKind.MERGE, **fields) -> Head:
    given = {
        "kind": kind, "legal_no": f"{next(numbers)}/NQ-HĐND", "legal_date": TODAY, "effective_on": DAY,
        "title": "Về việc sắp xếp thử", "unit_id": root(land), "file_sha256": bytes(32),
    }  # fmt: skip
    return Head(**given | fields)


def draft(land: Land, results=(), sources=(), kind: ActKind = ActKind.MERGE, actor=DRAFTER, **fields) -> ReorgEvent:
    with scope(purpose=Purpose.REORGANISATION):
        return draft_act(head=head(land, kind, **fields), results=results, sources=sources, actor=actor, now=NOW)


def tried(act: ReorgEvent, actor=DRAFTER, now=NOW):
    with scope(purpose=Purpose.REORGANISATION):
        return simulate(act_id=act.pk, actor=actor, now=now)


def revised(act: ReorgEvent, results=(), sources=(), **given) -> ReorgEvent:
    values = {"actor": DRAFTER, "now": NOW} | given
    with scope(purpose=Purpose.REORGANISATION):
        return revise_act(act_id=act.pk, results=results, sources=sources, **values)


def signed(act: ReorgEvent, actor=SIGNER, now=NOW, seen: bytes | None = None) -> ReorgEvent:
    with scope(purpose=Purpose.REORGANISATION):
        seen = seen or bytes(act.simulations.latest("number").digest)
        return sign_act(act_id=act.pk, seen=seen, actor=actor, now=now)


def put_down(act: ReorgEvent, actor=SIGNER, now=NOW) -> ReorgEvent:
    with scope(purpose=Purpose.REORGANISATION):
        return schedule_act(act_id=act.pk, actor=actor, now=now)


def scheduled(act: ReorgEvent, now=NOW) -> ReorgEvent:
    """From draft to scheduled."""
    tried(act, now=now)
    signed(act, now=now)
    return put_down(act, now=now)


def run(act: ReorgEvent, actor=System.REORGANISATION, now=MIDNIGHT) -> ReorgEvent:
    return take_effect(act_id=act.pk, actor=actor, now=now)


def withdrawn(act: ReorgEvent, actor=SIGNER, now=NOW) -> ReorgEvent:
    with scope(purpose=Purpose.REORGANISATION):
        return withdraw_act(act_id=act.pk, reason="Quốc hội chưa thông qua", actor=actor, now=now)


def merger(land: Land, **fields) -> ReorgEvent:
    """Phường An and Xã Đông of Thủy become Phường An Đông."""
    new = Result("X", "An Đông", "phuong", land.new("01").pk, code="00099")
    return draft(land, [new], [Source(land.new("00001").pk, "X"), Source(land.new("00004").pk, "X")], **fields)


def split(land: Land, **fields) -> ReorgEvent:
    """Xã Đông becomes Xã Đông Bắc (with Ấp 1) and Xã Đông Nam, which takes what no rule knows."""
    above = land.new("01").pk
    results = [Result("N", "Đông Bắc", "xa", above), Result("S", "Đông Nam", "xa", above, code="00004")]
    old = land.new("00004").pk
    sources = [
        Source(old, "N", "part", rule={"villages": ["Ấp 1"]}),
        Source(old, "S", "part", is_default=True, rule={"villages": ["Ấp 2"]}),
    ]
    return draft(land, results, sources, kind=ActKind.SPLIT, **fields)
