"""Seals are public, a person sees and proves their own trail, and only who may stands at the desk of dead letters."""

import json
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from portal.events import Event, System, record, sealing, verify_proof
from portal.events.models import Delivery
from portal.events.policies import Capability
from portal.isolation import Purpose, scope
from tests.events.handlers import count, make_effects, subscribed, written
from tests.events.tables import NOW


@pytest.fixture(autouse=True)
def database(real_db: str) -> None:
    make_effects()


@pytest.fixture
def lan() -> User:
    return User.objects.create(username="lan", kind="citizen", created_at=NOW)


def visit(user: User | None = None) -> Client:
    client = Client()
    if user:
        client.force_login(user, backend="portal.accounts.backends.CitizenBackend")
    return client


def tell(person: uuid.UUID, times: int = 1) -> list[Event]:
    with transaction.atomic(), scope(purpose=Purpose.DEMO):
        return [
            record("a.b.c", subject=("a.b", str(n)), actor=System.DEMO, unit=n % 3 + 1, at=NOW, concerns=[person])
            for n in range(times)
        ]


def test_anybody_reads_the_seals() -> None:
    tell(uuid.uuid4())
    new = sealing.seal(now=NOW)
    assert new is not None
    page = visit().get(reverse("events:seals"))
    assert page.status_code == 200
    assert bytes(new.root).hex() in page.content.decode()
    assert visit().get(reverse("events:seals-data")).json() == {"seals": [sealing.public_form(new)], "next": None}
    assert visit().get(reverse("events:seal-key", args=[new.key_id])).content.startswith(b"-----BEGIN PUBLIC KEY")
    assert visit().get(reverse("events:seal-key", args=["x"])).status_code == 404
    assert b"".join(visit().get(reverse("events:verify-proof"))) == Path(verify_proof.__file__).read_bytes()


@pytest.mark.parametrize("before", ["", "x", "-1", "9" * 30, "²", "1 or 1=1"])
def test_odd_pages_of_seals_are_pages(before: str) -> None:
    assert visit().get(reverse("events:seals"), {"truoc": before}).status_code == 200


def check_by_script(tmp_path: Path, proof: Any, key: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "proof.json").write_text(json.dumps(proof), encoding="utf-8")
    (tmp_path / "key.pem").write_text(key, encoding="utf-8")
    command = [sys.executable, "-I", verify_proof.__file__, "proof.json", "--key", "key.pem"]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)


def test_a_person_proves_their_own_entry_without_the_portal(lan: User, tmp_path: Path) -> None:
    first, *_ = tell(lan.pk, 5)
    tell(uuid.uuid4(), 20)
    new = sealing.seal(now=NOW)
    assert new is not None
    tell(uuid.uuid4(), 4)
    sealing.seal(now=NOW.replace(hour=10))
    proof = visit(lan).get(reverse("events:proof", args=[first.pk])).json()
    key = visit().get(reverse("events:seal-key", args=[new.key_id])).content.decode()
    result = check_by_script(tmp_path, proof, key)
    assert (result.returncode, result.stderr) == (0, "")
    assert "under seal 1 of" in result.stdout
    assert proof["consistency"]["seal"]["number"] == 2
    for spoil in (
        lambda p: p["fields"].__setitem__(4, ["actor", "user:other"]),
        lambda p: p["fields"].__setitem__(3, ["subject_id", "00"]),
        lambda p: p.update(salt="00" * 16),
        lambda p: p.update(seq=p["seq"] + 1),
        lambda p: p.update(unit=p["unit"] + 1),
        lambda p: p["inclusion"]["links"].append("00" * 32),
        lambda p: p["inclusion"]["path"].pop(),
        lambda p: p["inclusion"]["seal"].update(at="2020-01-01T00:00:00.000000Z"),
        lambda p: p["inclusion"]["seal"].update(signature="00" * 64),
        lambda p: p["consistency"]["links"].pop(),
        lambda p: p.pop("inclusion"),
    ):
        spoiled = json.loads(json.dumps(proof))
        spoil(spoiled)
        result = check_by_script(tmp_path, spoiled, key)
        assert result.returncode == 1
        assert "does NOT hold" in result.stderr


