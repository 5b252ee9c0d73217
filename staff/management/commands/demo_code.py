"""`demo_code <user name>`: the code that this demonstration officer's app shows now."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from staff import demo


class Command(BaseCommand):
    help = "Print the current code of a demonstration officer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", choices=sorted(demo.BY_NAME))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            demo.refuse_production()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        self.stdout.write(demo.BY_NAME[options["username"]].code(timezone.now()))
