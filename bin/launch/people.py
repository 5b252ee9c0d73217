"""The demo people with how each signs in: listed beside everything else, because Django takes seconds to say it."""

from launch.manage import MANAGE
from launch.processes import Process
from launch.say import line
from launch.supervisor import Supervisor


class People:
    """Asks once, and shows the answer when it is there; the portal is open and watched meanwhile."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._listing = Process("people", [*MANAGE, "demo_people"], environment=environment)
        self._shown = False

    def look(self, supervisor: Supervisor) -> None:
        if self._listing.popen is None:
            self._listing.log.unlink(missing_ok=True)
            supervisor.ask(self._listing)
        elif self._listing.ended() and not self._shown:
            self._shown = True
            listed = self._listing.popen.returncode == 0
            line(
                self._listing.log.read_text(encoding="utf-8").rstrip()
                if listed
                else "  The demo people can't be listed now. Later: bin/manage demo_people"
            )
            line("\nCtrl-C stops everything.")
