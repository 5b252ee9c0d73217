"""The citizen says what is wrong: the step is its officer's again, with the words of the citizen."""

import pytest

from portal.events import Delivery, Event
from portal.isolation import Purpose, scope
from services import errors
from services.models import Confirmation, ProcedureVersion
from services.operations.confirming import GO_ON, object_to_draft
from services.states import Stage
from tests.cast import Cast
from tests.services.build import Office
from tests.services.confirming import asked, propose
from tests.services.own import citizen
from tests.services.working import real

WRONG = "Tên con là Giàng Thị Nhuận"


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("1.001193")


def test_the_officer_has_the_step_again_and_nothing_goes_on(office: Office) -> None:
    filer = citizen()
    dossier, row = asked(office, filer)
    with scope(citizen=filer.pk):
        object_to_draft(dossier=dossier, text=f"  {WRONG} ", actor=filer, now=office.tick())
    row.refresh_from_db()
    assert (row.state, row.objection) == ("objected", WRONG)
    assert office.again(dossier).stage == Stage.NONE
    assert office.open_step(dossier).officer == office.people.specialist.user
    with scope(purpose=Purpose.RELAY):
        assert not Delivery.objects.filter(topic=GO_ON).exists()


def test_the_citizen_is_asked_again_whatever_is_proposed_next(office: Office) -> None:
    filer = citizen()
    dossier, _row = asked(office, filer)
    object_to_draft(dossier=dossier, text=WRONG, actor=filer, now=office.tick())
    assert propose(office, dossier).stage == Stage.AWAITING_CITIZEN
    assert [row.number for row in Confirmation.objects.filter(dossier=dossier).order_by("number")] == [1, 2]


def test_it_says_what_and_by_whom(office: Office) -> None:
    filer = citizen()
    dossier, _row = asked(office, filer)
    with pytest.raises(errors.NoReasonError):
        object_to_draft(dossier=dossier, text="  ", actor=filer, now=office.tick())
    for user in (citizen("khac"), office.people.desk_officer.user):
        with pytest.raises(errors.NotAllowedError):
            object_to_draft(dossier=dossier, text=WRONG, actor=user, now=office.tick())
    with pytest.raises(errors.StaleError):
        object_to_draft(dossier=dossier, text=WRONG, actor=filer, now=office.tick(), revision=1)
    assert office.again(dossier).stage == Stage.AWAITING_CITIZEN


def test_the_words_stay_out_of_the_trail(office: Office) -> None:
    filer = citizen()
    dossier, _row = asked(office, filer)
    object_to_draft(dossier=dossier, text=WRONG, actor=filer, now=office.tick())
    assert not [event for event in Event.objects.all() if "Nhuận" in str(event.facts)]
    with pytest.raises(errors.WrongStateError):
        object_to_draft(dossier=dossier, text=WRONG, actor=filer, now=office.tick())
