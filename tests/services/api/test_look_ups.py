"""Whoever holds the receipt learns over REST where the dossier stands, and nothing about anybody."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from portal.events import Event
from services.api import dossier_schemas as schemas
from services.events import Fact
from tests.services.api.talking import pointers
from tests.services.build import NUMBER, Office
from tests.services.own import citizen, filed


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


def ask(code: str, pin: str) -> Any:
    body = json.dumps({"code": code, "pin": pin})
    return Client().post("/api/v1/dossier-look-ups", body, "application/json")


def test_code_and_pin_tell_where_it_stands_and_name_nobody(office: Office) -> None:
    dossier = filed(office, citizen())
    response = ask(dossier.reference.lower(), dossier.pin)
    assert response.status_code == 200, response.content
    told = response.json()
    assert set(told) == set(schemas.DossierStandingSerializer().fields)
    assert (told["state"], told["reference"]) == ("submitted", dossier.reference)
    assert response["Cache-Control"] == "private, no-store"
    for secret in (dossier.owner_name, dossier.filer_name, NUMBER, dossier.pin, str(dossier.pk)):
        assert secret not in response.content.decode()
    assert Event.objects.filter(name=Fact.LOOKED_UP, subject_id=str(dossier.pk)).count() == 1


def test_five_wrong_pins_lock_the_code(office: Office) -> None:
    dossier = filed(office, citizen())
    wrong = "000000" if dossier.pin != "000000" else "111111"
    answers = [ask(dossier.reference, wrong) for _attempt in range(5)]
    assert [one.status_code for one in answers] == [400] * 4 + [429]
    assert pointers(answers[0]) == {"/pin": "unknown_receipt"}
    locked = ask(dossier.reference, dossier.pin)
    assert locked.status_code == 429
    assert 0 < int(locked["Retry-After"]) <= 15 * 60


def test_a_pin_in_other_letters_is_wrong_and_no_fault_of_the_portal(office: Office) -> None:
    assert ask(filed(office, citizen()).reference, "đ²३").status_code == 400


@pytest.mark.django_db
def test_what_is_no_question_is_refused_at_its_place() -> None:
    assert pointers(ask("x" * 81, "1234567")) == {"/code": "too-long", "/pin": "too-long"}
    assert Client().get("/api/v1/dossier-look-ups").status_code == 405
