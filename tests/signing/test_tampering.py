"""A signed and sealed file is valid as it was issued, and in no other shape."""

import asyncio
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers

from documents.signing.engine import differences
from documents.signing.engine.differences import Differences
from documents.signing.engine.drawing import stamp
from documents.signing.engine.filling import fill
from documents.signing.engine.judging import examine
from documents.signing.engine.preparing import prepare
from documents.signing.engine.reading import certificate, fingerprint
from documents.signing.engine.signing import BackendSigner, sign
from documents.signing.engine.status import Stamper
from documents.signing.kinds import NUMBER, PERSON, SEAL, Credential, Expected, Verdict
from documents.signing.verify import judged
from tests import trust as trusted
from tests.trust import VALUES, Trust

OTHER = VALUES | {NUMBER: "16/QĐ-UBND"}


def verdict(pdf: bytes, trust: Trust, expected: Expected | None = None, now: datetime | None = None) -> Verdict:
    return judged(pdf, anchors=[trust.anchor], expected=expected, now=now or trusted.now())


def expectation(pdf: bytes, trust: Trust, values: dict[str, str] | None = None) -> Expected:
    made = {PERSON: fingerprint(trust.leader.certificate), SEAL: fingerprint(trust.organ.certificate)}
    return Expected(sha256(pdf).hexdigest(), made, values or VALUES)


def update(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    change(writer := IncrementalPdfFileWriter(io.BytesIO(pdf)))
    writer.write(out := io.BytesIO())
    return out.getvalue()


def carelessly(pdf: bytes, field: str, credential: Credential, trust: Trust, *, new: bool = False) -> bytes:
    """A signature without any of our checks, as a forger makes it."""
    metadata = signers.PdfSignatureMetadata(field, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES)
    signer = signers.PdfSigner(
        metadata,
        BackendSigner(credential, ""),
        timestamper=Stamper(trusted.now()),
        stamp_style=None if new else stamp(credential.picture),
        new_field_spec=fields.SigFieldSpec(field) if new else None,
    )
    out = asyncio.run(signer.async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf))))
    return bytes(out.getvalue())


def seal(pdf: bytes, trust: Trust) -> bytes:
    made = sign(pdf, field=SEAL, credential=trust.organ, anchors=[trust.anchor], long_term=True, at=trusted.now())
    return made.pdf


def test_untouched_file_is_valid(trust: Trust, sealed: bytes) -> None:
    found = verdict(sealed, trust, expectation(sealed, trust))
    assert found.valid, found.findings
    assert {report.field: report.level for report in found.signatures} == {PERSON: "B-LTA", SEAL: "B-LTA"}
    assert all(report.valid and report.is_trial and report.time_stamped for report in found.signatures)
    assert found.codes() == {"valid", "trial"}


def test_untouched_file_stays_valid_when_its_certificates_have_expired(trust: Trust, sealed: bytes) -> None:
    later = datetime(2045, 6, 1, tzinfo=UTC)
    assert certificate(trust.leader.certificate).not_valid_after < later
    trust.faults(clock=later)
    assert verdict(sealed, trust, expectation(sealed, trust), later).valid


def test_untouched_file_stays_valid_when_its_signer_is_revoked_later(trust: Trust, prepared: bytes) -> None:
    leaver = trust.credential("leaver", name="Giàng Thị Dợ")
    at = trusted.now()
    signed = sign(prepared, field=PERSON, credential=leaver, anchors=[trust.anchor], long_term=False, at=at).pdf
    made = seal(fill(signed, VALUES), trust)
    later = trusted.now() + timedelta(days=30)
    trust.revoke(leaver, later - timedelta(days=1))
    trust.faults(clock=later)
    assert verdict(made, trust, now=later).valid


def flipped(sealed: bytes, signed: bytes, trust: Trust) -> bytes:
    return sealed.replace(b"/MediaBox [", b"/MediaBox[ ", 1)


def renumbered(sealed: bytes, signed: bytes, trust: Trust) -> bytes:
    return fill(sealed, OTHER)


def drawn_over(sealed: bytes, signed: bytes, trust: Trust) -> bytes:
    box = generic.StreamObject(stream_data=b"1 g 80 640 200 60 re f")
    return update(sealed, lambda writer: writer.add_stream_to_page(0, writer.add_object(box)))


