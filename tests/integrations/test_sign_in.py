"""Citizens sign in at the sandbox over real HTTP; every forged, late or incomplete answer is refused."""

import dataclasses
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integrations.vneid.faults import Fault
from integrations.vneid.provider import VNeID
from portal.accounts.identity import Claims, RefusedError
from portal.accounts.models import Citizen, ProviderIdentity, Session, User
from portal.accounts.operations import recognise_citizen
from portal.accounts.sessions import digest
from portal.events import Event
from portal.isolation import Purpose, scope
from tests.integrations.sandboxed import Sandbox, back, start

pytestmark = pytest.mark.django_db
WRONG = {
    Fault.DENIED: ("denied", 403),
    Fault.EXPIRED_CODE: ("code", 400),
    Fault.WRONG_STATE: ("state", 400),
    Fault.OTHER_ISSUER: ("mix_up", 400),
    Fault.PROVIDER_DOWN: ("provider", 502),
    Fault.WRONG_NONCE: ("nonce", 400),
    Fault.NO_NONCE: ("nonce", 400),
    Fault.WRONG_AUDIENCE: ("audience", 400),
    Fault.TWO_AUDIENCES: ("audience", 400),
    Fault.WRONG_ISSUER: ("issuer", 400),
    Fault.EXPIRED: ("expired", 400),
    Fault.NOT_YET_VALID: ("not_yet_valid", 400),
    Fault.ALG_NONE: ("algorithm", 400),
    Fault.HS256: ("algorithm", 400),
    Fault.UNKNOWN_KEY: ("key", 400),
    Fault.OWN_KEY: ("signature", 400),
    Fault.BAD_SIGNATURE: ("signature", 400),
    Fault.LOGOUT_TOKEN: ("algorithm", 400),
    Fault.OTHER_SUBJECT: ("subject", 400),
    Fault.NO_NUMBER: ("missing_claim", 400),
    Fault.NO_LEVEL: ("missing_claim", 400),
}


def sign_in(client: Client, sandbox: Sandbox, person: str = "ban", next_path: str = "") -> str:
    answer = client.get(back(sandbox.choose(start(client, next_path), person)))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def refusals() -> list[str]:
    return list(Event.objects.filter(name="accounts.sign_in.refused").values_list("facts__reason", flat=True))


def test_every_fault_is_tried() -> None:
    assert set(WRONG) == set(Fault) - {Fault.NONE}


def test_citizen_signs_in_and_comes_back_to_the_page_they_left(sandbox: Sandbox, client: Client) -> None:
    assert sign_in(client, sandbox, next_path="/tai-khoan/phien/?x=1") == "/tai-khoan/phien/?x=1"
    page = client.get(reverse("accounts:sessions"))
    assert page.status_code == 200
    event = Event.objects.get(name="accounts.user.signed_in")
    assert event.facts == {"method": "vneid", "level": 2}


def test_account_carries_no_personal_data_and_profile_is_sealed(sandbox: Sandbox, client: Client) -> None:
    sign_in(client, sandbox)
    assert Citizen.objects.count() == 0, "outside of a scope nobody is seen"
    with scope(purpose=Purpose.SIGN_IN):
        citizen = Citizen.objects.select_related("user").get()
        assert (citizen.name, citizen.number, citizen.birth_on) == ("Vàng Thị Ban", "000185000001", date(1985, 3, 8))
        assert b"000185000001" not in bytes(citizen.number_sealed)
    assert citizen.user.username.startswith("c-")
    assert not citizen.user.has_usable_password()
    told = str(list(Event.objects.values()))
    assert "000185000001" not in told
    assert "Ban" not in told


def test_tokens_are_kept_nowhere(sandbox: Sandbox, client: Client) -> None:
    sign_in(client, sandbox)
    kept = dict(client.session.items())
    assert "eyJ" not in str(kept)
    assert "vneid_attempts" not in kept


def test_new_session_id_at_sign_in(sandbox: Sandbox, client: Client) -> None:
    address = sandbox.choose(start(client), "ban")
    before = client.session.session_key
    client.get(back(address))
    assert client.session.session_key != before
    assert not Session.objects.filter(key_digest=digest(before)).exists()


def test_second_sign_in_finds_the_same_citizen(sandbox: Sandbox) -> None:
    sign_in(Client(), sandbox)
    sign_in(Client(), sandbox)
    assert User.objects.filter(kind="citizen").count() == 1


@pytest.mark.parametrize(
    ("person", "party", "level"), [("sinh", "person", 1), ("khang", "person", 1), ("sato", "person", 2),
                                   ("hoptacxa", "organisation", 2)]
)  # fmt: skip
def test_each_kind_of_account_signs_in(sandbox: Sandbox, client: Client, person: str, party: str, level: int) -> None:
    sign_in(client, sandbox, person)
    with scope(purpose=Purpose.SIGN_IN):
        citizen = Citizen.objects.get()
    assert (citizen.party, citizen.level, client.session["identity"]["level"]) == (party, level, level)


