"""Certificates are registered by who may, used while they are good, and seen by their own unit only."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from asn1crypto import pem
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from documents.models import Certificate, SignatureRecord, TrustAnchor
from documents.operations.anchors import remove_anchor, trust_anchor
from documents.operations.certificates import (
    register_certificate,
    resume_certificate,
    revoke_certificate,
    suspend_certificate,
)
from documents.operations.signatures import record_signature
from documents.queries.certificates import credential_of, usable_certificate
from documents.signing import errors
from documents.signing.kinds import PERSON, SEAL, Credential, Expected, Holder
from documents.signing.recipe import fill, prepare, sign, sign_in_detail
from documents.signing.states import TRANSITIONS, CertificateState
from documents.signing.verify import judge
from documents.signing.wording import describe
from portal.events.actors import System
from portal.events.models import Event
from portal.isolation import Purpose, scope
from staff import demo
from tests import trust as trusted
from tests.cast import Cast, Member, cast
from tests.trust import HOST, Trust
from tests.units.land import load_land

CHANGES: dict[str, Any] = {
    "suspend": suspend_certificate,
    "resume": resume_certificate,
    "revoke": revoke_certificate,
}


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def everything(db: None) -> Iterator[None]:
    """The demo's purpose sees all; what a unit sees has its own test."""
    with transaction.atomic(), scope(purpose=Purpose.DEMO):
        yield


def text(der: bytes) -> str:
    return bytes(pem.armor("CERTIFICATE", der)).decode()


def anchored(trust: Trust) -> TrustAnchor:
    root = text(trust.anchor.certificate)
    return trust_anchor(pem=root, hosts=[HOST], is_trial=True, actor=System.DEMO, now=trusted.now())


def registered(credential: Credential, member: Member, actor: Any = System.DEMO) -> Certificate:
    return register_certificate(
        unit_id=member.unit_id,
        person_id=member.person.pk if credential.holder is Holder.PERSON else None,
        pem=text(credential.certificate),
        chain="".join(text(der) for der in credential.chain),
        backend="software",
        key=credential.key,
        picture=credential.picture,
        actor=actor,
        now=trusted.now(),
    )


def today() -> date:
    return timezone.localdate()  # of Vietnam, as everywhere in the portal


