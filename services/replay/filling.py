"""Two million dossiers in minutes: the closed ones by one statement, the open ones sealed as the portal seals them, so
that the rules of a split can read where their people live.
"""

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql

from portal.accounts import vault
from services import versions
from services.kinds import Channel, StepRole
from services.models import ProcedureVersion, Proof
from services.models.dossiers import ANSWERS, CONTACT, PIN
from services.models.sealed import seal_json
from services.replay.invented import invented, village
from services.replay.people import People
from services.replay.people import fill as fill_people
from services.replay.petitions import CLOCKS, petition
from services.replay.petitions import COLUMNS as PETITION
from services.replay.reform import VILLAGES
from services.states import ItemState, Stage, State

Row = tuple[Any, ...]
OPEN_OF = 40  # one of so many dossiers is open: 50,000 of two million
PETITIONS_OF = 400  # one petition for so many dossiers, and one for every second commune at least
CITIZENS_OF = 20  # one account for so many dossiers
BEGIN = datetime(2025, 6, 2, 2, 0, tzinfo=UTC)  # the oldest open dossier
# Of twenty open dossiers: what the desk has not seen yet, what is worked on, what waits for somebody.
STATES = (
    *(State.SUBMITTED,) * 4, *(State.ACCEPTED,) * 3, *(State.PROCESSING,) * 10, *(State.SUPPLEMENT,) * 2, State.DECIDED,
)  # fmt: skip
COLUMNS = (
    "id", "reference", "code", "version_id", "state", "stage", "channel", "return_channel", "owner_id", "owner_name",
    "filer_id", "filer_name", "summary", "pin_sealed", "answers_sealed", "contact_sealed", "receiving_unit_id",
    "competent_unit_id", "returning_unit_id", "responsible_unit_id", "holder_id", "submitted_at", "answer_due_at",
    "alert_due_at", "answered_at", "accepted_at", "due_at", "printed_due_at", "next_due_at", "paused_at", "decided_at",
    "limit_case", "reason", "revision",
)  # fmt: skip
ITEMS = (
    "id", "dossier_id", "number", "step", "name", "role", "unit_id", "state", "officer_id", "opened_at", "taken_at",
    "due_at", "done_at", "note",
)  # fmt: skip
PAPERS = ("dossier_id", "key", "name", "proof", "originals", "certified", "copies", "source", "source_ref",
          "source_at", "result_code", "note")  # fmt: skip
CLOSED = """
insert into services_dossier (id, reference, code, version_id, state, stage, channel, return_channel, owner_name,
  filer_name, summary, pin_sealed, answers_sealed, contact_sealed, receiving_unit_id, competent_unit_id,
  returning_unit_id, responsible_unit_id, submitted_at, answer_due_at, alert_due_at, answered_at, accepted_at, due_at,
  printed_due_at, closed_at, decided_at, limit_case, reason, revision)
select gen_random_uuid(), 'RC' || unit_id || '-' || k, 'H' || unit_id || '-' || to_char(at, 'YYMMDD') || '-' ||
  lpad(k::text, 6, '0'), (%(versions)s::bigint[])[1 + k %% cardinality(%(versions)s)], 'returned', '', 'desk', 'desk',
  (%(names)s::text[])[1 + k %% cardinality(%(names)s)], %(filer)s, %(summary)s,
  %(envelope)s, %(envelope)s, %(envelope)s, unit_id, unit_id, unit_id, unit_id, at, at + interval '1 day',
  at + interval '2 hours', at + interval '3 hours', at + interval '3 hours', at + interval '10 days',
  at + interval '10 days', at + interval '9 days', at + interval '8 days', '', '', 5
from unnest(%(communes)s::bigint[], %(counts)s::int[]) as held (unit_id, number)
cross join lateral generate_series(1, number) as k
cross join lateral (select timestamptz '2025-06-20 03:00+00' - (k %% 160) * interval '1 day' as at) as moment
"""
TABLES = ("services_dossier", "services_workitem", "services_component", "services_petition", "services_petitionclock")
OTHERS = ("accounts_user", "staff_person", "staff_post", "staff_assignment", "documents_document",
          "documents_register_book")  # fmt: skip