def test_suspended_account_is_refused(sandbox: Sandbox, client: Client) -> None:
    answer = client.get(back(sandbox.choose(start(client), "thang")))
    assert answer.status_code == 403
    assert refusals() == ["suspended"]
    assert not User.objects.exists()


@pytest.mark.parametrize("fault", WRONG)
def test_wrong_answer_is_refused(sandbox: Sandbox, client: Client, fault: Fault) -> None:
    reason, status = WRONG[fault]
    answer = client.get(back(sandbox.choose(start(client), "ban", fault)))
    assert (answer.status_code, refusals()) == (status, [reason])
    assert reverse("accounts:sign-in") in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert not User.objects.exists()


def test_replayed_answer_is_refused(sandbox: Sandbox, client: Client) -> None:
    address = back(sandbox.choose(start(client), "ban"))
    assert client.get(address).status_code == 302
    client.post(reverse("account_logout"))
    assert client.get(address).status_code == 400
    assert refusals() == ["state"]


def test_answer_of_another_browser_is_refused(sandbox: Sandbox, client: Client) -> None:
    address = back(sandbox.choose(start(client), "ban"))
    assert Client().get(address).status_code == 400
    assert refusals() == ["state"]


def test_code_of_another_request_is_refused(sandbox: Sandbox, client: Client) -> None:
    """A stolen code, pasted into a sign-in that the thief started: PKCE does not fit."""
    victim = sandbox.choose(start(Client()), "ban")
    own = sandbox.choose(start(client), "sinh")
    code = victim.split("code=")[1].split("&")[0]
    mixed = own.replace(own.split("code=")[1].split("&")[0], code)
    assert client.get(back(mixed)).status_code == 400
    assert refusals() == ["code"]


def test_late_answer_is_refused(sandbox: Sandbox, client: Client) -> None:
    address = back(sandbox.choose(start(client), "ban"))
    session = client.session
    for entry in session["vneid_attempts"].values():
        entry["at"] -= 601
    session.save()
    assert client.get(address).status_code == 400
    assert refusals() == ["state"]


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "evil", "///evil.example",
     "/\t/evil.example", "http:///evil.example", "\\\\evil.example", "/%0d%0aLocation:x\r\nX: y"],
)  # fmt: skip
def test_next_never_leads_away(sandbox: Sandbox, client: Client, target: str) -> None:
    location = sign_in(client, sandbox, next_path=target)
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\", "/\t"))
    assert "\n" not in location


def test_several_tabs_at_once(sandbox: Sandbox, client: Client) -> None:
    first, second = start(client, "/tai-khoan/phien/"), start(client, "/")
    assert client.get(back(sandbox.choose(first, "ban")))["Location"] == "/tai-khoan/phien/"
    assert second != first


def test_provider_that_does_not_answer_is_said_and_recorded(
    client: Client, db: None, settings: Any, sandbox: Sandbox
) -> None:
    settings.VNEID_ISSUER = "http://127.0.0.1:9/vneid"
    assert client.post(reverse("accounts:vneid-start")).status_code == 502
    assert refusals() == ["provider"]


def test_issuer_without_encryption_is_no_provider(settings: Any) -> None:
    settings.VNEID_ISSUER = "http://vneid.example/vneid"
    with pytest.raises(ImproperlyConfigured):
        VNeID()


CLAIMS = Claims("https://a.example", "s-1", "person", "000185000001", "Vàng Thị Ban", None, "T", 2)


def test_two_providers_with_one_number_lead_to_one_citizen() -> None:
    one = recognise_citizen(claims=CLAIMS, now=timezone.now())
    other = dataclasses.replace(CLAIMS, issuer="https://b.example", subject="s-2")
    assert recognise_citizen(claims=other, now=timezone.now()) == one
    with scope(purpose=Purpose.SIGN_IN):
        assert ProviderIdentity.objects.count() == 2


def test_account_that_changes_its_number_is_refused() -> None:
    recognise_citizen(claims=CLAIMS, now=timezone.now())
    with pytest.raises(RefusedError, match="number_changed"):
        recognise_citizen(claims=dataclasses.replace(CLAIMS, number="000185000002"), now=timezone.now())


def test_news_of_the_provider_are_taken_over_and_told() -> None:
    user = recognise_citizen(claims=CLAIMS, now=timezone.now())
    recognise_citizen(claims=dataclasses.replace(CLAIMS, level=1), now=timezone.now())
    assert Event.objects.about("accounts.user", user.pk).get(name="accounts.citizen.updated").facts == {
        "fields": ["level"]
    }


def test_citizen_sees_the_own_row_only() -> None:
    one = recognise_citizen(claims=CLAIMS, now=timezone.now())
    other = dataclasses.replace(CLAIMS, subject="s-9", number="000185000009")
    recognise_citizen(claims=other, now=timezone.now())
    with scope(citizen=one.pk):
        assert [citizen.pk for citizen in Citizen.objects.all()] == [one.pk]
        assert ProviderIdentity.objects.count() == 1
