"""The whole way with the real layouts, the real recipe and trust services that answer over HTTP."""

from collections.abc import Iterator
from typing import Any

import pytest
from asn1crypto import pem

from documents.models import Document, DocumentVersion, SignatureRecord, SigningItem
from documents.operations.anchors import trust_anchor
from documents.operations.batches import complete, sign
from documents.operations.certificates import register_certificate
from documents.queries.files import read
from documents.signing.kinds import DATE, NUMBER, PERSON, SEAL, Credential, Expected
from documents.signing.verify import judge
from documents.states import DocumentState, ItemState
from portal.events import delivering
from portal.events.actors import System
from portal.isolation import Purpose, scope
from tests import trust as trusted
from tests.cast import Cast, cast
from tests.documents.route.build import NOW, brought_to, order, work_off
from tests.integrations.sandboxed import running
from tests.trust import HOST, Trust


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trust]:
    with running() as sandbox:
        yield Trust(sandbox, tmp_path_factory.mktemp("keys"))


@pytest.fixture
def trust(authority: Trust, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trust]:
    trusted.told(settings, authority)
    monkeypatch.setattr(delivering, "breaker", delivering.Breaker())
    authority.faults()
    yield authority
    authority.faults()


@pytest.fixture
def people(db: None, trust: Trust) -> Iterator[Cast]:
    """The cast with certificates of the sandbox's authority for the leader and the organ."""
    made = cast()
    with scope(purpose=Purpose.DEMO, units=[made.home]):
        root = _armoured(trust.anchor.certificate)
        trust_anchor(pem=root, hosts=[HOST], is_trial=True, actor=System.DEMO, now=trusted.now())
        for credential, person in ((trust.leader, made.leader.person.pk), (trust.organ, None)):
            _register(made.home, credential, person)
    with scope(units=[made.home, made.neighbour, made.province]):
        yield made


def _armoured(der: bytes) -> str:
    return bytes(pem.armor("CERTIFICATE", der)).decode()


def _register(unit_id: int, credential: Credential, person_id: Any) -> None:
    register_certificate(
        unit_id=unit_id,
        person_id=person_id,
        pem=_armoured(credential.certificate),
        chain="".join(map(_armoured, credential.chain)),
        backend=credential.backend,
        key=credential.key,
        picture=credential.picture,
        actor=System.DEMO,
        now=trusted.now(),
    )


def newest(document: Document) -> DocumentVersion:
    return DocumentVersion.objects.filter(document=document).select_related("file").order_by("-seq")[0]


def test_what_is_issued_is_judged_valid_with_the_number_of_the_register(people: Cast) -> None:
    document = brought_to(people, DocumentState.ISSUED)
    version = newest(document)
    pdf = read(version.file)
    with scope(purpose=Purpose.DEMO):
        verdict = judge(pdf, expected=Expected(sha256=version.sha256), now=trusted.now())
    assert verdict.valid, verdict.sentences()
    assert {one.field for one in verdict.signatures} == {PERSON, SEAL}
    assert (version.kind, version.is_valid) == ("sealed", True)
    assert SignatureRecord.objects.filter(unit_id=people.home).count() == 2
    other = Expected(values={NUMBER: "02/QĐ-UBND", DATE: ""})
    assert not judge(pdf, expected=other, now=trusted.now()).valid


def test_with_the_time_stamp_away_nothing_is_half_signed_and_the_work_is_resumed(people: Cast, trust: Trust) -> None:
    document = brought_to(people, DocumentState.APPROVED)
    item = order(sign, document, people.leader)
    trust.faults(tsa="down")
    work_off()
    item.refresh_from_db()
    document.refresh_from_db()
    assert (item.state, document.state) == (ItemState.WAITING, DocumentState.APPROVED)
    assert item.note
    trust.faults()
    work_off(NOW + delivering.LONGEST_PAUSE * 3)
    document.refresh_from_db()
    assert document.state == DocumentState.SIGNED


def test_with_the_time_stamp_away_before_the_seal_the_number_waits_for_it(people: Cast, trust: Trust) -> None:
    document = brought_to(people, DocumentState.SIGNED)
    order(complete, document, people.clerk)
    trust.faults(tsa="down")
    work_off()
    document.refresh_from_db()
    assert (document.state, document.issued_at) == (DocumentState.NUMBERED, None)
    assert newest(document).kind == "signed"
    trust.faults()
    work_off(NOW + delivering.LONGEST_PAUSE * 3)
    document.refresh_from_db()
    assert (document.state, document.number) == (DocumentState.ISSUED, "01/QĐ-UBND")
    assert SigningItem.objects.filter(state=ItemState.WAITING).count() == 0
