"""One draft for `documents`: layout, content, owner, result code and where it comes from."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import override

from documents.drafts import Draft, Origin, Owner, RecipientLine
from documents.kinds import RecipientKind
from services import versions
from services.declarations import World, read
from services.kinds import Channel
from services.models import Dossier
from services.outcomes.authentication import copies
from services.outcomes.business import household
from services.outcomes.civil_status import CHILD_NUMBER, birth, death, marital_status, marriage
from services.outcomes.decisions import decision
from services.outcomes.kinds import Entry, Given, Rule, Signer, printed, rules
from services.queries.places import UnitsOn

ORIGIN = "services.dossier"
Content = dict[str, Any]
MAKERS: Mapping[str, Callable[[Given, Rule], Content]] = {
    "birth-extract": birth,
    "marriage-certificate": marriage,
    "death-extract": death,
    "marital-status": marital_status,
    "copy-statement": copies,
    "household-business": household,
    "decision": decision,
}
SUBJECT = 500


def rule_of(dossier: Dossier, on: date) -> Rule:
    """The row of the procedure that holds on the day, else that of all others."""
    code = dossier.version.code
    found = [row for row in rules() if row.procedure in {code, ""} and row.holds(on)]
    return next((row for row in found if row.procedure), found[0])


def asks_number(dossier: Dossier, on: date) -> bool:
    return rule_of(dossier, on).asks_number


def entry_words(dossier: Dossier, series: str) -> str:
    """What the line in the civil-status register says."""
    said = {key: value for key, value in dossier.answers.items() if isinstance(value, str)}
    return printed(series, **said)


def is_confirmed_first(dossier: Dossier, on: date) -> bool:
    """Whether the citizen reads the draft before it is proposed: filed online, by somebody with an account.

    At the desk the person stands there and reads the printed draft. NĐ 87/2020/NĐ-CP
    """
    has_reader = dossier.owner_id is not None or dossier.filer_id is not None
    return dossier.channel == Channel.ONLINE and has_reader and rule_of(dossier, on).confirmed_online


def shown_of(dossier: Dossier, *, text: str, on: date) -> Content:
    """What the citizen is shown: all but the numbers that come later, from the register and the population database."""
    answers = {key: said for key, said in dossier.answers.items() if key != CHILD_NUMBER}
    return _content(dossier, answers, text=text, entry=None, on=on)


def _content(dossier: Dossier, answers: Mapping[str, Any], *, text: str, entry: Entry | None, on: date) -> Content:
    """A result is written in Vietnamese, whatever language its officer reads. Places are named as of the day."""
    rule, units = rule_of(dossier, on), UnitsOn(on)
    with override("vi"):
        name = units.name(dossier.competent_unit_id) or ""
        given = Given(
            dossier=dossier,
            definition=read(dossier.version.form.definition),
            answers=answers,
            world=World(on, units),
            place=name[:1].lower() + name[1:],
            text=text.strip(),
            entry=entry,
        )
        return MAKERS[rule.layout](given, rule)


def draft_of(
    dossier: Dossier,
    *,
    signer: Signer,
    text: str,
    entry: Entry | None,
    on: date,
    more: Mapping[str, Any] | None = None,
) -> Draft:
    """`more`: answers that are not there yet."""
    rule, answers = rule_of(dossier, on), dossier.answers | dict(more or {})
    content = _content(dossier, answers, text=text, entry=entry, on=on)
    number = str(answers.get(CHILD_NUMBER) or dossier.owner_number)
    code = versions.result_code(dossier.version)
    return Draft(
        unit_id=dossier.competent_unit_id,
        type_code=rule.type_code,
        layout=rule.layout,
        subject=f"{dossier.version.name_vi}: {dossier.owner_name}"[:SUBJECT],
        signer_id=signer.assignment_id,
        capacity=signer.capacity,
        content=content,
        recipients=(
            RecipientLine(name=dossier.owner_name, kind=RecipientKind.MAIN),
            RecipientLine(name="VT", kind=RecipientKind.KEEP),
        ),
        owner=Owner(number=number, user_id=dossier.owner_id or dossier.filer_id) if number else None,
        result_code=code if number else "",
        due_at=dossier.due_at,
        origin=Origin(type=ORIGIN, id=str(dossier.pk)),
    )
