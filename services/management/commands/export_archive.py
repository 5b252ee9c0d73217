"""`export_archive`: write the next package of a unit and a year for the archive, with the rights of an officer."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.isolation import Purpose, scope, use
from services.archive_writing import written
from services.errors import ServicesError
from services.operations.archiving import begin_package
from staff.scopes import scope_of
from units.kinds import Level
from units.queries import Unanswerable, bearer


class Command(BaseCommand):
    help = "Write a package of closed dossiers for the archive, and print its digest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", required=True, help="code of the commune or province")
        parser.add_argument("--level", choices=[level.value for level in Level], default=Level.COMMUNE.value)
        parser.add_argument("--year", required=True, type=int, help="in which the dossiers ended")
        parser.add_argument("--officer", required=True, help="name of the account that answers for the records")
        parser.add_argument("--to", required=True, type=Path, help="file to write; it must not exist")

    def handle(self, *args: Any, **options: Any) -> None:
        now, target = timezone.now(), options["to"]
        try:
            unit = bearer(options["unit"], timezone.localdate(now), level=Level(options["level"]))
        except (Unanswerable, LookupError) as error:
            raise CommandError("No unit has this code today.") from error
        with transaction.atomic(), scope(purpose=Purpose.SIGN_IN):
            officer = User.objects.filter(username=options["officer"]).first()
        if officer is None:
            raise CommandError("No account has this name.")
        try:
            with transaction.atomic(), scope(purpose=Purpose.SIGN_IN):
                rights = scope_of(officer)
            with transaction.atomic(), use(rights):
                package = begin_package(unit_id=unit.pk, year=options["year"], actor=officer, now=now)
            with target.open("xb") as file:
                for block in written(package, actor=officer, now=now):
                    file.write(block)
        except FileExistsError as error:
            raise CommandError("The file exists already. Nothing was written.") from error
        except ServicesError as error:
            raise CommandError(str(error)) from error
        with transaction.atomic(), use(rights):
            package.refresh_from_db()
        self.stdout.write(f"{package.digest}  {target.name}")
        self.stdout.write(f"{package.dossiers} dossiers, {package.files} files, {package.bytes} bytes")
