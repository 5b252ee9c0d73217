"""GET changes nothing: no page, opened by anybody, alters a single row."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import transaction
from django.test import Client
from django.urls import translate_url
from psycopg import sql

from portal.routes import Route, routes
from tests.cast import cast, sign_in

# What may move while somebody only looks: when the session was last used, and the trail of looking and being refused.
MOVES = {"accounts_session", "events_event", "events_eventlink", "events_eventconcern", "events_chainhead"}
TOLD = {"accounts.sign_in.refused"}


def fingerprint(superuser: psycopg.Connection) -> dict[str, str]:
    """Table -> hash over all its rows, asked by the superuser: row-level security hides rows from all others."""
    tables = superuser.execute(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname"
    ).fetchall()
    found = {}
    rows = "select coalesce(md5(string_agg(row::text, '|' order by row::text)), '') from {} row"
    for (table,) in tables:
        if table not in MOVES:
            told = superuser.execute(sql.SQL(rows).format(sql.Identifier(table))).fetchone()
            found[table] = str(told)
    return found


def events(superuser: psycopg.Connection) -> set[str]:
    return {row[0] for row in superuser.execute("select name from events_event").fetchall()}


def openable() -> list[Route]:
    return [route for route in routes() if not route.parameters and not route.path.startswith("^")]


def visit(client: Client) -> Iterator[tuple[str, int]]:
    """Opens every address that needs no number, in Vietnamese and in English."""
    for route in openable():
        path = "/" + route.path.replace("^", "").replace("\\Z", "").replace("$", "")
        for address in {path, translate_url(path, "en")}:
            answer = client.get(address)
            yield address, answer.status_code
            answer.close()


@pytest.mark.parametrize("who", ["nobody", "administrator"])
def test_get_changes_nothing(who: str, real_db: str, superuser: psycopg.Connection) -> None:
    with transaction.atomic():
        people = cast()
    client = Client()
    if who == "administrator":
        sign_in(client, people.administrator.user)
    before, known = fingerprint(superuser), events(superuser)
    answers = dict(visit(client))
    after = fingerprint(superuser)
    assert not [table for table in after if after[table] != before[table]]
    assert {name for name in events(superuser) - known if not name.endswith("viewed")} <= TOLD
    assert not {address: status for address, status in answers.items() if status >= 500}
    assert sum(status == 200 for status in answers.values()) >= 10
