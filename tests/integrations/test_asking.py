"""A question from its order to its evidence, over real HTTP: who may see it, what the trail says, and what a failure
leaves to the citizen.
"""

import uuid
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.utils import translation

from portal.accounts.identity import Claims
from portal.accounts.models import User
from portal.accounts.operations import create_officer, recognise_citizen, reencrypt
from portal.events import Delivery, Event, delivering
from portal.events.delivering import deliver
from portal.events.wording import details_in_words
from portal.isolation import Purpose, Scope, scope, use
from services.asking import ask_source
from services.gathering import deceased_wishes, first_wishes, gather, order, replacing
from services.models import Evidence, SubjectKind
from services.operations.evidence import Subject, Wish, forget_evidence, hand_over_evidence, keep_answer
from services.sources import Away, Outcome, Query, Reason, SourceKey, Who, Why
from tests.cast import sign_in
from tests.integrations.asked import FATHER, MOTHER, NOW, SPLIT
from tests.integrations.sandboxed import Sandbox

UNIT = 77


def account(who: Who) -> User:
    claims = Claims("https://vneid.example", f"s-{who.number}", "person", who.number, who.name, who.birth_on, "T", 2)
    with transaction.atomic():
        return recognise_citizen(claims=claims, now=NOW)


@pytest.fixture
def mother(module_db: str) -> User:
    return account(MOTHER)


@pytest.fixture(autouse=True)
def breaker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "breaker", delivering.Breaker())


def draft_of(user: User, *units: int) -> Subject:
    return Subject(SubjectKind.DRAFT, uuid.uuid4(), user.pk, units=units)


def person(who: Who = MOTHER, **changes: Any) -> Wish:
    asked = {"source": SourceKey.POPULATION, "query": Query.PERSON, "about": "person", "purpose": Why.PREFILL}
    return Wish(who=who, fields=("name", "sex"), procedure="1.001193", **(asked | changes))


def ask(user: User, wish: Wish, subject: Subject | None = None) -> Evidence:
    return ask_source(
        subject=subject or draft_of(user), wish=wish, actor=user, scope=Scope(citizen=user.pk), clock=lambda: NOW
    )


def seen(subject: Subject, value: Scope) -> list[Evidence]:
    with transaction.atomic(), use(value):
        return list(Evidence.objects.of(subject.id))


def events(evidence: Evidence) -> list[Event]:
    with transaction.atomic(), scope(purpose=Purpose.VERIFY):
        return list(Event.objects.about("services.evidence", evidence.pk))


def carry_out(limit: int = 20) -> int:
    """What the relay and a worker do: every due delivery, those that came of others too."""
    done = 0
    while done < limit:
        with transaction.atomic(), scope(purpose=Purpose.RELAY):
            found = Delivery.objects.open().order_by("created_at", "id").first()
        if found is None:
            return done
        deliver(found.pk, clock=lambda: NOW)
        done += 1
    raise AssertionError("It never ends.")


def test_answer_is_kept_for_the_draft_with_source_and_moment(registers: Sandbox, mother: User) -> None:
    evidence = ask(mother, person())
    assert (evidence.outcome, evidence.answered_at, evidence.given) == (Outcome.FOUND, NOW, ["name", "sex"])
    assert evidence.values == {"name": "Thào Thị Mỷ", "sex": "female"}
    assert evidence.reference == str(evidence.pk), "the number of the question is what the register knows it by"


def test_values_are_sealed_at_rest(registers: Sandbox, mother: User) -> None:
    evidence = ask(mother, person())
    with transaction.atomic(), scope(citizen=mother.pk), connection.cursor() as cursor:
        cursor.execute(
            "select row_to_json(e)::text, e.content_sealed from services_evidence e where id = %s", [evidence.pk]
        )
        row, envelope = cursor.fetchone()
    told = row + bytes(envelope).decode("latin-1")
    assert not [secret for secret in (MOTHER.number, "Mỷ", "female", "1999-02-14") if secret in told]


