"""How long officers wait while acts of their province take effect: those whose units merge, and those whose do not.

python bench/act_waits.py [--communes 40] [--dossiers 100000] [--officers 8] [--acts 5] [--pairs 1] [--think 0] [--keep]

Makes a province of its own, fills it by SQL (`dossier_rows.py`), lets half of the officers work in communes that merge
and half in communes that stay, each a process of its own that files, checks, accepts and takes the first step, and lets
the acts take effect one after the other. `--pairs`: how many pairs of communes one act merges. `--think`: seconds
between two deeds of one officer; without any, eight officers take both cores away from the act. Waiting for a lock is
read from pg_locks every few milliseconds; the longest deed includes whatever else the machine does. Aims: under 100 ms
for work that does not touch the merging units, under 1 s for work that does.
"""

import argparse
import contextlib
import multiprocessing
import os
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.conf import settings
from django.db import OperationalError, connections, transaction

from bench import dossier_rows
from portal.accounts.models import User
from portal.events.actors import System
from portal.isolation import Purpose, scope, use, waited_in_vain, waiting_at_most
from services.errors import ServicesError
from services.operations import processing, reception
from services.operations.filing import Places
from services.replay.deeds import signed_in
from tests import databases
from tests.cast import Cast, Member, cast, officer
from tests.services.after import DAY, MIDNIGHT, put_down
from tests.services.build import Office, birth
from tests.services.conftest import MONDAY
from tests.units.reorganising import DRAFTER
from units.kinds import ActKind
from units.models import ReorgEvent, ReorgProof, UnitVersion
from units.operations import Head, Result, Source, draft_act, run_due_acts, take_effect

NAME = "mc_bench_act_waits"
FIRST = date(2025, 7, 1)  # of the communes
LOOK = 0.004  # seconds between two looks at the locks
WAITING = """
select activity.application_name,
  lock.locktype || ' ' || lock.mode || coalesce(' ' || lock.relation::regclass::text, ''),
  extract(epoch from clock_timestamp() - lock.waitstart)
from pg_locks lock join pg_stat_activity activity using (pid)
where not lock.granted and lock.waitstart is not null and activity.application_name like 'officer%'
"""


@dataclass
class Told:
    """What one officer lived through; seconds. `refused`: deeds at a unit that had ended; `busy`: that waited
    as long as anybody may. Both were told and not done.
    """

    group: str
    deeds: list[tuple[float, float]] = field(default_factory=list)  # begun at, how long
    refused: int = 0
    busy: int = 0
    troubles: list[str] = field(default_factory=list)


def act_of(kind: ActKind, number: str, day: date, results: list[Result], sources: list[Source]) -> ReorgEvent:
    now = MONDAY if day == DAY else datetime(day.year, day.month, day.day, tzinfo=UTC)
    unit_id = UnitVersion.objects.at(DAY).get(parent=None).unit_id
    head = Head(kind, number, day, day, "Waits", unit_id, bytes(32))
    with transaction.atomic(), scope(purpose=Purpose.REORGANISATION):
        act = draft_act(head=head, results=results, sources=sources, actor=DRAFTER, now=now)
        put_down(act, now)
    return act


def new_communes(people: Cast, number: int) -> list[int]:
    results = [Result(f"C{one}", f"C {one}", "xa", people.province) for one in range(number)]
    act = act_of(ActKind.CREATE, "1/NQ", FIRST, results, [])
    run_due_acts(actor=System.REORGANISATION, now=MONDAY)
    return list(act.changes.order_by("position").values_list("unit_id", flat=True))


def merging(people: Cast, communes: list[int], acts: int, pairs: int) -> list[ReorgEvent]:
    made = []
    for number in range(acts):
        part = communes[number * pairs * 2 : (number + 1) * pairs * 2]
        results = [Result(f"N{one}", f"N {number} {one}", "xa", people.province) for one in range(pairs)]
        sources = [Source(unit, f"N{place // 2}") for place, unit in enumerate(part)]
        made.append(act_of(ActKind.MERGE, f"{100 + number}/NQ", DAY, results, sources))
    return made


