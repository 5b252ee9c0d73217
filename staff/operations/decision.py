from dataclasses import dataclass
from datetime import date

from staff.errors import NoDecisionError
from staff.models import DECISION_LENGTH


@dataclass(frozen=True, slots=True)
class Decision:
    """The paper behind a deed: number and date."""

    number: str
    on: date

    def __post_init__(self) -> None:
        if not self.number.strip() or len(self.number) > DECISION_LENGTH:
            raise NoDecisionError