def page_swapped(sealed: bytes, signed: bytes, trust: Trust) -> bytes:
    def swap(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        pages["/Kids"] = generic.ArrayObject(reversed(pages["/Kids"]))
        writer.update_container(pages)

    return update(sealed, swap)


def language_changed(sealed: bytes, signed: bytes, trust: Trust) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/Lang"] = generic.pdf_string("en")
        writer.update_root()

    return update(sealed, change)


def title_changed(sealed: bytes, signed: bytes, trust: Trust) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        made = writer.add_object(generic.DictionaryObject({pdf_name("/Title"): generic.pdf_string("Khác")}))
        writer.set_info(made)

    return update(sealed, change)


def to_be_redrawn(sealed: bytes, signed: bytes, trust: Trust) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        form[pdf_name("/NeedAppearances")] = generic.BooleanObject(value=True)
        writer.update_container(form)
        writer.update_root()

    return update(sealed, change)


def stripped(sealed: bytes, signed: bytes, trust: Trust) -> bytes:
    """The organ's signature taken out of its field."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = next(f.get_object() for f in writer.root["/AcroForm"]["/Fields"] if f.get_object()["/T"] == SEAL)
        del field["/V"]
        writer.update_container(field)

    return update(sealed, change)


def cut_back(sealed: bytes, signed: bytes, trust: Trust) -> bytes:
    return fill(signed, VALUES)


def signed_once_more(sealed: bytes, signed: bytes, trust: Trust) -> bytes:
    return carelessly(sealed, "Them", trust.leader, trust, new=True)


def sealed_by_the_leader(sealed: bytes, signed: bytes, trust: Trust) -> bytes:
    return carelessly(fill(signed, VALUES), SEAL, trust.leader, trust)


def sealed_before_the_number(sealed: bytes, signed: bytes, trust: Trust) -> bytes:
    return fill(carelessly(signed, SEAL, trust.organ, trust), VALUES)


def padded(sealed: bytes, signed: bytes, trust: Trust) -> bytes:
    """One digit of the zeros behind the last time-stamp: no signature covers it."""
    end = sealed.rindex(b"00000>")
    return sealed[:end] + b"1" + sealed[end + 1 :]


def shortened(sealed: bytes, signed: bytes, trust: Trust) -> bytes:
    return sealed[:-200]


TAMPERINGS = [
    flipped, renumbered, drawn_over, page_swapped, language_changed, title_changed, to_be_redrawn, stripped, cut_back,
    signed_once_more, sealed_by_the_leader, sealed_before_the_number, padded, shortened,
]  # fmt: skip  # a list of what may be done to a file


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_tampered_file_is_not_valid(
    trust: Trust, sealed: bytes, signed: bytes, tamper: Callable[[bytes, bytes, Trust], bytes]
) -> None:
    changed = tamper(sealed, signed, trust)
    assert changed != sealed
    assert not verdict(changed, trust, expectation(sealed, trust)).valid


@pytest.mark.parametrize("tamper", [t for t in TAMPERINGS if t is not padded], ids=lambda tamper: tamper.__name__)
def test_signatures_alone_tell_a_tampered_file(
    trust: Trust, sealed: bytes, signed: bytes, tamper: Callable[[bytes, bytes, Trust], bytes]
) -> None:
    """Without knowing what was issued, as for a file of another organ."""
    assert not verdict(tamper(sealed, signed, trust), trust).valid


def test_forged_number_is_told_by_the_register(trust: Trust, signed: bytes) -> None:
    """The forger holds the organ's key and seals another number: only the register knows."""
    forged = seal(fill(signed, OTHER), trust)
    assert verdict(forged, trust).valid
    found = verdict(forged, trust, Expected(values=VALUES))
    assert (found.valid, found.codes()) == (False, {"other-value", "trial"})


def test_another_certificate_of_the_same_name_is_told(trust: Trust, prepared: bytes, sealed: bytes) -> None:
    twin = trust.credential("twin")
    at = trusted.now()
    signed = sign(prepared, field=PERSON, credential=twin, anchors=[trust.anchor], long_term=False, at=at).pdf
    found = verdict(
        seal(fill(signed, VALUES), trust), trust, Expected(fingerprints=expectation(b"", trust).fingerprints)
    )
    assert (found.valid, found.codes()) == (False, {"other-signer", "trial"})


def test_what_the_register_knows_of_the_bytes_holds_for_these_bytes_only(
    trust: Trust, sealed: bytes, signed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparing is spared for the very file that was sealed; trust is asked for as ever."""
    whole = verdict(sealed, trust)
    changes = {report.field: report.changes for report in whole.signatures}
    known = replace(expectation(sealed, trust), changes=changes)
    assert changes == {PERSON: "filled", SEAL: "long-term"}
    for tamper in TAMPERINGS:
        assert not verdict(tamper(sealed, signed, trust), trust, known).valid
    compared: list[int] = []
    monkeypatch.setattr(Differences, "_compare", lambda *_args: compared.append(1))
    differences.MEMORY.forget()
    assert verdict(sealed, trust, known).signatures == whole.signatures
    assert not compared
    assert not judged(sealed, anchors=[], expected=known, now=trusted.now()).valid


def test_another_root_is_not_trusted(trust: Trust, sealed: bytes) -> None:
    found = judged(sealed, anchors=[], expected=None, now=trusted.now())
    assert not found.valid
    assert found.codes() == {"untrusted"}


def test_forged_with_an_expired_certificate(trust: Trust, prepared: bytes) -> None:
    old = trust.credential("expired", first=datetime(2024, 1, 1, tzinfo=UTC), last=datetime(2025, 1, 1, tzinfo=UTC))
    found = verdict(seal_forged(prepared, old, trust), trust)
    assert not found.valid
    assert "expired" in found.codes()


def test_forged_with_a_revoked_certificate(trust: Trust, prepared: bytes) -> None:
    revoked = trust.credential("revoked")
    trust.revoke(revoked, trusted.now() - timedelta(days=1))
    found = verdict(seal_forged(prepared, revoked, trust), trust)
    assert not found.valid
    assert "revoked" in found.codes()


def seal_forged(prepared: bytes, credential: Credential, trust: Trust) -> bytes:
    return carelessly(fill(carelessly(prepared, PERSON, credential, trust), VALUES), SEAL, trust.organ, trust)


def test_unknown_status_is_never_valid(trust: Trust, sealed: bytes, signed: bytes) -> None:
    trust.faults(ocsp="down", crl="down")
    assert not verdict(sealed, trust).valid
    found = examine(signed, anchors=[trust.anchor], now=trusted.now(), closed=False)
    assert [finding.code for finding in found.findings] == ["status-away"]


def test_plain_file_has_no_signature(trust: Trust) -> None:
    found = verdict(trusted.page(), trust)
    assert not found.valid
    assert "no-signature" in found.codes()


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7\n", b"PK\x03\x04 not a pdf", b"\x00" * 5000, b"%PDF-1.4\n" * 3000])
def test_what_is_no_pdf_is_refused_in_words(trust: Trust, junk: bytes) -> None:
    found = verdict(junk, trust)
    assert (found.valid, found.codes()) == (False, {"unreadable"})
    assert "PDF" in found.sentences()[0]


def test_encrypted_file_is_refused(trust: Trust) -> None:
    from pyhanko.pdf_utils.writer import copy_into_new_writer  # only here

    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(trusted.page())))
    writer.encrypt("owner", "user")
    writer.write(out := io.BytesIO())
    assert verdict(out.getvalue(), trust).codes() == {"unreadable"}


def test_huge_file_is_refused_without_reading(trust: Trust) -> None:
    assert verdict(b"%PDF-1.7" + bytes(26 * 1024 * 1024), trust).codes() == {"unreadable"}


def test_file_with_a_person_only_is_valid_while_the_certificate_is(trust: Trust) -> None:
    """A file of another organ, without an organ's signature."""
    alone = prepare(trusted.page(), {PERSON: trusted.PERSON_BOX})
    made = sign(alone, field=PERSON, credential=trust.leader, anchors=[trust.anchor], long_term=False, at=trusted.now())
    found = verdict(made.pdf, trust)
    assert found.valid
    assert [report.level for report in found.signatures] == ["B-LT"]
