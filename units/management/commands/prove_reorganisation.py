"""`prove_reorganisation`: whether everything adds up after an act."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q

from portal.isolation import Purpose, scope
from units.models import ReorgEvent
from units.operations import Proven, prove
from units.operations.proving import Figures
from units.states import ActState


class Command(BaseCommand):
    help = "Hold an act in force against its proof and against what is there now. Exits with 1 when something is off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", help="its id, or its number")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        with scope(purpose=Purpose.REORGANISATION):
            acts = self._acts(str(options["act"]))
            troubled = [act.legal_no for act in acts if not self._tell(act, prove(act))]
        if troubled:
            raise CommandError(f"Something does not add up after {', '.join(troubled)}. The lines above name it.")

    def _acts(self, asked: str) -> list[ReorgEvent]:
        wanted = Q(legal_no=asked)
        if asked.isdecimal() and len(asked) < 19:
            wanted |= Q(pk=int(asked))
        found = list(ReorgEvent.objects.filter(wanted).order_by("effective_on", "id"))
        if not found:
            raise CommandError(f"There is no act {asked}.")
        running = [act for act in found if act.state in (ActState.EFFECTIVE, ActState.CORRECTED)]
        if not running:
            raise CommandError(f"Act {asked} is {found[0].state}: there is nothing to prove before it takes effect.")
        return running

    def _tell(self, act: ReorgEvent, proven: Proven) -> bool:
        before, after = proven.figures_before, proven.figures_after
        sums = [sum(row["number"] for row in rows if row["conserved"]) for rows in (before, after)]
        self.stdout.write(f"{act.legal_no} ({act.kind}, {act.effective_on}): {sums[0]} before, {sums[1]} after")
        for by in act.corrections.filter(state__in=[ActState.EFFECTIVE, ActState.CORRECTED]).order_by("id"):
            self.stdout.write(f"  corrected by {by.legal_no}: what holds now is proven there")
        for row in sorted({(row["handover"], row["what"], row["state"]) for row in before + after}):
            numbers = [_sum(rows, row) for rows in (before, after)]
            self.stdout.write(f"  {row[0]:<24} {row[1]:<20} {row[2]:<16} {numbers[0]:>9} {numbers[1]:>9}")
        for found in proven.findings:
            where = f"unit {found['unit']}" if found["unit"] else found.get("what", "")
            told = [found["handover"], found["code"], where, str(found["number"]), *found["subject"]]
            self.stdout.write("  ! " + " ".join(told))
        self.stdout.write("  everything adds up" if proven.holds else "  does not add up")
        return proven.holds


def _sum(rows: Figures, of: tuple[str, str, str]) -> int:
    return sum(row["number"] for row in rows if (row["handover"], row["what"], row["state"]) == of)
