"""From an empty database to the report: build, prepare, run, prove."""

import gc
import random
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import psycopg
from django.db import connection, transaction

from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.catalogue import fixture
from services.models import ProcedureVersion
from services.operations.catalogue import publish_version
from services.replay import acts, filling, sums
from services.replay.acts import Run, midnight
from services.replay.crowd import BROKEN, DATABASE, Crowd, Lived
from services.replay.deeds import DONE, FILED
from services.replay.filling import Filled
from services.replay.locks import Wait, Watch
from services.replay.members import members, province_codes
from services.replay.people import SINCE
from services.replay.scratch import superuser
from units.country import Country, read
from units.operations import load

PROCEDURES = ("2.000815", "1.004873", "2.000884")
COMMUNES = """select v.unit_id from units_unit_version v join units_unit u on u.id = v.unit_id
 where u.level = 'commune' and v.valid @> %s::date order by v.unit_id"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`provinces`: codes of 2025, empty for all of them; `workers`: processes of simulated people."""

    dossiers: int
    provinces: tuple[str, ...] = ()
    workers: int = 2
    seed: int = 1


@dataclass
class Replayed:
    """`wrong`: everything that does not add up; nothing when all is well."""

    filled: Filled
    runs: list[Run] = field(default_factory=list)
    lived: list[Lived] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    before: sums.Sums | None = None
    after: sums.Sums | None = None
    waits: list[Wait] = field(default_factory=list)
    memory: int = 0  # kilobytes of the largest of our processes
    wrong: list[str] = field(default_factory=list)


def replay(wanted: Wanted, name: str, say: Callable[[str], None]) -> Replayed:
    """In the database `name` that Django speaks to, empty but for its tables. `say` hears each step."""
    whole = read()
    provinces = wanted.provinces or [place.code for place in whole.reformed if not place.parent]
    return _Replay(whole.part_of(provinces), wanted, name, say).all()


class _Replay:
    def __init__(self, country: Country, wanted: Wanted, name: str, say: Callable[[str], None]) -> None:
        self.country, self.wanted, self.name, self.say = country, wanted, name, say
        self.seconds: dict[str, float] = {}

    def all(self) -> Replayed:
        with self._timed("build"):
            self.done = Replayed(self._build(), seconds=self.seconds)
        filled = self.done.filled
        self.say(f"{self.country.begins_on}: {filled.open} open and {filled.closed} closed dossiers, ")
        self.say(f"  {filled.people.officers} officers and {filled.people.citizens} citizens")
        with superuser(self.name) as database:
            self.done.before = sums.sums(database, self.country.begins_on)
            self._live(database)
            with self._timed("prove"):
                self._prove(database)
        usage = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
        self.done.memory = max(one.ru_maxrss for one in usage)
        return self.done

    @contextmanager
    def _timed(self, what: str) -> Iterator[None]:
        begun = time.monotonic()
        yield
        self.seconds[what] = time.monotonic() - begun
        self.say(f"  {what}: {self.seconds[what]:.1f} s")

    def _build(self) -> Filled:
        day = self.country.begins_on
        load(country=self.country.before_reform(), actor=System.COMMAND, now=_morning(day))
        with transaction.atomic(), scope(purpose=Purpose.DEMO):
            published = [_publish(code, _morning(day)) for code in PROCEDURES]
        with superuser(self.name) as database:
            communes = [row[0] for row in database.execute(COMMUNES, [day]).fetchall()]
            land = filling.Land(communes, published, random.Random(self.wanted.seed))  # noqa: S311  invented people
            return filling.fill(database, land, dossiers=self.wanted.dossiers)

    def _live(self, database: psycopg.Connection) -> None:
        """The acts, and people at work from before the first to after the last."""
        with transaction.atomic():
            procedure = ProcedureVersion.objects.filter(procedure__code=PROCEDURES[0]).select_related("procedure").get()
        gc.freeze()  # what was loaded is set aside, as a worker does when it starts
        people = members(self.country, database, seed=self.wanted.seed)
        self.crowd = Crowd(people, procedure, self.wanted.seed, self.wanted.workers)
        self.crowd.begin(_morning(self.country.begins_on))
        try:
            with Watch(self.name, [_own()]) as watch:
                with self._timed("prepare"):
                    runs = self._prepare_reform()
                with self._timed("reform"):
                    self._take_effect(runs, self.country.reform_on)
                with self._timed("2026"):
                    self._after()
            self.done.waits = watch.waits
        finally:
            self.done.lived = self.crowd.end()

    def _prepare_reform(self) -> list[Run]:
        now = _morning(self.country.begins_on)
        drafted = acts.of_reform(self.country)
        return [acts.prepared(one, now + timedelta(minutes=5 * at)) for at, one in enumerate(drafted)]

    def _after(self) -> None:
        for day, listed in acts.days_of_2026(self.country).items():
            eve = midnight(day) - timedelta(hours=12)
            self.crowd.tell(eve)
            self._take_effect([acts.prepared(acts.of_2026(act, self.country), eve) for act in listed], day)

    def _take_effect(self, runs: list[Run], day: date) -> None:
        self.crowd.tell(midnight(day))
        begun = time.monotonic()
        for one in runs:
            acts.run(one, midnight(day) + timedelta(seconds=time.monotonic() - begun))
            self.done.runs.append(one)
            self.say(f"  {one.legal_no}: in force after {one.seconds:.2f} s")

    def _prove(self, database: psycopg.Connection) -> None:
        done, country = self.done, self.country
        last = max([country.reform_on, *acts.days_of_2026(country)])
        done.after = sums.sums(database, last)
        acts.prove_all(done.runs)
        for one in done.runs:
            done.wrong += [f"{one.legal_no}: {found}" for found in one.proven.findings]
        filed = Counter(one.province for one in done.lived if one.outcome == FILED)
        ids = {code: unit for unit, code in province_codes(database, last).items()}
        handed_in = {ids[code]: number for code, number in filed.items()}
        if done.before:
            done.wrong += sums.differences(done.before, done.after, handed_in, sums.heirs(database))
        numbers = [one.legal_no for one in done.runs]
        done.wrong += sums.wrongs(database, last, numbers)
        done.wrong += sums.unwritten(database, numbers, sum(one.dossiers for one in done.runs))
        for day in (country.reform_on, last):
            done.wrong += sums.strangers(database, country, day)
        done.wrong += self._people()

    def _people(self) -> Iterator[str]:
        lived = self.done.lived
        broken = Counter(one.outcome for one in lived if one.outcome.startswith((DATABASE, BROKEN)))
        yield from (f"{number} deeds of people failed: {what}" for what, number in broken.items())
        if self.wanted.workers and not any(one.outcome in {DONE, FILED} for one in lived):
            yield "nobody could work meanwhile"


def _publish(code: str, now: datetime) -> ProcedureVersion:
    catalogue = fixture.read()
    description = catalogue.full[code]
    form = catalogue.form_of(description)
    return publish_version(description=description, form=form, first_day=SINCE, actor=System.COMMAND, now=now)


def _morning(day: date) -> datetime:
    return midnight(day) + timedelta(hours=8)


def _own() -> int:
    """Our own connection: the acts do wait for people, and that is no wait of theirs."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return int(cursor.fetchone()[0])
