"""From the answers of a dossier to the draft of its result: what a register or the form said is never typed again."""

from services.outcomes.drafting import asks_number, draft_of, entry_words, is_confirmed_first, rule_of, shown_of
from services.outcomes.kinds import Entry, Given, Rule, Signer

__all__ = [
    "Entry",
    "Given",
    "Rule",
    "Signer",
    "asks_number",
    "draft_of",
    "entry_words",
    "is_confirmed_first",
    "rule_of",
    "shown_of",
]
