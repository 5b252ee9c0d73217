"""The demo people with how each signs in: listed beside everything else, because Django takes seconds to say it."""

import time

from launch.manage import MANAGE
from launch.processes import Process
from launch.say import line
from launch.supervisor import Supervisor

TRIES, PAUSE = 10, 2.0  # a database that is just being started again comes back within seconds


class Certificates:
    """Certificates for the demo people, and what they sign: asked for until the sandbox, which issues them, answers."""

    def __init__(self, environment: dict[str, str]) -> None:
        asked = [*MANAGE, "prepare", "demo_certificates", "load_demo_documents"]
        self._asking = Process("certificates", asked, environment=environment)
        self._tries = 0

    def look(self, supervisor: Supervisor) -> None:
        if self._tries > TRIES or not self._asking.ended():
            return
        if self._asking.popen and self._asking.popen.returncode == 0:
            self._tries = TRIES + 1
        elif self._tries == TRIES:
            self._tries += 1
            line("  The demo people could not sign. Later: bin/manage prepare demo_certificates load_demo_documents")
        elif time.monotonic() - self._asking.started_at > PAUSE:
            self._tries += 1
            self._asking.log.unlink(missing_ok=True)
            supervisor.ask(self._asking)


class People:
    """Asks until it gets an answer, and shows it; the portal is open and watched meanwhile."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._listing = Process("people", [*MANAGE, "demo_people"], environment=environment)
        self._tries = 0
        self._shown = False

    def look(self, supervisor: Supervisor) -> None:
        if self._shown or not self._listing.ended():
            return
        if self._listing.popen and self._listing.popen.returncode == 0:
            self._show(self._listing.log.read_text(encoding="utf-8").rstrip())
        elif self._tries == TRIES:
            self._show("  The demo people can't be listed now. Later: bin/manage demo_people")
        elif time.monotonic() - self._listing.started_at > PAUSE:
            self._tries += 1
            self._listing.log.unlink(missing_ok=True)
            supervisor.ask(self._listing)

    def _show(self, text: str) -> None:
        self._shown = True
        line(text)
        line("\nCtrl-C stops everything.")
