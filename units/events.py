"""What this app records, each with its facts."""

from enum import StrEnum


class Fact(StrEnum):
    DRAFTED = "units.reorganisation.drafted"
    ENTERED = "units.reorganisation.entered"  # legal_no, effective_on, file_sha256
    SIMULATED = "units.reorganisation.simulated"
    REVISED = "units.reorganisation.revised"
    SIGNED = "units.reorganisation.signed"
    SCHEDULED = "units.reorganisation.scheduled"
    TOOK_EFFECT = "units.reorganisation.took_effect"  # legal_no, effective_on, and how many rows of each kind it made
    CORRECTED = "units.reorganisation.corrected"
    WITHDRAWN = "units.reorganisation.withdrawn"
    DATE_CONFIRMED = "units.reorganisation.date_confirmed"  # legal_no, effective_on, source
