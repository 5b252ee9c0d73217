"""What the database must hold before the first page: tables, the country, the demo people.

What was done stands in the database itself, with a fingerprint of what it was done from: a second start skips it, and a
database that was emptied or replaced is filled again.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import psycopg

from launch import place
from launch.say import quietly, step


@dataclass(frozen=True)
class Step:
    """A repeatable management command, run again when one of the files that match `depends` changed."""

    says: str
    command: tuple[str, ...]
    depends: tuple[str, ...]

    def digest(self) -> str:
        found = {path for pattern in self.depends for path in place.ROOT.glob(pattern) if not _private(path)}
        return place.digest(found, *self.command)


SCHEMA = ("*/migrations", "portal/*/migrations", "requirements.lock")
CALENDAR = (*SCHEMA, "portal/calendar/data", "portal/calendar/fixture.py")
COUNTRY = (*SCHEMA, "units/data", "units/country.py", "units/operations/loading.py")
STEPS = (
    Step("Bringing the tables up to date", ("migrate", "--verbosity=0"), SCHEMA),
    Step("Loading holidays and swapped days", ("load_calendar",), CALENDAR),
    Step("Loading the country", ("load_country",), COUNTRY),
    Step(
        "Loading the demo province and its people",
        ("load_demo",),
        (*COUNTRY, *CALENDAR, "staff/demo.py", "staff/data", "staff/catalogue.py"),
    ),
)


def _private(path: Path) -> bool:
    return bool({".venv", ".local", "node_modules"} & set(path.relative_to(place.ROOT).parts))


def ensure(environment: dict[str, str]) -> None:
    """Run the steps that are due."""
    owner = environment["DATABASE_OWNER_URL"]
    done = _done(owner)
    for one in STEPS:
        wanted = one.digest()
        if done.get(one.command[0]) == wanted:
            continue
        with step(one.says):
            manage(*one.command, environment=environment, why=f"{one.says} failed")
        _note(owner, one.command[0], wanted)


def manage(*command: str, environment: dict[str, str], why: str) -> str:
    """Run a management command and give back what it printed."""
    return quietly(
        [place.PYTHON, "-W", "ignore", "manage.py", *command],
        why=why,
        cwd=place.ROOT,
        env={**os.environ, **environment},
    )


def _done(owner: str) -> dict[str, str]:
    with psycopg.connect(owner) as database:
        row = database.execute("select to_regclass('launcher.done')").fetchone()
        if not row or not row[0]:
            return {}
        return dict(database.execute("select step, digest from launcher.done").fetchall())


def _note(owner: str, name: str, digest: str) -> None:
    with psycopg.connect(owner) as database:
        database.execute("create schema if not exists launcher")
        database.execute("create table if not exists launcher.done (step text primary key, digest text not null)")
        database.execute(
            "insert into launcher.done values (%s, %s) on conflict (step) do update set digest = excluded.digest",
            [name, digest],
        )
