"""Database and broker, embedded or given, and the environment that tells Django of them."""

import os
from pathlib import Path

from launch import keys, ports, roles
from launch.postgres import Cluster
from launch.say import SetupError, step
from launch.supervisor import Supervisor
from launch.valkey import Broker

CHECKS_CONNECTIONS = 200


def start(supervisor: Supervisor, state: Path, *, for_checks: bool = False) -> dict[str, str]:
    """Start what is not given by DATABASE_URL or REDIS_URL; answer with the addresses of both."""
    found = {"MC_LOCAL_DIR": str(state), "SECRET_KEY": os.environ.get("SECRET_KEY") or keys.read(state, "SECRET_KEY")}
    for folder in ("static", "media"):
        (state / folder).mkdir(parents=True, exist_ok=True)
    server = roles.given()
    if server and "DATABASE_URL" not in server:
        raise SetupError("DATABASE_OWNER_URL is set without DATABASE_URL. Set both, or DATABASE_URL alone.")
    if server:
        with step("Looking at the database of DATABASE_URL"):
            found |= roles.on_server(server, state)
            if for_checks:
                found["DATABASE_SUPERUSER_URL"] = os.environ.get("DATABASE_SUPERUSER_URL", found["DATABASE_OWNER_URL"])
    else:
        with step("Starting PostgreSQL"):
            found |= _database(supervisor, state, for_checks=for_checks)
    if given := os.environ.get("REDIS_URL"):
        found["REDIS_URL"] = given
    else:
        with step("Starting Valkey"):
            found["REDIS_URL"] = _broker(supervisor, state)
    return found


def _database(supervisor: Supervisor, state: Path, *, for_checks: bool) -> dict[str, str]:
    cluster = Cluster(state, lossy=for_checks, max_connections=CHECKS_CONNECTIONS if for_checks else 100)
    cluster.prepare()
    cluster.wait(supervisor.add(cluster.process()))
    found = roles.embedded(cluster, may_create_databases=for_checks)
    return found | ({"DATABASE_SUPERUSER_URL": cluster.url(database=roles.DATABASE)} if for_checks else {})


def _broker(supervisor: Supervisor, state: Path) -> str:
    broker = Broker(state)
    process = broker.process()
    ports.renew_when_taken(state, "valkey")
    process = broker.process()
    broker.wait(supervisor.add(process))
    return broker.url


def remove(state: Path) -> None:
    """Empty database and broker of this folder."""
    Cluster(state).remove()
    Broker(state).remove()
