"""bin/manage where nothing runs: services for one command, ended after it and after those that joined meanwhile."""

from collections.abc import Callable

from launch import assets, debian, leftovers, place, ports, prepare, running, services
from launch.settings import for_django
from launch.supervisor import supervised

# These work on a database in any state, or on none.
BARE = {"check", "dbshell", "flush", "help", "inspectdb", "makemessages", "makemigrations", "migrate", "showmigrations",
        "sqlmigrate", "startapp", "house", "--help", "-h", "--version"}  # fmt: skip  # a list of names


def run(command: str, call: Callable[[dict[str, str]], int], me: running.Running) -> int:
    """`call` with the environment of the services, once what `command` needs is there."""
    leftovers.end_marked(place.LOCAL)
    with supervised() as supervisor:
        assets.compile_catalogues()
        found = services.start(supervisor, place.LOCAL)
        environment = for_django(found, port=8000, sandbox_port=ports.remembered(place.LOCAL, "sandbox"))
        if command not in BARE:
            assets.ensure()
            environment |= debian.libraries()
            prepare.ensure(environment, seal=False)
        me.environment = environment
        me.tell()
        code = call(environment)
        running.wait_until_unused()
        return code
