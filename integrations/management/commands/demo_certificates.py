"""`demo_certificates`: keys and trial certificates of the demo's officers and organs, after `load_demo`.

The sandbox must be running: its authority issues them. May be repeated; only who has none gets one.
"""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from documents.models import Certificate
from documents.operations.anchors import trust_anchor
from documents.operations.certificates import register_certificate
from documents.signing import pictures
from documents.signing.backends import backend
from documents.signing.backends.software import SoftwareSigner
from documents.signing.errors import KnownCertificateError, SigningError
from documents.signing.kinds import Holder
from integrations.trust.enrolment import HOST, enrol
from portal.events.actors import System
from portal.isolation import Purpose, scope
from staff import demo
from staff.models import Assignment
from units.queries import bearer
from units.queries.names import named_at

BACKEND = "software"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Somebody, or without a person the organ of the unit."""

    unit_id: int
    person_id: uuid.UUID | None
    name: str
    title: str
    organ: str


class Command(BaseCommand):
    help = "Give the demo's officers and organs trial certificates (never in production)."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            demo.refuse_production()
            made = self._make(now)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        except SigningError as error:
            raise CommandError(f"The sandbox gave no certificate: {error.detail}") from error
        if options["verbosity"]:
            self.stdout.write(f"{made} trial certificates were made.")

    def _make(self, now: datetime) -> int:
        on = localdate(now)
        units = [bearer(code, on, level=level) for code, level in demo.CODES.values()]
        names = named_at((unit.pk, on) for unit in units)
        made = 0
        with transaction.atomic(), scope(purpose=Purpose.DEMO, units=[unit.pk for unit in units]):
            for unit in units:
                organ = names[unit.pk, on].full_name
                made += self._give(_Wanted(unit.pk, None, organ, "", organ), now)
                held = Assignment.objects.at_unit(unit.pk).on(on).select_related("person", "post").order_by("id")
                for assignment in held:
                    person, title = assignment.person, assignment.post.name
                    made += self._give(_Wanted(unit.pk, person.pk, person.name, title, organ), now)
        return made

    def _give(self, wanted: "_Wanted", now: datetime) -> int:
        person = wanted.person_id
        mine = Certificate.objects.of_person(person) if person else Certificate.objects.of_organ(wanted.unit_id)
        if mine.usable(localdate(now)).exists():
            return 0
        keys = backend(BACKEND)
        if not isinstance(keys, SoftwareSigner):
            raise ImproperlyConfigured("The demo's keys are software keys.")
        holder = Holder.PERSON if person else Holder.ORGAN
        key = f"{holder}-{wanted.unit_id}-{secrets.token_hex(6)}"
        keys.make_key(key)
        given = enrol(keys.request(key, name=wanted.name, title=wanted.title, organ=wanted.organ))
        self._trust(given.chain[-1], now)
        register_certificate(
            unit_id=wanted.unit_id,
            person_id=person,
            pem=given.certificate,
            chain="".join(given.chain),
            backend=BACKEND,
            key=key,
            picture=pictures.trial(holder, wanted.name),
            actor=System.DEMO,
            now=now,
        )
        return 1

    @staticmethod
    def _trust(root: str, now: datetime) -> None:
        try:
            trust_anchor(pem=root, hosts=[HOST], is_trial=True, actor=System.DEMO, now=now)
        except KnownCertificateError:
            return
