"""`watchdog`: does everything make progress? For supervisors and alarms."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from portal.events.housekeeping import health
from portal.events.lateness import Lateness


class Command(BaseCommand):
    help = "Print the health of deliveries, workers and seals as JSON; exit 1 when one stands still."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        state = health(now=timezone.now())
        self.stdout.write(json.dumps(state.to_json(), cls=DjangoJSONEncoder))
        if state.stalled or state.seal is not Lateness.ON_TIME:
            sys.exit(1)
