"""Why a deed about an act was refused. Each says what happened, what was kept, and what to do next."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class ActError(Exception):
    """Nothing was written."""


RIGHTS = {
    "units.reorganisation.draft": gettext_lazy("Draft a reorganisation of units"),
    "units.reorganisation.sign": gettext_lazy("Sign a reorganisation of units"),
    "units.reorganisation.run": gettext_lazy("Let a reorganisation take effect"),
}


class NotAllowed(ActError):
    def __init__(self, capability: str) -> None:
        words = _("This step needs the right “%(right)s”. Nothing was changed; ask somebody who holds it.")
        super().__init__(words % {"right": RIGHTS.get(capability, capability)})


class WrongState(ActError):
    def __init__(self, legal_no: str, state: str, action: str) -> None:
        self.state, self.action = state, action
        words = _("Act %(act)s is not at the step that this needs. Nothing was changed; read the act again.")
        super().__init__(words % {"act": legal_no})


class TooEarly(ActError):
    def __init__(self, legal_no: str, effective_on: date) -> None:
        words = _("Act %(act)s takes effect on %(day)s, not before. It stays scheduled.")
        super().__init__(words % {"act": legal_no, "day": effective_on.strftime("%d/%m/%Y")})


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


class Outdated(ActError):
    """Somebody else changed the act in between."""

    code = "outdated"

    def __init__(self, legal_no: str, revision: int) -> None:
        self.revision = revision
        super().__init__(
            _("Act %(act)s was changed by somebody else in between. Nothing of yours was stored; read it again.")
            % {"act": legal_no}
        )


class BadHead(ActError):
    """Number, days or title of an act cannot be as given; `pointer` names the field."""

    code = "bad-head"

    def __init__(self, pointer: str, words: str) -> None:
        self.pointer = pointer
        super().__init__(words)


class SamePerson(ActError):
    code = "same-person"

    def __init__(self, words: str) -> None:
        super().__init__(words)


class Blocked(ActError):
    """Something is in the way of the signature; the simulation lists it with its cures."""

    code = "blocked"

    def __init__(self, legal_no: str, number: int) -> None:
        super().__init__(
            _("%(number)s things are in the way of act %(act)s. Nothing was changed. Cure them and simulate again.")
            % {"act": legal_no, "number": number}
        )


class NotAsSeen(ActError):
    """What would be signed is not what the signer saw."""

    code = "not-as-seen"

    def __init__(self, legal_no: str) -> None:
        super().__init__(
            _("The rows or figures of act %(act)s are no longer those you saw. Nothing was signed: read them again.")
            % {"act": legal_no}
        )


class TooLate(ActError):
    code = "too-late"

    def __init__(self, legal_no: str, effective_on: date) -> None:
        super().__init__(
            _("The day of act %(act)s, %(day)s, has come or is over. Nothing was changed; correct it by another act.")
            % {"act": legal_no, "day": effective_on.strftime("%d/%m/%Y")}
        )


class OpenWork(ActError):
    """A unit without successor still has work that nobody would answer for."""

    code = "open-work"

    def __init__(self, legal_no: str, number: int, units: str) -> None:
        super().__init__(
            _(
                "Act %(act)s would leave open work without a unit: %(number)s at %(units)s. "
                "Nothing was changed. Close it or hand it on, then try again; or withdraw the act."
            )
            % {"act": legal_no, "number": number, "units": units}
        )


class BuiltUpon(ActError):
    code = "built-upon"

    def __init__(self, legal_no: str, others: str) -> None:
        super().__init__(
            _("Other acts build on act %(act)s: %(others)s. Withdraw or correct those first. Nothing was changed.")
            % {"act": legal_no, "others": others}
        )


class CorrectedOtherwise(ActError):
    code = "corrected-otherwise"

    def __init__(self, legal_no: str, others: str) -> None:
        words = _(
            "Act %(act)s is not corrected a second time: see act %(others)s. Nothing was changed. "
            "Withdraw this correction, and correct the act that holds."
        )
        super().__init__(words % {"act": legal_no, "others": others})


class StandsThere(ActError):
    """People or work are at a unit that only the act makes."""

    code = "stands-there"

    def __init__(self, legal_no: str, number: int, units: str) -> None:
        words = _(
            "Act %(act)s makes units at which %(number)s people or things stand already: %(units)s. "
            "Nothing was changed. Take back those appointments and hand the work on, then withdraw the act."
        )
        super().__init__(words % {"act": legal_no, "number": number, "units": units})


class WaitsFor(ActError):
    code = "waits-for"

    def __init__(self, legal_no: str, others: str) -> None:
        super().__init__(
            _("Act %(act)s builds on acts that are not in force yet: %(others)s. It stays scheduled.")
            % {"act": legal_no, "others": others}
        )
