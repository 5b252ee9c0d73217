"""A database beside the configured one, made for one replay and dropped after it. The portal's own is never written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

PREFIX = "mc_replay_"
ALIASES = ("default", "owner")
ADDRESS = "DATABASE_SUPERUSER_URL"


class NoScratch(Exception):
    """There is no right to make a database here. The message says what to do."""


def superuser(name: str) -> psycopg.Connection:
    """A connection that may fill tables past their triggers."""
    address = os.environ.get(ADDRESS)
    if not address or "owner" not in settings.DATABASES:
        raise NoScratch(
            f"A replay makes a database of its own, and this account may not. Start it by bin/manage, or set {ADDRESS} "
            "(a superuser of the server) and DATABASE_OWNER_URL (who owns the tables). Nothing was done."
        )
    return psycopg.connect(make_conninfo(address, dbname=name), autocommit=True)


@contextmanager
def scratch(*, template: str = "", keep: bool = False) -> Iterator[str]:
    """Django speaks to a fresh, migrated database inside. `template`: one that is migrated already."""
    name = f"{PREFIX}{os.getpid()}"
    before = {alias: str(connections[alias].settings_dict["NAME"]) for alias in ALIASES if alias in settings.DATABASES}
    _make(name, template)
    try:
        _point_to(dict.fromkeys(ALIASES, name))
        if not template:
            call_command("migrate", database="owner", verbosity=0)
        yield name
    finally:
        _point_to(before)
        if not keep:
            _drop(name)


def _make(name: str, template: str) -> None:
    owner, portal = (str(connections[alias].settings_dict["USER"]) for alias in ("owner", "default"))
    own, app = sql.Identifier(owner), sql.Identifier(portal)
    source = sql.SQL(" template {} strategy file_copy").format(sql.Identifier(template)) if template else sql.SQL("")
    _drop(name)
    with superuser("postgres") as server:
        server.execute(sql.SQL("create database {} owner {}{}").format(sql.Identifier(name), own, source))
    with superuser(name) as database:
        # As `bin/launch/roles.py` does it for the portal's own database
        for statement in (
            sql.SQL("grant usage on schema public to {app}"),
            sql.SQL("alter schema public owner to {own}"),
            sql.SQL("alter default privileges for role {own} grant select, insert, update, delete on tables to {app}"),
            sql.SQL("alter default privileges for role {own} grant usage, select on sequences to {app}"),
        ):
            database.execute(statement.format(own=own, app=app))


def _drop(name: str) -> None:
    with superuser("postgres") as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _point_to(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        settings.DATABASES[alias]["NAME"] = name
