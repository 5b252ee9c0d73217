"""Register books and documents under way when their organ ends."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from documents.models import Certificate, RegisterBook, RegisterEntry
from documents.reorganisation import Documents
from portal.events import Event
from portal.events.actors import System
from portal.isolation import Purpose, scope
from tests.cast import Cast
from tests.documents.books import TODAY, outgoing
from tests.documents.route.build import drafted, make_certificates
from tests.units.reorganising import DAY, MIDNIGHT, draft, merger, run, scheduled, tried
from units.handovers import registered
from units.kinds import ActKind
from units.models import ReorgProof
from units.operations import Source, prove, reorganisation_of

pytestmark = pytest.mark.django_db


def test_books_of_an_ended_organ_are_closed_and_those_of_its_successor_begin_at_01(people: Cast) -> None:
    old = outgoing(people)
    with registered(Documents()):
        act = scheduled(merger(people.land))
        made = act.changes.get().unit_id
        run(act)
    with scope(units=[people.home, made]):
        assert RegisterBook.objects.get(pk=old.book_id).state == "closed"
        entry = outgoing(people, unit_id=made, dated_on=DAY, now=MIDNIGHT, actor=System.COMMAND)
        assert (entry.number, entry.book_id != old.book_id) == (1, True)
    with scope(purpose=Purpose.REORGANISATION):
        proof = ReorgProof.objects.get(event=act)
    assert proof.holds, proof.findings
    assert [(row["what"], row["number"]) for row in proof.before] == [("register-book", 1)]
    assert [(move["what"], move["to_unit"]) for move in proof.moves] == [("register-book", None)]


def test_books_of_units_that_a_correction_gives_back_count_on(people: Cast) -> None:
    old = outgoing(people)
    with registered(Documents()):
        act = scheduled(merger(people.land))
        made = act.changes.get().unit_id
        run(act)
        with scope(units=[made]):
            wrongly = outgoing(people, unit_id=made, dated_on=DAY, now=MIDNIGHT, actor=System.COMMAND)
        parts = [Source(made, people.home, is_default=True, share="part"), Source(made, people.neighbour, share="part")]
        right = draft(people.land, [], parts, kind=ActKind.CORRECT, corrects=act.pk)
        later = MIDNIGHT + timedelta(hours=9)
        run(scheduled(right, now=later), now=later)
    with scope(units=[people.home, made]):
        entry = outgoing(people, dated_on=old.dated_on, now=later, actor=System.COMMAND)
        assert (entry.book_id, entry.number) == (old.book_id, old.number + 1)
        assert RegisterBook.objects.get(pk=wrongly.book_id).state == "closed"
        event = Event.objects.get(name="documents.register_book.reopened")
        assert event.facts["act"] == right.legal_no
    with scope(purpose=Purpose.REORGANISATION):
        proof = ReorgProof.objects.get(event=right)
        act.refresh_from_db()
        assert prove(act).holds
    assert proof.holds, proof.findings


def test_a_book_is_opened_again_by_nobody_else(people: Cast) -> None:
    old = outgoing(people)
    with registered(Documents()):
        run(scheduled(merger(people.land)))
    with scope(units=[people.home]), pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        RegisterBook.objects.filter(pk=old.book_id).update(state="open", closed_at=None, closed_by="", close_ground="")


def test_what_was_not_issued_is_named_before_and_called_off_on_the_day(people: Cast) -> None:
    document = drafted(people)
    with registered(Documents()):
        act = merger(people.land)
        simulation = tried(act)
        assert [(row["code"], row["number"], row["stops"]) for row in simulation.blockers] == [
            ("act-file-wanting", 1, False),
            ("documents-under-way", 1, False),
        ]
        assert simulation.counts[0]["officer"] == str(people.specialist.user.pk)
        run(scheduled(act))
        with scope(purpose=Purpose.REORGANISATION):
            assert ReorgProof.objects.get(event=act).holds
    with scope(units=[people.home]):
        document.refresh_from_db()
    assert document.state == "cancelled"


def test_a_successor_without_a_seal_is_named_until_it_has_one(people: Cast) -> None:
    with scope(purpose=Purpose.DEMO, units=[people.home]):
        make_certificates(people)
    with registered(Documents()):
        act = merger(people.land)
        made = act.changes.get().unit_id
        assert ("no-seal", made, False) in [(row["code"], row["unit"], row["stops"]) for row in tried(act).blockers]
        scheduled(act)
        with scope(units=[people.home, made]):
            seal = Certificate.objects.of_organ(people.home).get()
            seal.pk, seal.unit_id, seal.fingerprint = uuid4(), made, "0" * 64
            with transaction.atomic():
                seal.save(force_insert=True)
                assert "no-seal" not in {row["code"] for row in tried(act).blockers}
                transaction.set_rollback(True)  # it has no event of its own


def test_a_number_that_was_given_after_the_end_is_found(people: Cast) -> None:
    with registered(Documents()):
        act = scheduled(merger(people.land))
        run(act)
        seen = reorganisation_of(act)
        with scope(purpose=Purpose.REORGANISATION):
            assert list(Documents().verify(seen)) == []
        outgoing(people)  # by a clock that stands before the end
        late = replace(seen, effective_on=RegisterEntry.objects.latest("id").dated_on)
        with scope(purpose=Purpose.REORGANISATION):
            found = {(each.code, each.unit_id) for each in Documents().verify(late)}
    assert ("number-after-end", people.home) in found


def test_the_database_refuses_a_number_twice_in_one_series(people: Cast) -> None:
    entry = outgoing(people)
    entry.pk = None
    with pytest.raises(IntegrityError, match="register_entry"), transaction.atomic():
        entry.save(force_insert=True)


def test_numbers_of_the_very_day_are_named_before_the_signature(people: Cast) -> None:
    outgoing(people)
    with registered(Documents()):
        seen = reorganisation_of(merger(people.land))
        with scope(purpose=Purpose.REORGANISATION):
            blockers = Documents().preview(replace(seen, effective_on=TODAY)).blockers
            sooner = Documents().preview(seen).blockers
    assert [(row.unit_id, row.number, row.stops) for row in blockers if row.code == "numbered-after-end"] == [
        (people.home, 1, False)
    ]
    assert "numbered-after-end" not in {row.code for row in sooner}