SETTINGS = (
    "set session_replication_role = replica",
    "set synchronous_commit = off",
    "set maintenance_work_mem = '256MB'",
)
LOOSE = """
select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i
where i.indrelid = any (%s::regclass[]) and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)
"""
POSTED = """select a.unit_id, a.user_id from staff_assignment a join staff_post p on p.id = a.post_id
 where p.code = 'civil-status-specialist'"""


@dataclass(frozen=True, slots=True)
class Filled:
    people: People
    open: int
    closed: int


@dataclass(frozen=True)
class Land:
    """What is filled: communes, and the procedures that people came for. `luck`: the same for the same seed."""

    communes: list[int]
    published: Sequence[ProcedureVersion]
    luck: random.Random


def fill(database: psycopg.Connection, land: Land, *, dossiers: int) -> Filled:
    """By a superuser, past triggers and policies; indexes are made anew when all rows are there."""
    for setting in SETTINGS:
        database.execute(setting)
    envelope = vault.seal("{}", context="replay")
    citizens = max(dossiers // CITIZENS_OF, len(land.communes), 10)
    people = fill_people(database, land.communes, citizens=citizens, envelope=envelope)
    loose = database.execute(LOOSE, [list(TABLES)]).fetchall()
    for index, _definition in loose:
        database.execute(sql.SQL("drop index {}").format(sql.Identifier(*index.split("."))))
    still_open = max(dossiers // OPEN_OF, len(land.communes))
    closed = _close(database, land, dossiers - still_open, envelope)
    _open(database, land, still_open)
    _complain(database, land, max(dossiers // PETITIONS_OF, len(land.communes) // 2))
    for _index, definition in loose:
        database.execute(definition)
    for table in (*TABLES, *OTHERS):
        database.execute(sql.SQL("vacuum (analyze) {}").format(sql.Identifier(table)))
    return Filled(people, still_open, closed)


def _close(database: psycopg.Connection, land: Land, number: int, envelope: bytes) -> int:
    """Large and small communes: the largest has nine times as many as the smallest."""
    weights = [land.luck.uniform(0.2, 1.8) for _unit in land.communes]
    share = max(number, 0) / sum(weights)
    facts = {
        "communes": land.communes, "counts": [round(weight * share) for weight in weights],
        "names": invented()["citizens"], "filer": invented()["filer"], "summary": invented()["closed"],
        "versions": [version.pk for version in land.published], "envelope": envelope,
    }  # fmt: skip
    return int(database.execute(CLOSED, facts).rowcount)


def _open(database: psycopg.Connection, land: Land, number: int) -> None:
    officers, people = _officers(database), _citizens(database)
    rows: list[Row] = []
    steps: list[Row] = []
    papers: list[Row] = []
    for place in range(number):
        unit = land.communes[place % len(land.communes)]
        made = _Made(place, unit, land, officer=officers[unit], citizen=land.luck.choice(people))
        rows.append(made.row())
        steps += made.steps()
        papers += made.papers()
    _copy(database, "services_dossier", COLUMNS, rows)
    _copy(database, "services_workitem", ITEMS, steps)
    _copy(database, "services_component", PAPERS, papers)


def _complain(database: psycopg.Connection, land: Land, number: int) -> None:
    officers, people = _officers(database), _citizens(database)
    rows: list[Row] = []
    clocks: list[Row] = []
    for place in range(number):
        unit = land.communes[2 * place % len(land.communes)]
        key = uuid.UUID(int=land.luck.getrandbits(128), version=4)
        row, running = petition(place, unit, citizen=land.luck.choice(people), officer=officers[unit], key=key)
        rows.append(row)
        clocks += running
    _copy(database, "services_petition", PETITION, rows)
    _copy(database, "services_petitionclock", CLOCKS, clocks)


def _officers(database: psycopg.Connection) -> dict[int, uuid.UUID]:
    """The specialist of each commune."""
    return dict(database.execute(POSTED).fetchall())


def _citizens(database: psycopg.Connection) -> list[uuid.UUID]:
    rows = database.execute("select id from accounts_user where kind = 'citizen' order by username").fetchall()
    return [row[0] for row in rows]


def _copy(database: psycopg.Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    with database.cursor() as cursor, cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)


class _Made:
    """One open dossier and its steps; which state it is in goes round with its place."""

    def __init__(self, place: int, unit: int, land: Land, *, officer: uuid.UUID, citizen: uuid.UUID) -> None:
        self.place, self.unit, self.officer, self.citizen, luck = place, unit, officer, citizen, land.luck
        self.version = land.published[place % len(land.published)]
        self.pk = uuid.UUID(int=luck.getrandbits(128), version=4)
        self.standing = STATES[luck.randrange(len(STATES))]
        self.village = luck.randrange(VILLAGES) + 1
        self.at = BEGIN + timedelta(days=luck.randrange(25), minutes=luck.randrange(5 * 60))  # in working hours
        self.is_accepted = self.standing is not State.SUBMITTED
        self.is_taken = self.standing in {State.PROCESSING, State.SUPPLEMENT}

    def row(self) -> tuple[Any, ...]:
        accepted = self.at + timedelta(hours=1) if self.is_accepted else None
        due = self.at + timedelta(days=60) if self.is_accepted else None
        paused = self.at + timedelta(days=2) if self.standing is State.SUPPLEMENT else None
        names = invented()["citizens"]
        name = names[self.place % len(names)]
        code = f"HM{self.unit}-{self.at:%y%m%d}-{self.place % 1_000_000:06d}" if self.is_accepted else ""
        return (
            self.pk, f"RO{self.place}", code, self.version.pk, self.standing,
            Stage.READY_FOR_PICKUP if self.standing is State.DECIDED else Stage.NONE, Channel.ONLINE, Channel.DESK,
            self.citizen, name, self.citizen, name, invented()["open"],
            vault.seal("123456", context=PIN.context(self.pk)),
            seal_json({"village": village(self.village)}, context=ANSWERS.context(self.pk)),
            seal_json({"address": village(self.village)}, context=CONTACT.context(self.pk)),
            self.unit, self.unit, self.unit, self.unit, self.officer if self.is_taken else None, self.at,
            self.at + timedelta(days=1), self.at + timedelta(hours=2), accepted, accepted, due, due,
            None if paused else due or self.at + timedelta(days=1), paused,
            self.at + timedelta(days=3) if self.standing is State.DECIDED else None, "", "", 3,
        )  # fmt: skip

    def papers(self) -> Iterator[tuple[Any, ...]]:
        """Registers prove what is needed, so that a desk that has not looked yet may receive it."""
        for part in () if self.is_accepted else versions.components(self.version):
            if part.required:
                yield self.pk, part.key, part.name, Proof.DATA, 0, 0, 0, "population", "replay", self.at, "", ""

    def steps(self) -> Iterator[tuple[Any, ...]]:
        """Received, and worked on by the specialist; what was decided waits at the desk that hands it out."""
        if not self.is_accepted:
            return
        planned = versions.steps(self.version)
        current = len(planned) - 1 if self.standing is State.DECIDED else 1
        for place, step in enumerate(planned):
            done, is_open = place < current, place == current
            is_held = is_open and self.is_taken and step.role is StepRole.SPECIALIST
            moment = self.at + timedelta(hours=3 + place)
            yield (
                uuid.UUID(int=self.pk.int ^ (place + 1)), self.pk, place + 1, step.key, step.name, step.role, self.unit,
                ItemState.DONE if done else ItemState.OPEN if is_open else ItemState.WAITING,
                self.officer if is_held else None, moment if done or is_open else None, moment if is_held else None,
                None, moment + timedelta(hours=1) if done else None, "",
            )  # fmt: skip
