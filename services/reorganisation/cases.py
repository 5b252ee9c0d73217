"""What is known of a dossier or draft of a unit that is split: by it the rules of the act decide."""

from collections.abc import Iterator, Mapping
from typing import Any

from services import about
from units.handovers import Case


def case_of(procedure: str, answers: Mapping[str, Any], contact: Mapping[str, Any]) -> Case:
    """The place where its people live, as they wrote it; the village is what stands before the first comma."""
    lived = [answers.get(key) for key in about.about(procedure).residence]
    written = [str(one.get("detail") or "") for one in lived if isinstance(one, Mapping)]
    first = written[0] if written else ""
    where = [*written, str(contact.get("address") or "")]
    return Case(
        village=first.split(",", 1)[0].strip(),
        address=", ".join(text for text in where if text),
        procedure=procedure,
        answers={key: str(value) for key, value in _plain(answers)},
    )


def _plain(answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Answers of one word; what has parts of its own is no answer that a rule can name."""
    return ((key, value) for key, value in answers.items() if isinstance(value, str | int))
