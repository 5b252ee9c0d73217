"""What a form can be filled with, asked register by register: the person, whom they married, the child just born.

One order begins it. Each answer says whom to ask about next: a marriage names the spouse, and a father's newborn is
found by its mother.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from portal.accounts.models import Party
from portal.events.actors import Actor
from portal.isolation import Scope
from services.asking import Clock, ask_source
from services.filers import Filer
from services.models import Evidence
from services.operations.evidence import Subject, Wish, begin_question
from services.sources import Outcome, Query, SourceKey, Who, Why

PERSON, SPOUSE, COUPLE, CHILD, DECEASED = "person", "spouse", "couple", "child", "deceased"
ROLES = frozenset({PERSON, SPOUSE, CHILD, DECEASED})  # what a form may want, in `then`
OF_PERSON = (
    "name",
    "birth_on",
    "birth_year",
    "sex",
    "ethnicity",
    "nationality",
    "marital_status",
    "id_number",
    "residence",
    "current_residence",
    "origin",
)
OF_CITIZEN = (*OF_PERSON, "old_id_number", "birth_place", "father", "mother")
REPLACES = {  # what each source is asked when it shall replace a paper, unless the caller knows better
    SourceKey.POPULATION: Query.PERSON,
    SourceKey.CIVIL_STATUS: Query.MARRIAGE,
    SourceKey.BIRTH_NOTICE: Query.NEWBORN,
    SourceKey.DEATH_NOTICE: Query.DECEASED,
    SourceKey.BUSINESS: Query.BUSINESS,
    SourceKey.ISSUED_RESULT: Query.RESULTS,
}
MOST_STEPS = 8  # of one order; a register that names ever new people leads nowhere


def first_wishes(who: Who, roles: Iterable[str], *, procedure: str) -> list[Wish]:
    """The questions that need no other answer. Who filed for somebody else is asked about that person."""
    wanted = tuple(sorted(set(roles) & ROLES))
    wishes = [_person(who, PERSON, OF_CITIZEN, procedure, wanted)]
    if {SPOUSE, CHILD} & set(wanted):
        marriage = ("husband", "wife", "state", "number", "book", "registered_on", "office", "office_code")
        wishes.append(
            Wish(
                SourceKey.CIVIL_STATUS,
                Query.MARRIAGE,
                who,
                COUPLE,
                Why.PREFILL,
                fields=marriage,
                procedure=procedure,
                then=wanted,
            )
        )
    return wishes


def deceased_wishes(who: Who, *, procedure: str) -> list[Wish]:
    """About somebody who died: what the population database knew, and the notice of the death."""
    person = _person(who, DECEASED, OF_PERSON, procedure, ())
    notice = Wish(SourceKey.DEATH_NOTICE, Query.DECEASED, who, DECEASED, Why.PREFILL, procedure=procedure)
    return [person, notice]


def replacing(
    component: str,
    source: SourceKey,
    who: Who,
    *,
    about: str = PERSON,
    query: Query | None = None,
    procedure: str = "",
    also: Mapping[str, str] | None = None,
) -> Wish:
    """The question that may replace the paper `component` of somebody; `source` is its `replaceable_by`.

    A source that nobody connected is asked all the same: that it is away is why the paper may be asked for.
    """
    return Wish(
        source,
        query or REPLACES.get(source, Query.PERSON),
        who,
        about,
        Why.REPLACE,
        component=component,
        procedure=procedure,
        also=also or {},
    )


def signed_in(citizen: Filer) -> Who | None:
    """Whom the sign-in or the card vouches for; nothing for an organisation, and for who names no birth date."""
    if citizen.party != Party.PERSON:
        return None
    who = Who(citizen.number, citizen.name, citizen.birth_on)
    return who if who.is_complete() else None


def next_wishes(evidence: Evidence) -> list[Wish]:
    """Whom to ask about after this answer."""
    wanted = set(evidence.content.get("then", []))
    if evidence.query == Query.PERSON and CHILD in wanted:
        return _after_person(evidence)
    if evidence.query == Query.MARRIAGE and evidence.outcome == Outcome.FOUND:
        return _after_marriage(evidence, wanted)
    return []


def _after_person(evidence: Evidence) -> list[Wish]:
    """A notice of birth is found by the mother, so a man's own number is not asked with. Who is not known, might be."""
    known_man = evidence.values.get("sex", "female") != "female"
    return [] if known_man else [_newborn(evidence.question.who, evidence.procedure)]


def _after_marriage(evidence: Evidence, wanted: set[str]) -> list[Wish]:
    values, asked = evidence.values, evidence.question.who
    if values.get("state", "valid") != "valid":
        return []
    couple = [values.get("husband", {}), values.get("wife", {})]
    other = next((one for one in couple if one.get("id_number") and one["id_number"] != asked.number), None)
    spouse = who_of(other) if other else None
    if spouse is None:
        return []
    wishes = [_person(spouse, SPOUSE, OF_PERSON, evidence.procedure, ())]
    if CHILD in wanted and values.get("wife", {}).get("id_number") == spouse.number:
        wishes.append(_newborn(spouse, evidence.procedure))
    return wishes


def order(*, subject: Subject, wishes: Iterable[Wish], actor: Actor, now: datetime) -> list[Evidence]:
    """Begin all of them inside the open transaction; workers ask after commit and go on with what the answers name."""
    return [begin_question(subject=subject, wish=wish, later=True, actor=actor, now=now) for wish in wishes]


def gather(*, subject: Subject, wishes: Iterable[Wish], actor: Actor, scope: Scope, clock: Clock) -> list[Evidence]:
    """Ask all of them now, one after the other, outside of transactions."""
    waiting = list(wishes)
    done: list[Evidence] = []
    while waiting and len(done) < MOST_STEPS:
        evidence = ask_source(subject=subject, wish=waiting.pop(0), actor=actor, scope=scope, clock=clock)
        done.append(evidence)
        waiting += next_wishes(evidence)
    return done


def who_of(person: dict[str, Any]) -> Who | None:
    """Somebody whom a register named, if it said enough to ask about them."""
    try:
        who = Who(person["id_number"], person["name"], date.fromisoformat(person["birth_on"]))
    except (KeyError, ValueError):
        return None
    return who if who.is_complete() else None


def _person(who: Who, about: str, fields: tuple[str, ...], procedure: str, then: tuple[str, ...]) -> Wish:
    return Wish(
        SourceKey.POPULATION, Query.PERSON, who, about, Why.PREFILL, fields=fields, procedure=procedure, then=then
    )


def _newborn(mother: Who, procedure: str) -> Wish:
    return Wish(SourceKey.BIRTH_NOTICE, Query.NEWBORN, mother, CHILD, Why.PREFILL, procedure=procedure)
