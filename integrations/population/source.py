"""The population database behind the Protocols of `services.sources`."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from integrations.population import client, mapping
from integrations.registers.asking import Said, answer, head, reason_of
from integrations.registers.client import GarbageError, RegisterError
from integrations.registers.mapping import moment, number
from services.sources import Answer, Away, Issued, Newborn, NotFound, Pending, Query, Question, SourceKey

KEY = SourceKey.POPULATION


class Population:
    offers: Mapping[Query, tuple[str, ...]] = {Query.PERSON: mapping.PERSON}

    def ask(self, question: Question, *, now: datetime) -> Answer:
        return answer(KEY, lambda: _look(question), now=now)


def _look(question: Question) -> Said:
    if not question.who.is_complete():
        return None  # half a person must never be asked for
    found = client.citizen(head(question))
    return mapping.person(found, question) if found else None


class Numbers:
    """Personal numbers of newborns: asked for once per key, looked for until it is there."""

    def request(self, newborn: Newborn, *, key: uuid.UUID, now: datetime) -> Pending | Issued | Away:
        try:
            said = client.request_number(_with_key(key) | mapping.newborn(newborn))
            return _issued(said) if said.number else Pending(now)
        except RegisterError as error:
            return Away(KEY, reason_of(error))

    def look(self, *, key: uuid.UUID, now: datetime) -> Pending | Issued | NotFound | Away:
        try:
            said = client.number_status(_with_key(key))
            if not said.known:
                return NotFound(KEY, now)
            return _issued(said) if said.number else Pending(now)
        except RegisterError as error:
            return Away(KEY, reason_of(error))


def _with_key(key: uuid.UUID) -> dict[str, object]:
    return {"MaTichHop": settings.REGISTERS_INTEGRATION_CODE, "MaYeuCau": str(key)}


def _issued(said: client.NumberAnswer) -> Issued:
    issued_at = moment(said.moment)
    if not number(said.number) or issued_at is None:
        raise GarbageError("The issued number is none.")
    return Issued(said.number, issued_at)
