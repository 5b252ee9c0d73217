"""`create_administrator`: the first administrator of a province in production. Everybody after that comes by the pages.

The personal number is read from standard input, so that it stands in no list of processes and no history:
`bin/manage create_administrator ... < number.txt`.
"""

import re
import sys
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from portal.accounts import one_time
from portal.events.actors import System
from staff.errors import StaffError
from staff.operations import Decision, make_first_administrator
from units.queries import Unanswerable, bearer

NUMBER = re.compile(r"[0-9]{12}")


class Command(BaseCommand):
    help = (
        "Make the first administrator of a province and print the one-time secret. Reads the personal number (stdin)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="full name")
        parser.add_argument("--province", required=True, help="code of the province, 2 digits")
        parser.add_argument("--decision", required=True, help="number of the decision of appointment")
        parser.add_argument("--decided-on", required=True, type=date.fromisoformat, help="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        number = sys.stdin.readline(40).strip()
        if not NUMBER.fullmatch(number):
            raise CommandError("The first line of standard input must be the personal number, 12 digits.")
        now = timezone.now()
        on = timezone.localdate(now)
        try:
            user, secret = make_first_administrator(
                name=options["name"],
                number=number,
                username=options["username"],
                unit_id=bearer(options["province"], on, level="province").pk,
                decision=Decision(options["decision"], options["decided_on"]),
                first_day=on,
                actor=System.COMMAND,
                now=now,
            )
        except (Unanswerable, LookupError) as error:
            raise CommandError(
                f"No province has the code {options['province']} today. Run load_country first."
            ) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except StaffError as error:
            raise CommandError(str(error)) from error
        until = timezone.localtime(now + one_time.VALID)
        self.stdout.write(f"User name: {user.username}")
        self.stdout.write(f"One-time secret, good until {until:%d/%m/%Y %H:%M}: {secret}")
        self.stdout.write(f"Use it at {settings.PUBLIC_ORIGIN}{reverse('accounts:first-sign-in')}")
