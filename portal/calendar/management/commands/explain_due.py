"""`manage.py explain_due`: when a result is due, line by line, and last the moment in ISO 8601 with zone."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from portal.calendar import inputs
from portal.calendar.ledger import LedgerError
from portal.calendar.limits import Limit, LimitError, LimitUnit
from portal.calendar.loading import due_for
from portal.calendar.messages import ledger_message, limit_message
from portal.calendar.working import CalendarTooShortError

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Explains a due moment. Moments without a zone are Vietnamese time."
    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Wrong options are answered by one line; --help lists them all."""
        return super().create_parser(prog_name, subcommand, usage=argparse.SUPPRESS, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accepted", required=True, metavar="MOMENT", help="as 2026-11-20T10:00")
        parser.add_argument("--limit", required=True, metavar="NUMBER")
        parser.add_argument("--unit", required=True, choices=[unit.value for unit in LimitUnit])
        parser.add_argument("--same-day", action="store_true", help="due the same day, before the cut-off")
        parser.add_argument("--pause", nargs=2, action="append", default=[], metavar=("FROM", "TO"))
        parser.add_argument("--restart", metavar="MOMENT", help="the supplement is complete: the whole limit again")
        parser.add_argument("--extend", metavar="MOMENT", help="the new moment after an apology")
        parser.add_argument("--office-unit", type=int, metavar="ID", help="the unit whose office hours count")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            accepted_at = inputs.moment(options["accepted"])
            limit = self._limit(options)
            pauses = [(inputs.moment(begin), inputs.moment(end)) for begin, end in options["pause"]]
            restart = inputs.moment(options["restart"]) if options["restart"] else None
            extend = inputs.moment(options["extend"]) if options["extend"] else None
            ledger = inputs.ledger(accepted_at, pauses, restart, extend)
            due, _calendar = due_for(
                accepted_at=accepted_at, limit=limit, ledger=ledger, unit_id=options["office_unit"]
            )
        except LedgerError as problem:
            raise CommandError(ledger_message(problem), returncode=BAD_INPUT) from problem
        except (inputs.InputError, CalendarTooShortError) as problem:
            raise CommandError(str(problem), returncode=BAD_INPUT) from problem
        self.stdout.write("\n".join([line.text for line in due.lines] + [caution.text for caution in due.warnings]))
        self.stdout.write(due.moment.isoformat())

    def _limit(self, options: dict[str, Any]) -> Limit:
        unit = LimitUnit(options["unit"])
        try:
            return Limit(int(options["limit"]), unit, same_day=options["same_day"])
        except LimitError as problem:
            raise inputs.InputError(limit_message(unit)) from problem
        except ValueError as problem:
            raise inputs.InputError(_("The limit is a whole number.")) from problem
