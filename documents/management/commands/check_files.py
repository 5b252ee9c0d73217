"""`manage.py check_files [--contents]`: are all contents of files there, and are they what their hash says?"""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from documents.sweeping import check

SHOWN = 100


class Command(BaseCommand):
    help = "Holds rows and contents of files against each other. Ends with 1 when something is missing or altered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--contents", action="store_true", help="compute every hash again; reads everything")

    def handle(self, *args: Any, **options: Any) -> None:
        report = check(now=timezone.now(), contents=options["contents"])
        told = asdict(report) | {"missing": report.missing[:SHOWN], "altered": report.altered[:SHOWN]}
        self.stdout.write(json.dumps(told | {"whole": report.is_whole}))
        if not report.is_whole:
            raise SystemExit(1)