def staffed(name: str, number: int, unit_id: int) -> tuple[Member, Member]:
    posts = (("desk-officer", 0), ("civil-status-specialist", 1))
    made = [
        officer(f"{name}-{post}", name="Lu Thi Hoa", number=f"0001{number:03}8{place:04}", unit_id=unit_id, post=post)
        for post, place in posts
    ]
    return made[0], made[1]


@dataclass
class Worker:
    name: str
    group: str
    office: Office
    unit_id: int
    members: tuple[Member, Member]
    think: float


def works(worker: Worker, out: Any, stop: Any) -> None:
    """One officer, until told to stop: each deed is a transaction of its own, as over the web."""
    settings = connections["default"].settings_dict
    settings["OPTIONS"] = {**settings.get("OPTIONS", {}), "application_name": worker.name}
    databases.point_to(NAME)
    told, (desk, specialist), unit_id = Told(worker.group), worker.members, worker.unit_id
    filing_at = Places(unit_id, unit_id, unit_id)
    while not stop.is_set():
        try:
            for _ in _one_dossier(worker.office, filing_at, desk, specialist, told):
                if stop.is_set():
                    break
                time.sleep(worker.think)
        except ServicesError:
            told.refused += 1
            time.sleep(0.05)
        except OperationalError as error:
            told.busy += waited_in_vain(error)
            told.troubles += [] if waited_in_vain(error) else [str(error)]
        except Exception as error:
            told.troubles.append(f"{type(error).__name__}: {error}"[:300])
            time.sleep(0.5)
    out.put(told)


def _one_dossier(office: Office, places: Places, desk: Member, specialist: Member, told: Told) -> Iterator[None]:
    made: dict[str, Any] = {}

    def submit(user: User) -> None:
        made["dossier"] = office.submitted(actor=user, places=places, assisted_by=user)

    def accept(user: User) -> None:
        for key in ("birth_notice",):
            reception.check_component(
                dossier=made["dossier"], key=key, proof="attached", counts=(1, 0, 0), note="", actor=user,
                now=office.tick(),
            )  # fmt: skip
        made["dossier"] = reception.accept(dossier=made["dossier"], actor=user, now=office.tick())

    def take(user: User) -> None:
        item = office.open_step(made["dossier"])
        processing.take_step(item=item, actor=user, now=office.tick())

    for deed, member in ((submit, desk), (accept, desk), (take, specialist)):
        begun = time.perf_counter()
        try:
            user, rights = signed_in(member.user.pk)
            with waiting_at_most(settings.LONGEST_WAIT), transaction.atomic(), use(rights):
                deed(user)
        finally:
            told.deeds.append((begun, time.perf_counter() - begun))
        yield
        time.sleep(0.02)


def look(stop: Any, out: Any) -> None:
    """The longest wait of each group, and for what."""
    found: dict[str, tuple[float, str]] = {}
    with dossier_rows.superuser(NAME) as connection:
        while not stop.is_set():
            for name, what, seconds in connection.execute(WAITING).fetchall():
                group = name.split(":")[1]
                if seconds > found.get(group, (0.0, ""))[0]:
                    found[group] = (seconds, what)
            time.sleep(LOOK)
    out.put(found)


