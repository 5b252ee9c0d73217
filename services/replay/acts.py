"""The acts of the reform, taken through the engine: drafted by one person, signed by another, run on their day."""

import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.replay.reform import FILE, Drafted, Key, Reform, retypes
from units.country import Act, Country
from units.kinds import Level
from units.models import ReorgEvent, UndecidedItem, UnitCode
from units.operations import (
    Head,
    Proven,
    Result,
    change_of,
    draft_act,
    prove,
    schedule_act,
    sign_act,
    simulate,
    take_effect,
)
from units.queries import root

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Signatory:
    """Who drafts or signs for the State. The posts of the portal's own people begin with the reform."""

    def __init__(self, name: str) -> None:
        self.event_actor = f"user:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return perm.startswith("units.reorganisation.")


DRAFTER, SIGNER = Signatory("replay-drafter"), Signatory("replay-signer")


@dataclass
class Run:
    """One act: `began` and `ended` of its taking effect by `time.monotonic`; the seconds that went before; its WAL."""

    act_id: int
    legal_no: str
    province: str
    prepared: float
    began: float = 0.0
    ended: float = 0.0
    wal: int = 0
    moved: int = 0  # things of all kinds
    dossiers: int = 0
    undecided: int = 0
    proven: Proven = field(default_factory=Proven)

    @property
    def seconds(self) -> float:
        return self.ended - self.began


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)


def of_reform(country: Country) -> list[Drafted]:
    """What the acts of the reform say about the units of 30 June 2025."""
    on = country.begins_on
    with transaction.atomic():
        codes = UnitCode.objects.filter(scheme="nso", valid__contains=on, is_alias=False)
        units: dict[Key, int] = {
            (Level(level), code): unit for level, code, unit in codes.values_list("level", "code", "unit_id")
        }
        return list(Reform(country, units, _root(on)).acts())


def _root(on: date) -> int:
    found = root(on)
    if found is None:
        raise LookupError(on)
    return found.unit_id


def of_2026(act: Act, country: Country) -> Drafted:
    changes = [change_of(retype, act) for retype in country.retypes if retype.act == act.legal_no]
    results = tuple(Result(f"U{one.unit_id}", one.name, one.type, unit_id=one.unit_id) for one in changes)
    head = Head(
        kind=act.kind, legal_no=act.legal_no, legal_date=act.legal_date, effective_on=act.effective_on,
        title=act.title, unit_id=_root(act.effective_on), file_sha256=FILE, note=act.note,
    )  # fmt: skip
    return Drafted("", head, results, ())


def days_of_2026(country: Country) -> dict[date, list[Act]]:
    days: dict[date, list[Act]] = {}
    for act in retypes(country):
        days.setdefault(act.effective_on, []).append(act)
    return days


def prepared(drafted: Drafted, now: datetime) -> Run:
    """Drafted, tried out, signed by somebody else, scheduled."""
    begun = time.monotonic()
    with transaction.atomic(), scope(purpose=Purpose.REORGANISATION):
        act = draft_act(head=drafted.head, results=drafted.results, sources=drafted.sources, actor=DRAFTER, now=now)
    with transaction.atomic(), scope(purpose=Purpose.REORGANISATION):
        tried = simulate(act_id=act.pk, actor=DRAFTER, now=now + timedelta(minutes=1))
    with transaction.atomic(), scope(purpose=Purpose.REORGANISATION):
        sign_act(act_id=act.pk, seen=bytes(tried.digest), actor=SIGNER, now=now + timedelta(minutes=2))
        schedule_act(act_id=act.pk, actor=SIGNER, now=now + timedelta(minutes=3))
    return Run(act.pk, drafted.head.legal_no, drafted.province, time.monotonic() - begun)


def run(one: Run, now: datetime) -> None:
    """As the portal does it a minute after midnight."""
    before, one.began = _wal(), time.monotonic()
    take_effect(act_id=one.act_id, actor=System.REORGANISATION, now=now)
    one.ended, one.wal = time.monotonic(), _wal() - before


def prove_all(runs: Iterable[Run]) -> None:
    with transaction.atomic(), scope(purpose=Purpose.REORGANISATION):
        for one in runs:
            act = ReorgEvent.objects.get(pk=one.act_id)
            one.proven = prove(act)
            proof = getattr(act, "proof", None)
            moves = proof.moves if proof else []
            one.moved = sum(move["number"] for move in moves)
            one.dossiers = sum(move["number"] for move in moves if move["what"] == "dossier")
            one.undecided = UndecidedItem.objects.filter(event=act).count()


def _wal() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn")
        return int(cursor.fetchone()[0])
