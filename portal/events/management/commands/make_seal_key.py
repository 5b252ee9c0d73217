"""`make_seal_key`: a new key for seals, at SEAL_KEY_FILE."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.events import keys


class Command(BaseCommand):
    help = "Make the key that signs seals. An existing key is never replaced."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        path = Path(settings.SEAL_KEY_FILE)
        if path.exists():
            raise CommandError(
                f"There is a key at {path}. To change it, move it away first; its public half stays published."
            )
        keys.create(path)
        self.stdout.write(
            f"Key {keys.key_id(keys.signing_key().public_key())} written to {path}. Keep a copy in a safe place."
        )
