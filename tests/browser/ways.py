"""The windows in which somebody may come: a phone or a desk, with JavaScript or without."""

from dataclasses import dataclass

from tests.browser.conftest import Open
from tests.browser.people import Kind, Person
from tests.browser.running import Running
from tests.browser.sound import CITIZENS, OFFICERS, Looked, looked


@dataclass(frozen=True)
class Window:
    width: int
    script: bool

    def __str__(self) -> str:
        return f"{self.width}-{'script' if self.script else 'plain'}"

    def of(self, visitor: Open, portal: Running, person: Person | None = None) -> Looked:
        """Opened for `person`, and listened to."""
        context = visitor(person, width=self.width, java_script=self.script)
        least = OFFICERS if person and person.kind is Kind.OFFICER else CITIZENS
        return looked(context, portal, least=least, script=self.script)


PHONE, PLAIN_PHONE, DESK, PLAIN_DESK = (Window(width, script) for width in (360, 1366) for script in (True, False))
