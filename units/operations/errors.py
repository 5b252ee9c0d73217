"""Why a deed about an act was refused. Each says what happened, what was kept, and what to do next."""

from datetime import date


class ActError(Exception):
    """Nothing was written."""


class NotAllowed(ActError):
    def __init__(self, capability: str) -> None:
        super().__init__(f"This step needs the capability {capability}. Nothing was changed; ask who holds it.")


class WrongState(ActError):
    def __init__(self, legal_no: str, state: str, action: str) -> None:
        super().__init__(f"Act {legal_no} is {state}: the step “{action}” is not possible now. Nothing was changed.")


class TooEarly(ActError):
    def __init__(self, legal_no: str, effective_on: date) -> None:
        super().__init__(f"Act {legal_no} takes effect on {effective_on}, not before. It stays scheduled.")


class DoesNotFit(ActError):
    """The rows of the act meet a tree other than the one they were written for."""


class OtherDay(ActError):
    def __init__(self, legal_no: str, effective_on: date) -> None:
        super().__init__(
            f"Act {legal_no} stands here with the day {effective_on}. Another day needs a correcting act; "
            "nothing was changed."
        )


class OtherCountry(ActError):
    def __init__(self) -> None:
        super().__init__(
            "Units were loaded here before, from other files. Nothing was changed: bring in what differs by acts."
        )


class CheckFailed(ActError):
    def __init__(self, name: str, expected: object, found: object) -> None:
        self.name = name
        super().__init__(f"Check “{name}” failed: expected {expected}, found {found}. Nothing was kept.")
