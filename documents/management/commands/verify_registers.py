"""`verify_registers`: compute every book again, and name the first break of each. Exit code 1 when there is one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from documents.models import RegisterBook
from documents.registers.verifying import verify_book
from portal.isolation import Purpose, scope

BATCH = 100


class Command(BaseCommand):
    help = "Compute the chain of every register book and compare it with the trail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unit", type=int, help="only the books of this unit")

    def handle(self, *args: Any, **options: Any) -> None:
        broken = checked = 0
        with transaction.atomic(), scope(purpose=Purpose.VERIFY):
            books = RegisterBook.objects.order_by("id")
            if options["unit"] is not None:
                books = books.of_unit(options["unit"])
            for book in books.iterator(chunk_size=BATCH):
                found = verify_book(book)
                checked += 1
                if found is not None:
                    broken += 1
                    self.stdout.write(f"book {book.pk} ({book}) of unit {book.unit_id}: {found}")
        if broken:
            raise CommandError(f"{broken} of {checked} register books are broken.")
        self.stdout.write(f"{checked} register books are whole.")
