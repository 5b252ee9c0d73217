"""Silence agrees: after the day the draft goes on by itself. A dossier that ends takes the question along."""

import pytest

from portal.isolation import Purpose, scope
from services import deadlines
from services.models import ProcedureVersion
from services.operations import citizen as deeds
from services.operations.confirming import GO_ON, confirm_draft
from services.states import Stage
from tests.cast import Cast
from tests.services.build import Office
from tests.services.confirming import asked
from tests.services.own import citizen
from tests.services.working import real, work_off


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("1.001193")


def test_before_the_end_of_the_day_nobody_is_taken_at_their_silence(office: Office) -> None:
    dossier, _row = asked(office, citizen())
    assert deadlines.let_silence_agree(now=office.tick(hours=20)) == 0
    assert office.again(dossier).stage == Stage.AWAITING_CITIZEN


def test_silence_agrees_and_the_officers_work_goes_on(office: Office) -> None:
    dossier, row = asked(office, citizen())
    assert deadlines.let_silence_agree(now=office.tick(days=2)) == 1
    row.refresh_from_db()
    assert row.state == "silent"
    work_off(office.tick(), GO_ON)
    assert office.again(dossier).stage == Stage.AWAITING_PERSONAL_NUMBER
    assert deadlines.let_silence_agree(now=office.tick()) == 0


def test_what_was_answered_in_time_is_left_alone(office: Office) -> None:
    filer = citizen()
    dossier, row = asked(office, filer)
    confirm_draft(dossier=dossier, actor=filer, now=office.tick())
    assert deadlines.let_silence_agree(now=office.tick(days=2)) == 0
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_the_clock_sees_what_it_closes(office: Office) -> None:
    """Row-level security lets the purpose in."""
    _dossier, row = asked(office, citizen())
    with scope(purpose=Purpose.DEADLINES):
        assert deadlines.let_silence_agree(now=row.deadline_at) == 0


def test_a_dossier_that_is_withdrawn_takes_the_question_along(office: Office) -> None:
    filer = citizen()
    dossier, row = asked(office, filer)
    with scope(citizen=filer.pk):
        deeds.withdraw(dossier=dossier, reason="Nộp nhầm", actor=filer, now=office.tick())
    row.refresh_from_db()
    assert (row.state, office.again(dossier).state) == ("cancelled", "withdrawn")
    assert deadlines.let_silence_agree(now=office.tick(days=2)) == 0
