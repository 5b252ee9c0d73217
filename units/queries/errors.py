"""Questions that have no answer. Pages and REST turn them into a clear page or a problem with the right status."""

from datetime import date


class Unanswerable(LookupError):
    """Base of the errors below; the message is for developers and commands, pages have their own words."""


class BeforeData(Unanswerable):
    def __init__(self, on: date, data_from: date) -> None:
        self.on, self.data_from = on, data_from
        super().__init__(f"Nothing is known about units on {on}: the data begin on {data_from}. Ask for a later day.")


class NobodyBore(Unanswerable):
    def __init__(self, code: str, on: date) -> None:
        self.code, self.on = code, on
        super().__init__(f"No unit bore the code {code} on {on}. Check code and day: codes come back for other units.")


class AmbiguousCode(Unanswerable):
    def __init__(self, code: str, on: date) -> None:
        self.code, self.on = code, on
        super().__init__(f"Units of several levels bore the code {code} on {on}. Name the level.")


class UnknownUnit(Unanswerable):
    def __init__(self, unit_id: int) -> None:
        self.unit_id = unit_id
        super().__init__(f"There is no unit {unit_id}.")


class BadText(Unanswerable):
    """Search text that is empty or too long; `limit` in characters."""

    def __init__(self, length: int, limit: int) -> None:
        self.length, self.limit = length, limit
        super().__init__(f"Search for 1 to {limit} characters with a letter or digit among them; these were {length}.")
