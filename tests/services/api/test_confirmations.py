"""Drafts over REST: read, confirmed, objected to, by the same rules as on the page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.models import User
from services.api import confirmation_schemas as schemas
from services.models import ProcedureVersion
from services.states import Stage
from tests.cast import Cast
from tests.services.api.talking import Rest, facts, pointers
from tests.services.build import Office
from tests.services.confirming import asked
from tests.services.own import Home, citizen
from tests.services.working import real

WRONG = {"text": "Mẹ sinh năm 1998"}
NOUNS = {"draft-confirmations": None, "draft-objections": WRONG}


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("1.001193")


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(minutes=30))


@pytest.fixture
def filer(office: Office) -> User:
    return citizen()


def test_the_draft_is_read_with_what_may_be_done(office: Office, filer: User) -> None:
    dossier, row = asked(office, filer)
    rest = Rest(filer)
    [told] = rest.get(f"dossiers/{dossier.pk}/draft-confirmations")["items"]
    assert (told["state"], told["content"], told["objection"]) == ("open", row.content, None)
    assert set(told) == set(schemas.ConfirmationSerializer().fields)
    may = rest.get(f"dossiers/{dossier.pk}")["abilities"]
    assert (may["confirm"], may["object"]) == (True, True)


def test_confirmed_as_on_the_page(office: Office, filer: User) -> None:
    by_page, by_rest = asked(office, filer)[0], asked(office, filer)[0]
    assert Home(filer).send("own-confirmation", by_page.pk, revision=by_page.revision).status_code == 302
    body = Rest(filer).does(by_rest, "draft-confirmations")
    assert (body["stage"], body["abilities"]["confirm"]) == (None, False)
    assert facts(by_page) == facts(by_rest)


def test_objected_to(office: Office, filer: User) -> None:
    dossier, row = asked(office, filer)
    rest, path = Rest(filer), f"dossiers/{dossier.pk}"
    blank = rest.send(f"{path}/draft-objections", {"text": " "}, etag=rest.etag(path))
    assert pointers(blank) == {"/text": "too-short"}
    rest.does(dossier, "draft-objections", WRONG)
    row.refresh_from_db()
    assert (row.state, row.objection) == ("objected", WRONG["text"])


@pytest.mark.parametrize("noun", NOUNS)
def test_needs_the_version_that_was_read_and_counts_once(office: Office, filer: User, noun: str) -> None:
    dossier, _row = asked(office, filer)
    rest, path = Rest(filer), f"dossiers/{dossier.pk}"
    assert rest.send(f"{path}/{noun}", NOUNS[noun]).status_code == 428
    assert rest.send(f"{path}/{noun}", NOUNS[noun], etag='"0"').status_code == 412
    etag = rest.etag(path)
    first, second = (rest.send(f"{path}/{noun}", NOUNS[noun], etag=etag, key="one") for _ in range(2))
    assert (first.status_code, second.status_code, second.content) == (201, 201, first.content)
    again = rest.does(dossier, noun, NOUNS[noun], status=409)
    assert again["errors"][0]["code"] == "wrong-state"


@pytest.mark.parametrize("noun", NOUNS)
def test_is_nobody_elses(office: Office, filer: User, noun: str) -> None:
    dossier, _row = asked(office, filer)
    path = f"dossiers/{dossier.pk}"
    for user in (citizen("khac"), office.people.outsider.user, office.people.specialist.user):
        assert Rest(user).send(f"{path}/{noun}", NOUNS[noun], etag='"0"').status_code == 404
    Rest(citizen("la")).get(f"{path}/draft-confirmations", status=404)
    Rest(office.people.desk_officer.user).does(dossier, noun, NOUNS[noun], status=403)
    assert office.again(dossier).stage == Stage.AWAITING_CITIZEN


def test_the_officer_reads_the_answer(office: Office, filer: User) -> None:
    dossier, _row = asked(office, filer)
    Rest(filer).does(dossier, "draft-objections", WRONG)
    [told] = Rest(office.people.specialist.user).get(f"dossiers/{dossier.pk}/draft-confirmations")["items"]
    assert (told["state"], told["objection"]) == ("objected", WRONG["text"])


def test_a_list_of_drafts_is_paged(office: Office, filer: User) -> None:
    dossier, _row = asked(office, filer)
    assert Rest(filer).get(f"dossiers/{dossier.pk}/draft-confirmations", limit=1)["items"]
