"""`reencrypt_personal_data`: seal everything anew with the newest key, before the old one is taken away."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.accounts.operations import reencrypt


class Command(BaseCommand):
    help = "Seal personal numbers anew with the newest key of PERSONAL_DATA_KEYS, and renew the blind index."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = reencrypt(now=timezone.now())
        self.stdout.write(f"{rows} values were sealed anew.")
