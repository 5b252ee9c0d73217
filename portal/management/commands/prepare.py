"""`prepare migrate load_country …`: several commands in one process, because each start of Django costs seconds."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

# The browsable pages of the REST framework are not ours; their files would be most of what is collected.
OPTIONS: dict[str, dict[str, Any]] = {
    "collectstatic": {"interactive": False, "clear": True, "ignore_patterns": ["rest_framework"]}
}


class Command(BaseCommand):
    help = "Run these commands one after the other; a line `done NAME` follows each. Ends at the first that fails."
    requires_system_checks: list[str] = []  # each command asks for its own

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("commands", nargs="+", metavar="COMMAND")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in options["commands"]:
            call_command(name, verbosity=0, **OPTIONS.get(name, {}))
            self.stdout.write(f"done {name}")
            self.stdout.flush()  # whoever reads shows each step as it ends
