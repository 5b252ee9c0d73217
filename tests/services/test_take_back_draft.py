"""The officer takes a draft back that the citizen has not answered: to mend it, and ask again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.events import Event
from services import errors
from services.models import ProcedureVersion
from services.operations.confirming import confirm_draft, take_back_draft
from services.states import Stage
from tests.cast import Cast, sign_in
from tests.services.api.talking import Rest, read
from tests.services.build import Office
from tests.services.confirming import asked, propose
from tests.services.own import Home, citizen
from tests.services.working import real


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("1.001193")


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(minutes=30))


@pytest.fixture
def filer(office: Office) -> User:
    return citizen()


def test_the_step_is_open_again_and_the_mended_draft_is_asked_anew(office: Office, filer: User) -> None:
    dossier, row = asked(office, filer)
    pao = office.people.specialist.user
    take_back_draft(item=office.open_step(dossier), actor=pao, now=office.tick())
    row.refresh_from_db()
    assert (row.state, office.again(dossier).stage) == ("cancelled", Stage.NONE)
    assert "Chưa có dự thảo nào" in Home(filer).page("own-confirmation", dossier.pk, status=409)
    told = Event.objects.get(name="services.result.draft_taken_back")
    assert (told.actor, filer.pk in told.concerns) == (pao.event_actor, True)
    assert propose(office, dossier, "Đăng ký quá hạn").stage == Stage.AWAITING_CITIZEN


def test_only_whoever_holds_the_step_and_only_while_it_waits(office: Office, filer: User) -> None:
    dossier, _row = asked(office, filer)
    item = office.open_step(dossier)
    with pytest.raises(errors.HeldByOtherError):
        take_back_draft(item=item, actor=office.people.leader.user, now=office.tick())
    with pytest.raises(errors.NotAllowedError):
        take_back_draft(item=item, actor=office.people.outsider.user, now=office.tick())
    confirm_draft(dossier=dossier, actor=filer, now=office.tick())
    with pytest.raises(errors.WrongStateError):
        take_back_draft(item=item, actor=office.people.specialist.user, now=office.tick())
    assert not Event.objects.filter(name="services.result.draft_taken_back").exists()


def test_from_the_page_of_the_step(office: Office, filer: User) -> None:
    dossier, _row = asked(office, filer)
    client = sign_in(Client(), office.people.specialist.user)
    item = office.open_step(dossier)
    address = reverse("services:work-recall", args=[item.pk])
    assert address in client.get(reverse("services:work-item", args=[item.pk])).content.decode()
    answer = client.post(address, {"revision": str(office.again(dossier).revision)})
    assert answer.status_code == 302
    assert office.again(dossier).stage == Stage.NONE
    assert address not in client.get(reverse("services:work-item", args=[item.pk])).content.decode()


def test_over_rest(office: Office, filer: User) -> None:
    dossier, _row = asked(office, filer)
    rest, path = Rest(office.people.specialist.user), f"work-items/{office.open_step(dossier).pk}"
    assert rest.get(path)["abilities"]["recall"] is True
    body = read(rest.send(f"{path}/draft-recalls", etag=rest.etag(path)), 201)
    assert (body["abilities"]["recall"], body["abilities"]["propose"]) == (False, True)
    assert rest.send(f"{path}/draft-recalls", etag=rest.etag(path)).status_code == 409
