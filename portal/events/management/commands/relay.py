"""`relay [--inline] [--once]`: hand due deliveries to the workers."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.events import relay


class Command(BaseCommand):
    help = "Hand due deliveries to the workers, until stopped. Two may run side by side."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inline", action="store_true", help="carry them out here, without a broker")
        parser.add_argument("--once", action="store_true", help="end when nothing is due")

    def handle(self, *, inline: bool, once: bool, **options: Any) -> None:
        stop = threading.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: stop.set())
        relay.run(inline=inline, once=once, stopped=stop.is_set)