def test_trail_says_purpose_dossier_and_fields_but_never_a_value(registers: Sandbox, mother: User) -> None:
    subject = draft_of(mother)
    asked, answered = events(ask(mother, person(), subject))
    assert (asked.name, answered.name) == ("services.source.asked", "services.source.answered")
    assert asked.facts["draft"] == str(subject.id)
    assert (asked.facts["purpose"], asked.facts["source"]) == ("prefill", "population")
    assert (asked.facts["fields"], answered.facts["fields"]) == (["name", "sex"], ["name", "sex"])
    assert answered.facts["outcome"] == "found"
    told = str(asked.facts) + str(answered.facts)
    assert not [secret for secret in (MOTHER.number, "Mỷ", "female") if secret in told]


def test_citizen_reads_it_in_the_own_trail(registers: Sandbox, mother: User) -> None:
    ask(mother, person())
    page = sign_in(Client(), mother).get("/tai-khoan/dau-vet/").content.decode()
    assert "Cơ sở dữ liệu quốc gia về dân cư" in page
    assert "họ và tên" in page


def test_whoever_was_asked_about_sees_it_too(registers: Sandbox, mother: User) -> None:
    father = account(FATHER)
    evidence = ask(mother, person(FATHER, about="spouse"))
    told = [set(event.concerns) for event in events(evidence)]
    assert told == [{mother.pk, father.pk}] * 2


def test_nobody_is_asked_inside_a_transaction(registers: Sandbox, mother: User) -> None:
    with transaction.atomic(), pytest.raises(ImproperlyConfigured):
        ask(mother, person())


# --- Who may see it ---------------------------------------------------------------------------------------------------


def test_only_the_citizen_and_units_of_the_dossier_see_evidence(registers: Sandbox, mother: User) -> None:
    subject = draft_of(mother, UNIT)
    ask(mother, person(), subject)
    assert len(seen(subject, Scope(citizen=mother.pk))) == 1
    assert len(seen(subject, Scope(units=(UNIT,)))) == 1
    for stranger in (Scope(), Scope(units=(UNIT + 1,)), Scope(citizen=uuid.uuid4()), Scope(purpose=Purpose.DIRECTORY)):
        assert seen(subject, stranger) == []


def test_nobody_writes_evidence_for_a_stranger(registers: Sandbox, mother: User) -> None:
    other = Scope(citizen=uuid.uuid4(), units=(UNIT + 1,))
    with pytest.raises(ProgrammingError, match="row-level security"):
        ask_source(subject=draft_of(mother, UNIT), wish=person(), actor=mother, scope=other, clock=lambda: NOW)


def test_keys_can_be_changed(registers: Sandbox, mother: User, settings: Any) -> None:
    subject = draft_of(mother)
    ask(mother, person(), subject)
    before = settings.PERSONAL_DATA_KEYS
    settings.PERSONAL_DATA_KEYS = {**before, "2027": next(key for name, key in before.items() if name != "index")}
    reencrypt(now=NOW)
    (evidence,) = seen(subject, Scope(citizen=mother.pk))
    assert bytes(evidence.content_sealed)[2:6] == b"2027"
    assert evidence.values["sex"] == "female"


def test_officer_of_the_unit_asks_for_a_dossier(registers: Sandbox, mother: User) -> None:
    """Who asks is named to the register and to the citizen; the evidence stays with the unit."""
    with transaction.atomic(), scope(purpose=Purpose.DEMO):
        officer = create_officer(username=f"o-{uuid.uuid4().hex}", password=None, actor=mother, now=NOW)
    subject = Subject(SubjectKind.DOSSIER, uuid.uuid4(), mother.pk, units=(UNIT,), unit=UNIT)
    at_work = Scope(units=(UNIT,), citizen=officer.pk)
    wish = replacing("parents_marriage_certificate", SourceKey.CIVIL_STATUS, MOTHER, procedure="1.001193")
    evidence = ask_source(subject=subject, wish=wish, actor=officer, scope=at_work, clock=lambda: NOW)
    assert evidence.question.officer == str(officer.pk)
    assert {event.actor for event in events(evidence)} == {f"user:{officer.pk}"}
    assert [event.unit_id for event in events(evidence)] == [UNIT, UNIT]
    assert mother.pk in events(evidence)[0].concerns
    with transaction.atomic(), use(at_work):
        assert Evidence.objects.of(subject.id).for_component("parents_marriage_certificate").holding(NOW).exists()


