"""`verify_trail [--unit N]`: is the trail still what was written?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from portal.events.breaks import Break
from portal.events.keys import trusted_keys
from portal.events.sealing import published
from portal.events.verifying import verify
from portal.isolation import Purpose, scope


class Command(BaseCommand):
    help = "Walk every chain and every seal; name the first break and exit 1, or print what was checked."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unit", type=int, help="only the chain of this unit; 0 holds the events without a unit")

    def handle(self, *, unit: int | None = None, **options: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            with scope(purpose=Purpose.VERIFY):
                result = verify(connection.connection, trusted_keys(), unit=unit, published=published())
        if isinstance(result, Break):
            raise CommandError(f"The trail is broken. {result}")
        self.stdout.write(
            f"The trail holds: {result.units} chains, {result.events} events, {result.seals} seals checked."
        )
