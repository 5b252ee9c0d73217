"""bin/demo: from an empty machine to the portal in the browser."""

import argparse
import os
import shutil
import time

from launch import assets, debian, leftovers, place, portal, ports, prepare, running, services, start
from launch.people import Certificates, People
from launch.say import SetupError, line, step
from launch.settings import for_django, for_portal, for_sandbox
from launch.supervisor import Stopped, Supervisor, supervised
from launch.watchdog import Watchdog

KEPT_ON_RESET = {"install.lock", "running.lock", "running.json", "used.lock", "logs", "test", "debian", "node", "cache"}


def main() -> int:
    options = _options()
    other = running.other()
    if other:
        running.describe(other)
        return 1 if options.reset or options.remove else 0
    if not options.remove:
        ports.claim(options.port)
    with running.hold("bin/demo") as me:
        if me is None:  # somebody was quicker
            running.describe(running.other() or running.Running("bin/demo", pid=0))
            return 1 if options.reset or options.remove else 0
        running.wait_until_unused()
        if options.reset or options.remove:
            _reset()
        if options.remove:
            return 0
        try:
            with supervised() as supervisor:
                _run(supervisor, me, options.port)
        except Stopped:
            line("Stopped. bin/demo starts it again where it was; bin/demo --reset starts afresh.")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/demo", description="Start the whole portal on this machine.")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="of the portal (8000)")
    parser.add_argument("--reset", action="store_true", help="throw the demo's data away and start afresh")
    parser.add_argument("--remove", action="store_true", help="throw the demo's data away and end")
    return parser.parse_args()


def _reset() -> None:
    if os.environ.get("DATABASE_URL"):
        raise SetupError("--reset empties the embedded database only. DATABASE_URL is set: empty that one yourself.")
    with step("Throwing the demo's data away"):
        leftovers.end_marked(place.LOCAL)
        services.remove(place.LOCAL)
        for path in place.LOCAL.iterdir():
            if path.name not in KEPT_ON_RESET:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _run(supervisor: Supervisor, me: running.Running, port: int) -> None:
    leftovers.end_marked(place.LOCAL)
    ports.claim(port)
    assets.ensure()
    assets.compile_catalogues()
    environment = {**debian.libraries(), **services.start(supervisor, place.LOCAL)}
    ports.renew_when_taken(place.LOCAL, "sandbox")
    ports.renew_when_taken(place.LOCAL, "smtp")
    sandbox_port = ports.remembered(place.LOCAL, "sandbox")
    environment = for_django(environment, port=port, sandbox_port=sandbox_port)
    prepare.ensure(environment, seal=True)
    me.environment = environment  # from here on bin/manage may join in
    me.tell()
    for_web = for_portal(environment)
    with step("Starting the portal"):
        web = supervisor.add(portal.web(port, for_web))
        supervisor.wait_for(lambda: portal.answers(port), "The portal", web)
    for process in portal.background(for_web):
        supervisor.add(process)
    supervisor.add(portal.sandbox(sandbox_port, for_sandbox(environment)))
    me.address = f"http://{ports.HOST}:{port}/"
    me.tell()
    line(f"\nThe portal is open: {me.address}   ({time.time() - start.began:.1f} s)")
    watchdog, people, certificates = Watchdog(for_web), People(for_web), Certificates(for_web)
    while True:
        supervisor.look()
        watchdog.look(supervisor)
        people.look(supervisor)
        certificates.look(supervisor)
        time.sleep(0.3)
