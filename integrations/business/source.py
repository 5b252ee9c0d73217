"""The business register behind the Protocol of `services.sources`. It is public: `also["number"]` is enough."""

import re
from collections.abc import Mapping
from datetime import datetime

from integrations.business import client, mapping
from integrations.registers.asking import Said, answer, head
from services.sources import Answer, Query, Question, SourceKey

NUMBER = re.compile(r"[0-9]{10}(-[0-9]{3})?|[0-9]{12}")


class Businesses:
    offers: Mapping[Query, tuple[str, ...]] = {Query.BUSINESS: mapping.BUSINESS}

    def ask(self, question: Question, *, now: datetime) -> Answer:
        return answer(SourceKey.BUSINESS, lambda: _look(question), now=now)


def _look(question: Question) -> Said:
    number = question.also.get("number", "")
    if not NUMBER.fullmatch(number):
        return None
    found = client.entry(head(question), number)
    return mapping.business(found, number) if found else None