def test_evidence_goes_with_the_draft_into_its_dossier(registers: Sandbox, mother: User) -> None:
    draft = draft_of(mother)
    ask(mother, person(), draft)
    dossier = Subject(SubjectKind.DOSSIER, uuid.uuid4(), mother.pk, units=(UNIT,), unit=UNIT)
    with transaction.atomic(), scope(citizen=mother.pk):
        assert hand_over_evidence(draft_id=draft.id, dossier=dossier, actor=mother, now=NOW) == 1
    assert seen(draft, Scope(citizen=mother.pk)) == []
    assert [one.values["sex"] for one in seen(dossier, Scope(units=(UNIT,)))] == ["female"]
    with transaction.atomic(), scope(citizen=mother.pk):
        assert forget_evidence(draft_id=dossier.id, actor=mother, now=NOW) == 0, "a dossier keeps its evidence"


def test_discarded_draft_takes_its_evidence_along(registers: Sandbox, mother: User) -> None:
    draft = draft_of(mother)
    ask(mother, person(), draft)
    with transaction.atomic(), scope(citizen=uuid.uuid4()):
        assert forget_evidence(draft_id=draft.id, actor=mother, now=NOW) == 0, "nobody else's"
    with transaction.atomic(), scope(citizen=mother.pk):
        assert forget_evidence(draft_id=draft.id, actor=mother, now=NOW) == 1
    assert seen(draft, Scope(citizen=mother.pk)) == []


def test_outcome_cannot_be_changed_by_hand(registers: Sandbox, mother: User) -> None:
    evidence = ask(mother, person())
    with pytest.raises(IntegrityError, match="without an event"), transaction.atomic(), scope(citizen=mother.pk):
        Evidence.objects.filter(pk=evidence.pk).update(outcome="not_found")


def test_second_answer_changes_nothing(registers: Sandbox, mother: User) -> None:
    evidence = ask(mother, person())
    with transaction.atomic(), scope(citizen=mother.pk):
        late = Away(SourceKey.POPULATION, Reason.TIMEOUT)
        kept = keep_answer(evidence_id=evidence.pk, answer=late, unit=None, actor=mother, now=NOW)
    assert kept.outcome == Outcome.FOUND
    assert len(events(evidence)) == 2


# --- What goes wrong never stops anybody ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "outcome", "reason"),
    [("timeout", "away", Reason.TIMEOUT), ("error_500", "away", Reason.FAILED), ("garbage", "away", Reason.GARBAGE),
     ("other_person", "away", Reason.GARBAGE), ("no_match", "not_found", "")],
)  # fmt: skip
def test_failure_is_noted_and_leaves_papers(
    registers: Sandbox, mother: User, fault: str, outcome: str, reason: str
) -> None:
    registers.turn("population", fault)
    evidence = ask(mother, person())
    assert (evidence.outcome, evidence.reason, evidence.values) == (outcome, reason, {})
    assert events(evidence)[-1].facts["outcome"] == outcome


def test_after_a_failure_it_can_be_asked_again(registers: Sandbox, mother: User) -> None:
    subject = draft_of(mother)
    registers.turn("population", "error_500")
    ask(mother, person(), subject)
    registers.turn("population", "")
    assert ask(mother, person(), subject).outcome == Outcome.FOUND
    assert len(seen(subject, Scope(citizen=mother.pk))) == 2


