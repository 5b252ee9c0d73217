"""People and questions for the registers of the sandbox."""

import uuid
from datetime import UTC, date, datetime

from services.sources import Query, Question, SourceKey, Who, Why, offered

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
MOTHER = Who("000199000009", "Thào Thị Mỷ", date(1999, 2, 14))
FATHER = Who("000096000010", "Giàng A Páo", date(1996, 6, 10))
SPLIT = Who("000087000024", "Đỗ Hoài Nam", date(1987, 3, 3))
BAN = Who("000185000001", "Vàng Thị Ban", date(1985, 3, 8))


def question(
    key: SourceKey, query: Query, who: Who = MOTHER, *, fields: tuple[str, ...] | None = None, **also: str
) -> Question:
    asked = offered(key, query) if fields is None else fields
    return Question(uuid.uuid4(), query, who, asked, Why.PREFILL, procedure="1.001193", also=also)