@pytest.mark.usefixtures("everything")
class TestOneUnit:
    def test_registers_and_finds_it(self, trust: Trust, people: Cast) -> None:
        anchored(trust)
        made = registered(trust.leader, people.leader)
        assert usable_certificate(person_id=people.leader.person.pk, on=today()) == made
        assert credential_of(made) == trust.leader
        event = Event.objects.get(name="documents.certificate.registered")
        assert (event.subject_id, event.after) == (str(made.pk), "registered")

    def test_organ_and_person_are_kept_apart(self, trust: Trust, people: Cast) -> None:
        anchored(trust)
        organ = registered(trust.organ, people.leader)
        assert usable_certificate(unit_id=people.home, on=today()) == organ
        with pytest.raises(errors.CertificateRefusedError):
            usable_certificate(person_id=people.leader.person.pk, on=today())
        with pytest.raises(errors.CertificateRefusedError):
            usable_certificate(unit_id=people.neighbour, on=today())

    def test_refuses_who_may_not(self, trust: Trust, people: Cast) -> None:
        anchored(trust)
        with pytest.raises(errors.NotAllowedError):
            registered(trust.leader, people.leader, people.clerk.user)
        assert registered(trust.leader, people.leader, people.administrator.user)

    def test_refuses_it_twice(self, trust: Trust, people: Cast) -> None:
        anchored(trust)
        registered(trust.leader, people.leader)
        with pytest.raises(errors.KnownCertificateError):
            registered(trust.leader, people.leader)

    def test_refuses_an_authority_that_is_not_trusted(self, trust: Trust, people: Cast) -> None:
        with pytest.raises(errors.UntrustedCertificateError):
            registered(trust.leader, people.leader)

    def test_refuses_an_expired_one(self, trust: Trust, people: Cast) -> None:
        anchored(trust)
        old = trust.credential("old", first=datetime(2024, 1, 1, tzinfo=UTC), last=datetime(2025, 1, 1, tzinfo=UTC))
        with pytest.raises(errors.UntrustedCertificateError):
            registered(old, people.leader)

    @pytest.mark.parametrize("junk", ["", "x", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
    def test_refuses_what_is_no_certificate(self, people: Cast, junk: str) -> None:
        with pytest.raises(errors.NoCertificateError):
            trust_anchor(pem=junk, hosts=[], is_trial=False, actor=System.DEMO, now=trusted.now())

    def test_is_not_found_after_its_last_day(self, trust: Trust, people: Cast) -> None:
        anchored(trust)
        made = registered(trust.leader, people.leader)
        with pytest.raises(errors.CertificateRefusedError):
            usable_certificate(person_id=people.leader.person.pk, on=made.valid_to.date() + timedelta(days=2))

    @pytest.mark.parametrize("action", sorted(CHANGES))
    @pytest.mark.parametrize("state", list(CertificateState))
    def test_every_state_and_deed(self, trust: Trust, people: Cast, state: CertificateState, action: str) -> None:
        anchored(trust)
        made = registered(trust.leader, people.leader)
        who: dict[str, Any] = {"actor": people.administrator.user, "now": trusted.now(), "reason": "mất thiết bị"}
        if state is not CertificateState.REGISTERED:
            CHANGES["suspend" if state is CertificateState.SUSPENDED else "revoke"](certificate=made, **who)
        sources, target, _capability, fact = next(row for name, row in TRANSITIONS.items() if name == action)
        if state in sources:
            assert CHANGES[action](certificate=made, **who).state == target
            assert Event.objects.filter(name=fact, before=state, after=target).count() == 1
        else:
            with pytest.raises(errors.WrongStateError):
                CHANGES[action](certificate=made, **who)

    def test_change_needs_a_reason_and_the_right(self, trust: Trust, people: Cast) -> None:
        anchored(trust)
        made = registered(trust.leader, people.leader)
        with pytest.raises(errors.NoReasonError):
            revoke_certificate(certificate=made, reason=" ", actor=System.DEMO, now=trusted.now())
        with pytest.raises(errors.NotAllowedError):
            revoke_certificate(certificate=made, reason="mất", actor=people.outsider.user, now=trusted.now())

    def test_removed_authority_takes_its_certificates_along(self, trust: Trust, people: Cast) -> None:
        anchor = anchored(trust)
        made = registered(trust.leader, people.leader)
        with pytest.raises(errors.NotAllowedError):
            remove_anchor(anchor=anchor, reason="lộ khóa", actor=people.leader.user, now=trusted.now())
        remove_anchor(anchor=anchor, reason="lộ khóa", actor=people.administrator.user, now=trusted.now())
        with pytest.raises(errors.CertificateRefusedError):
            credential_of(made)
        with pytest.raises(errors.CertificateRefusedError):
            usable_certificate(person_id=people.leader.person.pk, on=today())
        assert anchored(trust).state == "trusted"  # it comes back as the same row

    def test_trials_are_refused_where_they_are_not_allowed(self, trust: Trust, people: Cast, settings: Any) -> None:
        anchored(trust)
        made = registered(trust.leader, people.leader)
        settings.SIGNATURE_TRIAL_ALLOWED = False
        with pytest.raises(errors.CertificateRefusedError):
            credential_of(made)
        with pytest.raises(errors.CertificateRefusedError):
            usable_certificate(person_id=people.leader.person.pk, on=today())
        with pytest.raises(errors.TrialRefusedError):
            trust_anchor(pem="", hosts=[], is_trial=True, actor=System.DEMO, now=trusted.now())

    def test_suspended_in_the_middle_of_a_batch(self, trust: Trust, people: Cast, prepared: bytes) -> None:
        anchored(trust)
        made = registered(trust.leader, people.leader)
        assert sign(prepared, field=PERSON, certificate=made, long_term=False, at=trusted.now()).startswith(prepared)
        suspend_certificate(certificate=made, reason="mất thiết bị", actor=System.DEMO, now=trusted.now())
        with pytest.raises(errors.CertificateRefusedError):
            sign(prepared, field=PERSON, certificate=made, long_term=False, at=trusted.now())

    def test_person_cannot_seal(self, trust: Trust, people: Cast, signed: bytes) -> None:
        anchored(trust)
        made = registered(trust.leader, people.leader)
        with pytest.raises(errors.CertificateRefusedError):
            sign(fill(signed, trusted.VALUES), field=SEAL, certificate=made, long_term=True, at=trusted.now())

    def test_whole_story_ends_in_a_valid_document_and_its_records(self, trust: Trust, people: Cast) -> None:
        anchored(trust)
        leader, organ = registered(trust.leader, people.leader), registered(trust.organ, people.leader)
        ready = prepare(trusted.page(), trusted.boxes())
        first = sign_in_detail(ready, field=PERSON, certificate=leader, long_term=False, at=trusted.now())
        filled = fill(first.pdf, trusted.VALUES)
        last = sign_in_detail(filled, field=SEAL, certificate=organ, long_term=True, at=trusted.now())
        signers = {PERSON: leader.fingerprint, SEAL: organ.fingerprint}
        expected = Expected(last.digest_after, signers, trusted.VALUES)
        verdict = judge(last.pdf, expected=expected, now=trusted.now())
        assert verdict.valid, verdict.findings
        assert any("Nguyễn Văn Thành" in line for line in describe(verdict.signatures[0]))
        for certificate, made in ((leader, first), (organ, last)):
            record_signature(certificate=certificate, signed=made, report=verdict, actor=System.DEMO, now=trusted.now())
        assert [row.level for row in SignatureRecord.objects.order_by("id")] == ["B-LT", "B-LTA"]
        assert SignatureRecord.objects.get(field=SEAL).report["valid"] is True
        with pytest.raises(errors.CertificateRefusedError):
            record_signature(certificate=leader, signed=last, report=None, actor=System.DEMO, now=trusted.now())


def test_another_unit_sees_nothing_without_the_filter(trust: Trust, people: Cast, prepared: bytes) -> None:
    with transaction.atomic(), scope(purpose=Purpose.DEMO):
        anchored(trust)
        made = registered(trust.leader, people.leader)
        kept = sign_in_detail(prepared, field=PERSON, certificate=made, long_term=False, at=trusted.now())
        record_signature(certificate=made, signed=kept, report=None, actor=System.DEMO, now=trusted.now())
    for units, seen in (([people.home], 1), ([people.neighbour], 0), ([], 0)):
        with transaction.atomic(), scope(units=units):
            assert (Certificate.objects.count(), SignatureRecord.objects.count()) == (seen, seen)


@pytest.mark.usefixtures("everything")
def test_state_changes_with_an_event_only(trust: Trust, people: Cast) -> None:
    anchored(trust)
    registered(trust.leader, people.leader)
    with pytest.raises(IntegrityError):
        suspend_by_hand()


def suspend_by_hand() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        Certificate.objects.update(state=CertificateState.SUSPENDED)
        cursor.execute("set constraints all immediate")


def test_demo_officers_get_certificates_once(
    trust: Trust, settings: Any, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VNEID_CLIENT_ID, settings.VNEID_CLIENT_SECRET = trusted.CLIENT
    land = load_land()
    communes = {demo.HOME: "00001", demo.NEIGHBOUR: "00004", demo.SPLIT: "00005"}
    codes = {demo.PROVINCE: ("01", "province"), **{place: (code, "commune") for place, code in communes.items()}}
    monkeypatch.setattr(demo, "CODES", codes)
    demo.load(units={place: land.new(code).pk for place, (code, _level) in codes.items()}, now=trusted.now())
    for _ in range(2):
        call_command("demo_certificates", verbosity=0)
        with transaction.atomic(), scope(purpose=Purpose.DEMO):
            assert Certificate.objects.filter(holder=Holder.ORGAN).count() == 4
            assert Certificate.objects.filter(holder=Holder.PERSON).count() == 11  # one of the twelve has left
