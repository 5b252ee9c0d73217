"""What this app records, each with its facts."""

from enum import StrEnum


class Fact(StrEnum):
    DRAFTED = "units.reorganisation.drafted"  # legal_no, effective_on, kind, rows, rows_digest
    ENTERED = "units.reorganisation.entered"  # legal_no, effective_on, file_sha256
    SIMULATED = "units.reorganisation.simulated"  # legal_no, number, digest, blockers
    REVISED = "units.reorganisation.revised"  # legal_no; rows, rows_digest, or file_sha256
    SIGNED = "units.reorganisation.signed"  # legal_no, digest
    SCHEDULED = "units.reorganisation.scheduled"  # legal_no, effective_on
    TOOK_EFFECT = "units.reorganisation.took_effect"  # legal_no, effective_on, and how many rows of each kind it made
    CORRECTED = "units.reorganisation.corrected"  # legal_no, by: id of the correcting act
    WITHDRAWN = "units.reorganisation.withdrawn"  # legal_no, reason, taken_back: versions that went to the log
    HELD_UP = "units.reorganisation.held_up"  # legal_no, trouble: why it could not take effect on its day
    GATHERED = "units.reorganisation.gathered"  # legal_no, moved, undecided: what came while the act took effect
    DATE_CONFIRMED = "units.reorganisation.date_confirmed"  # legal_no, effective_on, source
    DECIDED = "units.undecided.decided"  # act, handover, from_unit, to_unit
