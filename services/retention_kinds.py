"""What is kept and for how long: the kinds of things, what happens to them, why they may be held. Pure data."""

from collections.abc import Set
from enum import StrEnum

from services.events import Fact


class Kept(StrEnum):
    """Of what a rule of retention speaks."""

    DRAFT = "draft"
    VISIT = "visit"
    TALK = "talk"  # messages with the desk, notes among officers
    PAPERS = "papers"  # what was sent in, and the forms of the desk
    DOSSIER = "dossier"  # whose affair it was, what they declared
    RECEIPT = "receipt"  # who paid a fee
    RESULT = "result"
    REGISTER = "register"
    PETITION = "petition"
    TICKET = "ticket"
    LOOKS = "looks"  # who looked at whose data, and the rest of the trail
    NOTIFICATION = "notification"
    SESSION = "session"


class Then(StrEnum):
    """What happens when the time is over."""

    DELETE = "delete"
    MINIMISE = "minimise"  # personal data go, a tombstone stays
    KEEP = "keep"


class From(StrEnum):
    """The moment from which is counted."""

    ENDED = "ended"
    YEAR_END = "year_end"  # of the year in which it ended, as archives count


class Cause(StrEnum):
    COMPLAINT = "complaint"
    COURT = "court"
    INSPECTION = "inspection"
    OTHER = "other"


class HoldState(StrEnum):
    HELD = "held"
    LIFTED = "lifted"


class PackageState(StrEnum):
    BEGUN = "begun"  # what goes into it is fixed
    MADE = "made"  # written whole at least once; its digest is known
    RECEIVED = "received"  # the archive confirmed that very digest


OF_DOSSIER = (Kept.TALK, Kept.PAPERS, Kept.RECEIPT, Kept.DOSSIER)  # in the order in which they are carried out
CARRIED_OUT: dict[Kept, Fact] = {
    Kept.TALK: Fact.TALK_FORGOTTEN,
    Kept.PAPERS: Fact.PAPERS_REMOVED,
    Kept.RECEIPT: Fact.RECEIPTS_FORGOTTEN,
    Kept.DOSSIER: Fact.MINIMISED,
}
HOLD_MOVES: dict[HoldState, tuple[Set[str], Fact]] = {
    HoldState.HELD: (frozenset({""}), Fact.HOLD_SET),
    HoldState.LIFTED: (frozenset({HoldState.HELD}), Fact.HOLD_LIFTED),
}
PACKAGE_MOVES: dict[PackageState, tuple[Set[str], Fact]] = {
    PackageState.BEGUN: (frozenset({""}), Fact.PACKAGE_BEGUN),
    PackageState.MADE: (frozenset({PackageState.BEGUN, PackageState.MADE}), Fact.PACKAGE_MADE),
    PackageState.RECEIVED: (frozenset({PackageState.MADE}), Fact.PACKAGE_RECEIVED),
}
