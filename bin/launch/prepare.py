"""What must be there before the first page: tables, the country, the demo people, static files, a fresh seal.

What was done from which files is noted where it was done, in the database itself and beside the static files. A second
start skips it; a database that was emptied or replaced is filled again.
"""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from launch import place
from launch.manage import MANAGE
from launch.say import step, trouble


@dataclass(frozen=True)
class Step:
    """A repeatable management command, due when one of the files that match `depends` changed; without any, always."""

    says: str
    command: str
    depends: tuple[str, ...] = ()

    def digest(self) -> str:
        found = {path for pattern in self.depends for path in place.ROOT.glob(pattern) if not _private(path)}
        return place.digest(found, self.command)


SCHEMA = ("*/migrations", "portal/*/migrations", "requirements.lock")
CALENDAR = (*SCHEMA, "portal/calendar/data", "portal/calendar/fixture.py")
COUNTRY = (*SCHEMA, "units/data", "units/country.py", "units/operations/loading.py")
PEOPLE = (*COUNTRY, *CALENDAR, "staff/demo.py", "staff/data", "staff/catalogue.py")
BOOKS = (*PEOPLE, "documents/data", "documents/registers")
CATALOGUE = (*SCHEMA, "services/data", "services/catalogue", "services/declarations", "services/operations")
DOSSIERS = (*PEOPLE, *CATALOGUE, "services/demo*.py")
STATISTICS = (*DOSSIERS, "portal/dashboards/statements.py", "portal/dashboards/data")
FILES = ("assets/dist", "*/static", "portal/*/static", "portal/settings", "requirements.lock")
STEPS = (
    Step("Bringing the tables up to date", "migrate", SCHEMA),
    Step("Loading holidays and swapped days", "load_calendar", CALENDAR),
    Step("Loading the country", "load_country", COUNTRY),
    Step("Loading the catalogue of procedures", "load_catalogue", CATALOGUE),
    Step("Loading the demo province and its people", "load_demo", PEOPLE),
    Step("Writing the register books of the demo", "load_demo_registers", BOOKS),
    Step("Filing the dossiers of the demo", "load_demo_dossiers", DOSSIERS),
    Step("Counting the statistics", "rebuild_statistics", STATISTICS),
    Step("Collecting style sheets, scripts and fonts", "collectstatic", FILES),
)
# Nothing is sealed while the portal is off, and after hours without a seal it refuses whatever would write. A younger
# seal needs no company: beat makes the next one within a minute.
SEAL = Step("Sealing the trail", "seal")
SEAL_IS_OLD = "select coalesce(max(at) < now() - interval '1 hour', true) from events_seal"
STATIC, STATIC_NOTE = place.LOCAL / "static" / "staticfiles.json", place.LOCAL / "static.done"


def _private(path: Path) -> bool:
    return bool({".venv", ".local", "node_modules"} & set(path.relative_to(place.ROOT).parts))


def ensure(environment: dict[str, str], *, seal: bool) -> None:
    """Carry out what is due, in one process of Django; in none when nothing is."""
    with psycopg.connect(environment["DATABASE_OWNER_URL"], autocommit=True) as database:
        done = _done(database)
        due = [(one, digest) for one in STEPS if done.get(one.command) != (digest := one.digest())]
        if seal and _seal_is_old(database):
            due.append((SEAL, ""))
        if due:
            _carry_out(due, environment, database)


def _carry_out(due: Sequence[tuple[Step, str]], environment: dict[str, str], database: psycopg.Connection) -> None:
    with subprocess.Popen(
        [*MANAGE, "prepare", *(one.command for one, _ in due)],
        cwd=place.ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as child:
        try:
            for one, digest in due:
                with step(one.says):
                    _wait_for(one, child)
                if digest:
                    _note(database, one.command, digest)
        finally:
            child.kill()


def _wait_for(one: Step, child: "subprocess.Popen[str]") -> None:
    """Until the process says that it has done `one`; when it ends before, what it said is the reason."""
    lines: list[str] = []
    for text in child.stdout or ():
        if text.rstrip() == f"done {one.command}":
            return
        lines.append(text)
    raise trouble(f"{one.says} failed", "".join(lines))


def _done(database: psycopg.Connection) -> dict[str, str]:
    row = database.execute("select to_regclass('launcher.done')").fetchone()
    noted = dict(database.execute("select step, digest from launcher.done").fetchall()) if row and row[0] else {}
    if STATIC.exists() and STATIC_NOTE.exists():
        noted["collectstatic"] = STATIC_NOTE.read_text(encoding="utf-8")
    return noted


def _seal_is_old(database: psycopg.Connection) -> bool:
    there = database.execute("select to_regclass('events_seal')").fetchone()
    answer = database.execute(SEAL_IS_OLD).fetchone() if there and there[0] else None
    return answer is None or bool(answer[0])


def _note(database: psycopg.Connection, name: str, digest: str) -> None:
    if name == "collectstatic":
        STATIC_NOTE.write_text(digest, encoding="utf-8")
        return
    database.execute("create schema if not exists launcher")
    database.execute("create table if not exists launcher.done (step text primary key, digest text not null)")
    database.execute(
        "insert into launcher.done values (%s, %s) on conflict (step) do update set digest = excluded.digest",
        [name, digest],
    )