def test_an_entry_that_is_not_sealed_yet_says_when_to_ask_again(lan: User) -> None:
    (event,) = tell(lan.pk)
    response = visit(lan).get(reverse("events:proof", args=[event.pk]))
    assert (response.status_code, response["Retry-After"]) == (409, "60")


def test_nobody_gets_the_proof_or_the_trail_of_another(lan: User) -> None:
    (event,) = tell(uuid.uuid4())
    sealing.seal(now=NOW)
    for number in (event.pk, 10**12, 2**63):
        assert visit(lan).get(reverse("events:proof", args=[number])).status_code == 404
    assert f"/{event.pk}/" not in visit(lan).get(reverse("events:own-trail")).content.decode()
    assert visit().get(reverse("events:own-trail")).status_code == 302


def test_the_own_trail_comes_in_pages(lan: User) -> None:
    events = tell(lan.pk, 60)
    page = visit(lan).get(reverse("events:own-trail")).content.decode()
    assert reverse("events:proof", args=[events[-1].pk]) in page
    assert reverse("events:proof", args=[events[0].pk]) not in page
    page = visit(lan).get(reverse("events:own-trail"), {"truoc": events[10].pk}).content.decode()
    assert reverse("events:proof", args=[events[0].pk]) in page


@pytest.fixture
def operator(monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody whose post gives the capability; how posts do that is staff's part and tested there."""
    user = User.objects.create(username="truc", kind="citizen", created_at=NOW)
    monkeypatch.setattr(User, "has_perm", lambda self, perm, obj=None: self == user and perm == Capability.REPLAY)
    return user


def dead_letter(**payload: Any) -> Delivery:
    with subscribed(count):
        (one,) = written(**payload)
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        Delivery.objects.filter(pk=one.pk).update(dead_at=NOW, tries=24, last_error="TimeoutError: no answer")
    return one


def test_the_desk_shows_dead_letters_with_their_texts_hidden(operator: User) -> None:
    dead_letter(name="Nguyễn Thị Lan", deep=[{"note": "bí mật"}], days=3)
    page = visit(operator).get(reverse("events:dead-letters")).content.decode()
    assert "TimeoutError: no answer" in page
    assert "days" in page
    assert "Lan" not in page
    assert "bí mật" not in page


def test_a_dead_letter_is_sent_again_once_and_with_an_event(operator: User) -> None:
    one = dead_letter()
    address = reverse("events:replay", args=[one.pk])
    assert visit(operator).get(address).status_code == 200
    for _ in range(2):
        assert visit(operator).post(address).status_code == 302
    with transaction.atomic(), scope(purpose=Purpose.OPERATIONS):
        again = Delivery.objects.get(pk=one.pk)
        events = Event.objects.about("events.delivery", one.pk)
        assert [(event.name, event.actor) for event in events] == [("events.delivery.replayed", operator.event_actor)]
    assert (again.dead_at, again.tries, again.sent_at) == (None, 0, None)


def test_all_dead_letters_are_sent_again(operator: User) -> None:
    for _ in range(3):
        dead_letter()
    assert visit(operator).post(reverse("events:replay-all")).status_code == 302
    with transaction.atomic(), scope(purpose=Purpose.OPERATIONS):
        assert not Delivery.objects.dead().exists()


def test_the_desk_is_closed_to_others(lan: User, operator: User) -> None:
    one = dead_letter()
    for name, args in (("dead-letters", []), ("replay", [one.pk]), ("replay-all", [])):
        address = reverse(f"events:{name}", args=args)
        assert visit().get(address).status_code == 302
        assert visit(lan).get(address).status_code == 403
        assert visit(lan).post(address).status_code in {403, 405}
    with transaction.atomic(), scope(purpose=Purpose.OPERATIONS):
        assert Delivery.objects.dead().count() == 1
