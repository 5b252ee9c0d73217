"""The personal store behind the Protocol of `services.sources`. `also["codes"]`: codes of results, one space apart."""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime, time

from integrations.personal_store import client, mapping
from integrations.registers.asking import Said, answer, head
from integrations.registers.mapping import VIETNAM
from services.sources import Answer, Found, Query, Question, SourceKey

MOST = 20  # kinds of papers asked for at once


class PersonalStore:
    offers: Mapping[Query, tuple[str, ...]] = {Query.RESULTS: mapping.RESULTS}

    def ask(self, question: Question, *, now: datetime) -> Answer:
        """The answer holds as long as its newest paper."""
        said = answer(SourceKey.ISSUED_RESULT, lambda: _look(question, now.astimezone(VIETNAM).date()), now=now)
        if not isinstance(said, Found):
            return said
        return dataclasses.replace(said, valid_until=_end_of(said.values["papers"][0].get("valid_until")))


def _look(question: Question, on: date) -> Said:
    codes = question.also.get("codes", "").split()[:MOST]
    if not question.who.is_complete() or not codes:
        return None
    found = mapping.papers(client.papers(head(question), codes), set(codes), on)
    return (str(found[0].get("number", "")), {"papers": found}) if found else None


def _end_of(day: str | None) -> datetime | None:
    """The last moment of the day on which the paper still holds."""
    return datetime.combine(date.fromisoformat(day), time.max, VIETNAM) if day else None
