"""`resolve_unit`: the unit that bore a code on one day, seen on another."""

import json
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from units.kinds import Level, Scheme
from units.queries import Unanswerable, bearer, successors


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day; write it as 2026-11-22.") from error


class Command(BaseCommand):
    help = (
        "Print, one JSON line each, what the bearer of a code has become: code, name, type, parent (its code), kind "
        "(whole or part of the old unit went there). On a day before --borne-on: the units that went into it. A unit "
        "that ended without successor, as districts did, prints no line and says so on stderr. A code that nobody bore "
        "that day is an error."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--code", required=True)
        parser.add_argument("--borne-on", required=True, type=day, metavar="DAY")
        parser.add_argument("--on", required=True, type=day, metavar="DAY")
        parser.add_argument("--level", choices=[level.value for level in Level])
        parser.add_argument("--scheme", choices=[scheme.value for scheme in Scheme], default=Scheme.NSO.value)

    def handle(self, *args: Any, **options: Any) -> None:
        borne_on = options["borne_on"]
        try:
            unit = bearer(options["code"], borne_on, level=options["level"], scheme=options["scheme"])
            found = successors(unit.pk, borne_on, options["on"])
        except Unanswerable as error:
            raise CommandError(str(error)) from error
        if not found:
            self.stderr.write(self._nothing(options["code"], borne_on, options["on"]))
        for each in found:
            line = {
                "code": each.code,
                "name": each.name,
                "type": each.type,
                "parent": each.parent_code,
                "kind": each.kind,
            }
            self.stdout.write(json.dumps(line, ensure_ascii=False))

    @staticmethod
    def _nothing(code: str, borne_on: date, on: date) -> str:
        bearer_then = f"The unit that bore {code} on {borne_on}"
        if on < borne_on:
            return f"{bearer_then} did not live on {on}, and nothing is known of what went into it."
        return f"{bearer_then} has no successor on {on}: it ended, and nothing of it went into another unit."
