"""`demo_people`: who is in the demonstration and how each signs in."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import override

from portal.accounts.models import User
from staff import demo


class Command(BaseCommand):
    help = "List the people of the demonstration with user name, password and how to get the code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", default="vi", choices=["vi", "en"])

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            demo.refuse_production()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        there = set(User.objects.officers().values_list("username", flat=True))
        now = timezone.now()
        with override(options["language"]):
            for person in demo.PEOPLE:
                if person.username in there:
                    line = f"{person.username:<14} {person.name:<20} {person.role}"
                    self.stdout.write(f"{line:<70} {person.code(now)}{'  or VNeID' if person.vneid else ''}")
        self.stdout.write(f"password: {demo.PASSWORD}")
        self.stdout.write("or VNeID: the button on the officers' sign-in page, then the same name on the trial page")
        self.stdout.write("citizens: choose one on the trial page of VNeID")
        self.stdout.write("code now: bin/manage demo_code <user name>")
