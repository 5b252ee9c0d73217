"""Mistakes in results on the pages and over REST: whoever may report, decide and read."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.events import Event, delivering
from services.api import lateness_schemas as schemas
from services.models import Correction, Dossier, ProcedureVersion
from services.states import Stage
from services.work_lateness import contribution
from tests.cast import Cast, sign_in
from tests.documents.route import marks
from tests.documents.route.build import make_certificates
from tests.services.api.talking import Rest, pointers, read
from tests.services.build import Office
from tests.services.correcting import returned
from tests.services.desk import TOKEN, Desk
from tests.services.own import Home, citizen
from tests.services.test_correct_result import WRONG
from tests.services.working import real


@pytest.fixture
def version(people: Cast, monkeypatch: pytest.MonkeyPatch) -> ProcedureVersion:
    marks.sign_with_marks(monkeypatch)
    monkeypatch.setattr(delivering, "breaker", delivering.Breaker())
    make_certificates(people)
    return real("1.001193")


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(minutes=30))


@pytest.fixture
def filer(people: Cast) -> User:
    return citizen()


@pytest.fixture
def dossier(office: Office, filer: User) -> Dossier:
    return returned(office, filer=filer)


def decide(user: User, row: Correction, name: str, **data: Any) -> Any:
    client = sign_in(Client(), user)
    html = client.get(reverse("services:correction", args=[row.pk])).content.decode()
    tokens, revision = TOKEN.findall(html), Dossier.objects.get(pk=row.dossier_id).revision
    sent = {"form_token": tokens[0 if name == "correction" else -1] if tokens else ""}
    sent |= {"revision": str(revision), "khong-revision": str(revision)}
    return client.post(reverse(f"services:{name}", args=[row.pk]), {**sent, **data})


def test_the_citizen_reports_it_and_reads_what_becomes_of_it(office: Office, filer: User, dossier: Dossier) -> None:
    home = Home(filer)
    assert "Báo sai sót" in home.page("own-dossier", dossier.pk)
    assert home.send("own-correction", dossier.pk, wrong=" ", revision=dossier.revision).status_code == 400
    assert home.send("own-correction", dossier.pk, wrong=WRONG, revision=dossier.revision).status_code == 302
    row = Correction.objects.get()
    page = home.page("own-dossier", dossier.pk)
    assert WRONG in page
    home.page("own-correction", dossier.pk, status=409)
    head = office.people.leader.user
    request = HttpRequest()
    request.user = head
    assert [item.url for item in contribution(request).items] == [reverse("services:correction", args=[row.pk])]
    assert dossier.code in sign_in(Client(), head).get(reverse("services:late")).content.decode()
    assert decide(head, row, "correction").status_code == 302
    assert "thu hồi" in home.page("own-dossier", dossier.pk)
    assert office.again(dossier).stage == Stage.CORRECTING


def test_an_older_page_keeps_what_was_typed(filer: User, dossier: Dossier) -> None:
    answer = Home(filer).send("own-correction", dossier.pk, wrong=WRONG, revision=dossier.revision - 1)
    assert answer.status_code == 409
    assert WRONG in answer.content.decode()


def test_the_desk_reports_it(office: Office, dossier: Dossier) -> None:
    desk = Desk(office.people.desk_officer)
    assert "Báo sai sót" in desk.page("desk-dossier", dossier)
    assert desk.send("desk-correction", dossier, wrong=WRONG).status_code == 302
    assert Correction.objects.get().found_by == "office"
    desk.page("desk-correction", dossier, status=409)


def test_the_head_lets_it_stand(office: Office, filer: User, dossier: Dossier) -> None:
    Home(filer).send("own-correction", dossier.pk, wrong=WRONG, revision=dossier.revision)
    row, head = Correction.objects.get(), office.people.leader.user
    assert decide(head, row, "correction-decline").status_code == 400
    assert decide(head, row, "correction-decline", **{"khong-reason": "Đúng giấy chứng sinh"}).status_code == 302
    assert "Đúng giấy chứng sinh" in Home(filer).page("own-dossier", dossier.pk)


def test_who_does_not(office: Office, filer: User, dossier: Dossier) -> None:
    Home(filer).send("own-correction", dossier.pk, wrong=WRONG, revision=dossier.revision)
    row, people = Correction.objects.get(), office.people
    for user, status in ((people.specialist.user, 200), (people.outsider.user, 404), (filer, 404)):
        answer = sign_in(Client(), user).get(reverse("services:correction", args=[row.pk]))
        assert answer.status_code == status
        assert (WRONG in answer.content.decode()) is (status == 200)
        assert decide(user, row, "correction").status_code in {400, 403, 404}
    assert Correction.objects.get().state == "asked"
    for user in (citizen("khac"), people.outsider.user):
        answer = sign_in(Client(), user).get(reverse("services:own-correction", args=[dossier.pk]))
        assert answer.status_code == 404


def test_over_rest_as_on_the_page(office: Office, filer: User, dossier: Dossier) -> None:
    rest, path = Rest(filer), f"dossiers/{dossier.pk}"
    blank = rest.send(f"{path}/corrections", {"wrong": " "}, etag=rest.etag(path))
    assert pointers(blank) == {"/wrong": "too-short"}
    told = rest.does(dossier, "corrections", {"wrong": WRONG})
    assert set(told) == set(schemas.CorrectionSerializer().fields)
    assert (told["state"], told["foundBy"], told["abilities"]["begin"]) == ("asked", "citizen", False)
    assert rest.does(dossier, "corrections", {"wrong": WRONG}, status=409)["errors"][0]["code"]
    Rest(office.people.specialist.user).does(dossier, "correction-starts", status=403)
    Rest(citizen("la")).get(f"{path}/corrections", status=404)
    head = Rest(office.people.leader.user)
    [shown] = head.get(f"{path}/corrections")["items"]
    assert shown["abilities"] == {"begin": True, "decline": True}
    etag = head.etag(path)
    first, second = (head.send(f"{path}/correction-starts", None, etag=etag, key="one") for _ in range(2))
    assert (first.status_code, second.content) == (201, first.content)
    assert read(first, 201)["state"] == "begun"
    assert Event.objects.filter(name="services.dossier.correction_begun").count() == 1
    head.does(dossier, "correction-refusals", {"reason": "x"}, status=409)