@contextlib.contextmanager
def prepared(chosen: argparse.Namespace) -> Iterator[tuple[list[Worker], list[ReorgEvent]]]:
    databases.clone(databases.template(country=False), NAME)
    databases.point_to(NAME)
    try:
        with transaction.atomic():
            people = cast()
            communes = new_communes(people, chosen.communes)
            with scope(units=[people.home, people.neighbour, people.province]):
                office = Office(people, birth(), MONDAY)
                office.accepted()
        begun = time.perf_counter()
        made = dossier_rows.fill(NAME, communes, chosen.dossiers)
        print(f"{made} dossiers in {len(communes)} communes, filled in {time.perf_counter() - begun:.0f} s", flush=True)
        touched = communes[: chosen.acts * chosen.pairs * 2]
        groups = {"touched": touched, "others": communes[len(touched) :]}
        workers = [employed(number, groups, office, chosen.think) for number in range(chosen.officers)]
        yield workers, merging(people, communes, chosen.acts, chosen.pairs)
    finally:
        connections.close_all()
        if not chosen.keep:
            databases.drop(NAME)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, value in (("communes", 40), ("dossiers", 100_000), ("officers", 8), ("acts", 5), ("pairs", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--think", type=float, default=0.0, help="seconds between two deeds of an officer")
    parser.add_argument("--keep", action="store_true", help="leave the database behind")
    chosen = parser.parse_args()
    with prepared(chosen) as (workers, acts):
        measure(workers, acts)


def employed(number: int, groups: dict[str, list[int]], office: Office, think: float) -> Worker:
    """One at a commune that merges, the next at one that stays; before the acts are scheduled, as posts have no end."""
    group = "touched" if number % 2 else "others"
    unit_id = groups[group][number // 2 * 2 % len(groups[group])]
    with transaction.atomic():
        members = staffed(f"o{number}", number, unit_id)
    return Worker(f"officer:{group}:{number}", group, office, unit_id, members, think)


def measure(workers: list[Worker], acts: list[ReorgEvent]) -> None:
    context = multiprocessing.get_context("fork")
    stop, out, locks = context.Event(), context.Queue(), context.Queue()
    running = [context.Process(target=look, args=(stop, locks))]
    running += [context.Process(target=works, args=(worker, out, stop)) for worker in workers]
    connections.close_all()
    for one in running:
        one.start()
    time.sleep(5)  # until everybody has loaded what they need
    spans = []
    for act in acts:
        begun = time.perf_counter()
        with_trouble = [ran for ran in run_due_acts_of(act) if ran]
        spans.append((begun, time.perf_counter()))
        print(f"act {act.legal_no}: {spans[-1][1] - begun:.2f} s {with_trouble or ''}", flush=True)
        time.sleep(0.5)
    stop.set()
    tell([out.get() for _ in workers], locks.get(), spans)
    for one in running:
        one.join()
    with transaction.atomic(), scope(purpose=Purpose.REORGANISATION):
        rows = ReorgProof.objects.filter(event__in=acts).order_by("id")
        for row in rows:
            moved = sum(move["number"] for move in row.moves)
            print("proof holds:", row.holds, "moved:", moved, row.findings[:5] or "")


def run_due_acts_of(act: ReorgEvent) -> list[str]:
    """The next act alone, so that its time can be told."""
    try:
        take_effect(act_id=act.pk, actor=System.REORGANISATION, now=MIDNIGHT)
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]
    return []


def tell(officers: list[Told], locks: dict[str, tuple[float, str]], spans: list[tuple[float, float]]) -> None:
    by_group: dict[str, list[Told]] = defaultdict(list)
    for one in officers:
        by_group[one.group].append(one)
    heads = f"{'':10}{'deeds':>8}{'median':>10}{'meanwhile':>12}{'longest':>10}{'lock':>8}"
    print(f"{heads}   ms; meanwhile and longest: of deeds during an act")
    for group, members in sorted(by_group.items()):
        deeds = [deed for one in members for deed in one.deeds]
        during = [took for begun, took in deeds if any(begun < end and begun + took > start for start, end in spans)]
        lock, what = locks.get(group, (0.0, "-"))
        quiet = statistics.median(took for _begun, took in deeds) * 1000 if deeds else 0.0
        median = statistics.median(during) * 1000 if during else 0.0
        longest = max(during, default=0.0) * 1000
        print(f"{group:10}{len(deeds):8}{quiet:10.1f}{median:12.1f}{longest:10.1f}{lock * 1000:8.1f}   {what}")
        troubles = Counter(line for one in members for line in one.troubles)
        print(*(f"{'':10}{number} times {line}" for line, number in troubles.items()), sep="\n")
        print(f"{'':10}refused because the unit had ended: {sum(one.refused for one in members)}")
        print(f"{'':10}told to try again in a moment: {sum(one.busy for one in members)}")


if __name__ == "__main__":
    main()
