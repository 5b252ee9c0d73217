"""The civil-status database behind the Protocol of `services.sources`."""

from collections.abc import Mapping
from datetime import datetime

from integrations.civil_status import client, mapping
from integrations.registers.asking import Said, answer, head
from services.sources import Answer, Query, Question, SourceKey


class CivilStatus:
    """A marriage is asked for by one number, or by two with `also["other_number"]`."""

    offers: Mapping[Query, tuple[str, ...]] = mapping.OFFERS

    def ask(self, question: Question, *, now: datetime) -> Answer:
        return answer(SourceKey.CIVIL_STATUS, lambda: _look(question), now=now)


def _look(question: Question) -> Said:
    if not question.who.is_complete():
        return None
    other = question.also.get("other_number", "")
    found = client.newest_entry(mapping.KINDS[question.query], head(question), other)
    return mapping.entry(found, question) if found else None