def test_register_that_nobody_connected_is_away_at_once(registers: Sandbox, mother: User) -> None:
    evidence = ask(mother, person(source=SourceKey.LAND))
    assert (evidence.outcome, evidence.reason) == (Outcome.AWAY, Reason.NOT_CONNECTED)


# --- Ordered by a page, asked by a worker -----------------------------------------------------------------------------


def ordered(user: User, who: Who, *roles: str) -> Subject:
    subject = draft_of(user)
    with transaction.atomic(), scope(citizen=user.pk):
        order(subject=subject, wishes=first_wishes(who, roles, procedure="1.001193"), actor=user, now=NOW)
    return subject


def found(subject: Subject, user: User) -> dict[tuple[str, str], str]:
    return {(one.about, one.query): one.outcome for one in seen(subject, Scope(citizen=user.pk))}


FAMILY = {
    ("person", "person"): "found",
    ("couple", "marriage"): "found",
    ("child", "newborn"): "found",
    ("spouse", "person"): "found",
}


def test_one_order_finds_person_spouse_and_child(registers: Sandbox, mother: User) -> None:
    subject = ordered(mother, MOTHER, "spouse", "child")
    assert set(found(subject, mother).values()) == {"asked"}, "nobody waits for it"
    assert carry_out() == 4
    assert found(subject, mother) == FAMILY


def test_father_finds_the_child_by_its_mother(registers: Sandbox, mother: User) -> None:
    father = account(FATHER)
    subject = ordered(father, FATHER, "spouse", "child")
    carry_out()
    outcomes = found(subject, father)
    assert outcomes == FAMILY
    (notice,) = [one for one in seen(subject, Scope(citizen=father.pk)) if one.holds(NOW) and one.about == "child"]
    assert notice.question.who == MOTHER


def test_worker_stores_a_failure_instead_of_trying_for_hours(registers: Sandbox, mother: User) -> None:
    registers.turn("population", "timeout")
    subject = ordered(mother, MOTHER)
    assert carry_out() == 1
    assert found(subject, mother) == {("person", "person"): "away"}


def test_same_question_is_ordered_once(registers: Sandbox, mother: User) -> None:
    subject = draft_of(mother)
    with transaction.atomic(), scope(citizen=mother.pk):
        wishes = first_wishes(MOTHER, (), procedure="1.001193")
        first, again = (order(subject=subject, wishes=wishes, actor=mother, now=NOW) for _ in range(2))
    assert first == again
    assert carry_out() == 1


def test_delivery_holds_no_number_of_anybody(registers: Sandbox, mother: User) -> None:
    ordered(mother, MOTHER)
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        payloads = [str(row.payload) for row in Delivery.objects.open()]
    assert len(payloads) == 1
    assert MOTHER.number not in payloads[0]
    carry_out()


def test_ended_marriage_names_nobody(registers: Sandbox, mother: User) -> None:
    user = account(SPLIT)
    done = gather(
        subject=draft_of(user),
        wishes=first_wishes(SPLIT, ["spouse"], procedure="1.004873"),
        actor=user,
        scope=Scope(citizen=user.pk),
        clock=lambda: NOW,
    )
    assert [(one.about, one.outcome) for one in done] == [("person", "found"), ("couple", "found")]


def test_death_is_gathered_by_who_registers_it(registers: Sandbox, mother: User) -> None:
    dead = Who("000041000018", "Phạm Văn Toàn", date(1941, 7, 7))
    done = gather(
        subject=draft_of(mother),
        wishes=deceased_wishes(dead, procedure="1.000656"),
        actor=mother,
        scope=Scope(citizen=mother.pk),
        clock=lambda: NOW,
    )
    assert [one.outcome for one in done] == ["found", "found"]


def test_trail_is_whole_after_all_this(registers: Sandbox, mother: User, capsys: pytest.CaptureFixture[str]) -> None:
    ask(mother, person())
    call_command("verify_trail")
    with translation.override("vi"):
        said = details_in_words("services.source.answered", {"source": "population", "fields": []})
    assert "không có gì" in said
