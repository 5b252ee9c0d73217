"""Two roles: one owns the tables and migrates, the application's owns nothing and can't change the schema."""

import os
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from launch import keys
from launch.postgres import Cluster
from launch.say import SetupError

OWNER, APPLICATION, DATABASE = "mc_owner", "mc_app", "mocua"
OLDEST_SERVER = 180000


def embedded(cluster: Cluster, *, may_create_databases: bool) -> dict[str, str]:
    """Roles and database in our own cluster; repeated at each start, so that a lost password is put right."""
    owner, application = keys.read(cluster.state, "owner"), keys.read(cluster.state, "application")
    with psycopg.connect(cluster.url(), autocommit=True) as server:
        _role(server, OWNER, owner, "createdb" if may_create_databases else "nocreatedb")
        _role(server, APPLICATION, application, "nocreatedb")
        if not server.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            create = sql.SQL("create database {} owner {}")
            server.execute(create.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
    found = {
        "DATABASE_OWNER_URL": cluster.url(OWNER, owner, DATABASE),
        "DATABASE_URL": cluster.url(APPLICATION, application, DATABASE),
    }
    with psycopg.connect(found["DATABASE_OWNER_URL"], autocommit=True) as database:
        _grant(database)
    return found


def on_server(given: dict[str, str], state: Path) -> dict[str, str]:
    """The two addresses on a server that somebody else runs; with one address given, it is the owner's."""
    both = "DATABASE_OWNER_URL" in given
    owner = given["DATABASE_OWNER_URL" if both else "DATABASE_URL"]
    try:
        with psycopg.connect(owner, autocommit=True, connect_timeout=10) as database:
            if database.info.server_version < OLDEST_SERVER:
                found = database.info.server_version // 10000
                raise SetupError(f"DATABASE_URL is PostgreSQL {found}; 18 or newer is needed.")
            application = given["DATABASE_URL"] if both else _application_on(database, owner, state)
            _grant(database)
    except psycopg.errors.InsufficientPrivilege as error:
        raise SetupError(
            f"The account of DATABASE_URL may not make the role {APPLICATION} or grant to it "
            f"({error.diag.message_primary}). Give it CREATEROLE, or make the role "
            "yourself and set DATABASE_OWNER_URL and DATABASE_URL."
        ) from error
    except psycopg.OperationalError as error:
        said = str(error).strip().splitlines()[0]
        raise SetupError(
            f"The server of DATABASE_URL can't be reached: {said}. Check its address and password."
        ) from error
    return {"DATABASE_OWNER_URL": owner, "DATABASE_URL": application}


def _application_on(database: psycopg.Connection, owner: str, state: Path) -> str:
    password = keys.read(state, "application-on-server")
    address = make_conninfo(owner, user=APPLICATION, password=password)
    try:
        psycopg.connect(address, connect_timeout=10).close()
    except psycopg.OperationalError:  # absent, or with a password of another folder
        _role(database, APPLICATION, password, "nocreatedb")
    return _url(address)


def _url(conninfo: str) -> str:
    """A libpq URL, which is what settings and other programs expect."""
    parts = {name: str(value) for name, value in conninfo_to_dict(conninfo).items()}
    user, password, name = (quote(parts.pop(part, ""), safe="") for part in ("user", "password", "dbname"))
    return f"postgresql://{user}:{password}@/{name}?{urlencode(parts, quote_via=quote)}"


def _role(server: psycopg.Connection, name: str, password: str, databases: str) -> None:
    exists = server.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone()
    server.execute(
        sql.SQL("{deed} role {name} login nosuperuser nocreaterole {databases} nobypassrls password {password}").format(
            deed=sql.SQL("alter" if exists else "create"),
            name=sql.Identifier(name),
            databases=sql.SQL(databases),
            password=sql.Literal(password),
        )
    )


def _grant(database: psycopg.Connection) -> None:
    """Rows of new tables, nothing else; migrations take away what the application must not have."""
    for statement in (
        "grant usage on schema public to {}",
        "alter default privileges grant select, insert, update, delete on tables to {}",
        "alter default privileges grant usage, select on sequences to {}",
    ):
        database.execute(sql.SQL(statement).format(sql.Identifier(APPLICATION)))


def given() -> dict[str, str]:
    """Addresses of a real server in the environment, if any."""
    names = ("DATABASE_URL", "DATABASE_OWNER_URL")
    return {name: os.environ[name] for name in names if os.environ.get(name)}
