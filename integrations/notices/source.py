"""The notices behind the Protocol of `services.sources`. `also["notice"]` names one by its number."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from integrations.notices import client, mapping
from integrations.registers.asking import Said, answer, head
from services.sources import Answer, Query, Question, SourceKey

Read = Callable[[Mapping[str, Any], Question], tuple[str, dict[str, Any]]]


def _look(key: SourceKey, question: Question, read: Read) -> Said:
    if not question.who.is_complete():
        return None
    found = client.newest(key.value, head(question), question.also.get("notice", ""))
    return read(found, question) if found else None


class BirthNotices:
    offers: Mapping[Query, tuple[str, ...]] = {Query.NEWBORN: mapping.NEWBORN}

    def ask(self, question: Question, *, now: datetime) -> Answer:
        key = SourceKey.BIRTH_NOTICE
        return answer(key, lambda: _look(key, question, mapping.birth), now=now)


class DeathNotices:
    offers: Mapping[Query, tuple[str, ...]] = {Query.DECEASED: mapping.DECEASED}

    def ask(self, question: Question, *, now: datetime) -> Answer:
        key = SourceKey.DEATH_NOTICE
        return answer(key, lambda: _look(key, question, mapping.death), now=now)
