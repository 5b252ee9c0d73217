"""What is wrong with an order to print."""

import datetime


class UnknownLayoutError(LookupError):
    """No layout of this code is in force on that day."""

    def __init__(self, code: str, on: datetime.date) -> None:
        super().__init__(f"No layout {code} is in force on {on}")


class LayoutDataError(ValueError):
    """The data don't fit the layout. `problems` names each place; nothing was printed."""

    def __init__(self, code: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"{code}: " + "; ".join(problems))
        self.problems = problems
