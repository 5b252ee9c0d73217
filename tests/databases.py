"""Test databases: a template is migrated once per run; everything else is a clone of it, made within a second.

Tests connect as the application's role, so grants, triggers and row-level security are the real ones.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"p{os.getpid()}")[:12]
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def address(kind: str, name: str) -> str:
    """Connection string of the owner or the superuser to a database of this server."""
    return make_conninfo(os.environ[f"DATABASE_{kind.upper()}_URL"], dbname=name)


@contextmanager
def maintenance() -> Iterator[psycopg.Connection]:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        yield connection


def drop(name: str) -> None:
    """A superuser's connection that was just closed may still be ending, and may not be ended by us; nor may
    a vacuum that the server began by itself: wait for them.
    """
    statement = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
    for pause in (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 0.0):
        try:
            with maintenance() as connection:
                connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            if not pause:
                raise
            time.sleep(pause)
        else:
            return


def clone(template: str | None, name: str) -> None:
    drop(name)
    source = sql.SQL("template {} strategy file_copy").format(sql.Identifier(template)) if template else sql.SQL("")
    with maintenance() as connection:
        connection.execute(sql.SQL("create database {} {}").format(sql.Identifier(name), source))
    with psycopg.connect(address("owner", name), autocommit=True) as connection:
        connection.execute("grant usage on schema public to mc_app")


def point_to(name: str) -> None:
    """Let Django's connections of this thread speak to the database `name`."""
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        settings.DATABASES[alias]["NAME"] = name


def _exists(connection: psycopg.Connection, name: str) -> bool:
    return connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None


def template(*, country: bool) -> str:
    """The migrated template of this run, with the whole country when asked; made by whichever worker comes first."""
    name = f"mc_test_{RUN}_{'country' if country else 'plain'}"
    with maintenance() as connection:
        connection.execute("select pg_advisory_lock(hashtext(%s))", [name])
        if _exists(connection, name):
            return name
        building = f"{name}_building"
        clone(template(country=False) if country else None, building)
        point_to(building)
        if country:
            call_command("load_country", verbosity=0)
        else:
            _prepare(building)
            call_command("migrate", database="owner", verbosity=0)
        connections.close_all()
        connection.execute(
            sql.SQL("alter database {} rename to {}").format(sql.Identifier(building), sql.Identifier(name))
        )
    return name


def _prepare(name: str) -> None:
    with psycopg.connect(address("owner", name), autocommit=True) as connection:
        connection.execute("alter default privileges grant select, insert, update, delete on tables to mc_app")
        connection.execute("alter default privileges grant usage, select on sequences to mc_app")


def drop_leftovers() -> None:
    """Databases of this run; called by the controlling process when the run ends."""
    with maintenance() as connection:
        rows = connection.execute("select datname from pg_database where datname like %s", [f"mc_test_{RUN}%"])
        names = [row[0] for row in rows.fetchall()]
    for name in names:
        drop(name)
