"""Which successor a case of a split unit belongs to: rules as data on the rows of the act."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

MOST = 500  # entries of one list of a rule
LONGEST = 200  # characters of one entry
CLAUSES = ("villages", "addresses", "answers", "procedures")  # the more exact ones first
APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʼ`´", "'"))
WORD = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one thing. `answers`: the answers of its form by the name of the field."""

    village: str = ""
    address: str = ""
    procedure: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """`by`: "only" (there is one heir), a clause of the rule, or "default": nobody knows, it waits for a person."""

    unit_id: int
    by: str

    @property
    def is_decided(self) -> bool:
        return self.by != "default"


class RuleError(ValueError):
    """The rule is not one; the message says where."""


class _Heir(Protocol):
    @property
    def unit_id(self) -> int: ...
    @property
    def is_default(self) -> bool: ...
    @property
    def rule(self) -> Mapping[str, Any] | None: ...


def decide(heirs: Sequence[_Heir], case: Case) -> Decision | None:
    """The heir of the first clause that exactly one heir's rule meets; else the default one, undecided."""
    if not heirs:
        return None
    if len(heirs) == 1:
        return Decision(heirs[0].unit_id, "only")
    for clause in CLAUSES:
        met = [heir for heir in heirs if _meets(clause, (heir.rule or {}).get(clause), case)]
        if len(met) == 1:
            return Decision(met[0].unit_id, clause)
        if met:  # two rules claim it: no less exact clause may settle that
            break
    default = next((heir for heir in heirs if heir.is_default), heirs[0])
    return Decision(default.unit_id, "default")


def folded(text: str) -> list[str]:
    """Words as they are compared: any case, any dash or apostrophe; accents and tones count."""
    return WORD.findall(unicodedata.normalize("NFC", text).casefold().translate(APOSTROPHES))


def _holds(whole: list[str], part: list[str]) -> bool:
    """Word for word: "Ấp 1" is not found in "Ấp 10"."""
    return bool(part) and any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


def _in_address(entries: Iterable[str], text: str) -> bool:
    words = folded(text)
    return any(_holds(words, folded(entry)) for entry in entries)


def _meets(clause: str, wanted: Any, case: Case) -> bool:
    if not wanted:
        return False
    if clause == "villages":
        words = folded(case.village)
        return bool(words) and any(folded(entry) == words for entry in wanted)
    if clause == "addresses":
        return _in_address(wanted, case.address)
    if clause == "procedures":
        return case.procedure in wanted
    answers = {name: folded(str(answer)) for name, answer in case.answers.items()}
    return any(answers.get(name) in [folded(value) for value in values] for name, values in wanted.items())


def check_rule(rule: object) -> dict[str, Any] | None:
    """The rule as it is kept: known clauses, lists of text within the limits. Raises `RuleError`."""
    if rule is None or rule == {}:
        return None
    if not isinstance(rule, Mapping) or not set(rule) <= set(CLAUSES):
        raise RuleError(f"A rule has lists named {', '.join(CLAUSES)} and nothing else.")
    kept: dict[str, Any] = {}
    for clause in CLAUSES:
        if clause not in rule:
            continue
        if clause == "answers":
            fields = rule[clause]
            if not isinstance(fields, Mapping) or not 1 <= len(fields) <= 20:
                raise RuleError("“answers” names 1 to 20 fields of a form, each with its list of answers.")
            kept[clause] = {_text(name, clause): _list(values, clause) for name, values in fields.items()}
        else:
            kept[clause] = _list(rule[clause], clause)
    return kept


def _list(values: object, clause: str) -> list[str]:
    if not isinstance(values, Sequence) or isinstance(values, str) or not 1 <= len(values) <= MOST:
        raise RuleError(f"“{clause}” has lists of 1 to {MOST} entries.")
    return [_text(value, clause) for value in values]


def _text(value: object, clause: str) -> str:
    text = unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else ""
    if not 1 <= len(text) <= LONGEST or not text.isprintable() or not folded(text):
        raise RuleError(f"“{clause}” has entries of 1 to {LONGEST} characters, with a letter or digit among them.")
    return text
