"""The leader signs, number and date are filled in, the organ seals; what is not ready or not certain is refused."""

import io
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm

from documents.signing.engine.filling import fill
from documents.signing.engine.preparing import prepare, seal_over
from documents.signing.engine.reading import form_fields, value_of
from documents.signing.engine.signing import sign
from documents.signing.errors import (
    CertificateRefusedError,
    ClocksDisagreeError,
    NotPreparedError,
    NotReadyToSealError,
    TrustServiceAwayError,
    UnprintableError,
)
from documents.signing.kinds import NUMBER, PERSON, SEAL, Credential, Spot
from documents.signing.recipe import seal_alone
from tests import trust as trusted
from tests.trust import VALUES, Trust


def leader_signs(pdf: bytes, trust: Trust, credential: Credential | None = None, at: datetime | None = None) -> bytes:
    return sign(
        pdf,
        field=PERSON,
        credential=credential or trust.leader,
        anchors=[trust.anchor],
        long_term=False,
        at=at or trusted.now(),
    ).pdf


def seal(pdf: bytes, trust: Trust) -> bytes:
    made = sign(pdf, field=SEAL, credential=trust.organ, anchors=[trust.anchor], long_term=True, at=trusted.now())
    return made.pdf


def text_of(pdf: bytes, page: int) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        return str(document[page].get_textpage().get_text_bounded())


def ink(pdf: bytes, page: int, place: Spot) -> set[tuple[bool, bool]]:
    """Which of (blue, red) is seen within the place."""
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        image = document[page].render(may_draw_forms=True).to_pil().convert("RGB")
    cut = image.crop((int(place.x1), int(image.height - place.y2), int(place.x2), int(image.height - place.y1)))
    pixels = [cut.getpixel((x, y)) for x in range(cut.width) for y in range(cut.height)]
    return {(b > r + 60, r > b + 60) for r, g, b in pixels}  # type: ignore[misc]  # a pixel of RGB has three parts


def test_each_step_only_adds_to_the_file(trust: Trust, prepared: bytes, signed: bytes, sealed: bytes) -> None:
    assert signed.startswith(prepared)
    assert sealed.startswith(signed)


def test_seal_forbids_every_later_change(sealed: bytes) -> None:
    """For viewers that know nothing of our judge."""
    seal_of = {s.field_name: s for s in PdfFileReader(io.BytesIO(sealed)).embedded_regular_signatures}
    assert seal_of[SEAL].docmdp_level is MDPPerm.NO_CHANGES


def test_signature_and_seal_are_drawn_on_the_second_page(sealed: bytes, prepared: bytes) -> None:
    assert ink(prepared, 1, trusted.PERSON_BOX) == {(False, False)}
    assert (True, False) in ink(sealed, 1, trusted.PERSON_BOX)
    assert (False, True) in ink(sealed, 1, seal_over(trusted.PERSON_BOX))


def test_seal_has_its_real_size_over_the_left_third() -> None:
    place = seal_over(trusted.PERSON_BOX)
    assert place.x2 - place.x1 == pytest.approx(36 / 25.4 * 72) == place.y2 - place.y1
    assert place.x2 == pytest.approx(trusted.PERSON_BOX.x1 + (trusted.PERSON_BOX.x2 - trusted.PERSON_BOX.x1) / 3)


def test_number_and_date_are_filled_in_for_good(sealed: bytes) -> None:
    fields = form_fields(PdfFileReader(io.BytesIO(sealed)).root, "/Tx")
    assert {name: value_of(field) for name, field in fields.items()} == VALUES
    assert all(int(field["/Ff"]) & 1 for field in fields.values())


def test_filled_text_embeds_no_second_face(signed: bytes) -> None:
    assert len(fill(signed, VALUES)) - len(signed) < 8_000


def test_filled_text_can_be_read_by_programs(signed: bytes) -> None:
    with pypdfium2.PdfDocument(fill(signed, VALUES)) as document:
        document.init_forms()
        before = document[0].render(may_draw_forms=False).to_pil().tobytes()
        assert document[0].render(may_draw_forms=True).to_pil().tobytes() != before


@pytest.mark.parametrize("value", ["", "   ", "x" * 101, "15/QĐ-漢字", "W" * 90])
def test_text_that_cannot_be_printed_is_refused(signed: bytes, value: str) -> None:
    with pytest.raises(UnprintableError):
        fill(signed, {NUMBER: value})


def test_unknown_field_is_refused(signed: bytes) -> None:
    with pytest.raises(NotPreparedError):
        fill(signed, {"khac": "1"})


def test_same_field_is_not_signed_twice(trust: Trust, signed: bytes) -> None:
    with pytest.raises(NotPreparedError):
        leader_signs(signed, trust)


def test_page_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotPreparedError):
        prepare(trusted.page(), {PERSON: Spot(2, 0, 0, 10, 10)})


def test_seal_comes_after_the_person(trust: Trust, prepared: bytes) -> None:
    with pytest.raises(NotReadyToSealError):
        seal(fill(prepared, VALUES), trust)


def test_what_a_person_should_sign_is_not_sealed_alone(trust: Trust, prepared: bytes, signed: bytes) -> None:
    for pdf in (prepared, signed):
        with pytest.raises(NotReadyToSealError):
            seal_alone(pdf, credential=trust.organ, anchors=[trust.anchor], at=trusted.now())


def test_a_person_does_not_seal_alone(trust: Trust) -> None:
    ready = prepare(trusted.page(), {SEAL: Spot(0, 250, 280, 352, 382)})
    with pytest.raises(CertificateRefusedError):
        seal_alone(ready, credential=trust.leader, anchors=[trust.anchor], at=trusted.now())


def test_seal_comes_after_the_number(trust: Trust, signed: bytes) -> None:
    with pytest.raises(NotReadyToSealError):
        seal(signed, trust)


def test_seal_is_refused_when_the_signed_text_was_changed(trust: Trust, signed: bytes) -> None:
    with pytest.raises(NotReadyToSealError):
        seal(fill(signed.replace(b"/MediaBox [", b"/MediaBox[ ", 1), VALUES), trust)


def test_three_people_sign_before_the_seal(trust: Trust) -> None:
    places = {
        "ThuKy": Spot(1, 60, 300, 180, 350),
        "ChuToa": Spot(1, 300, 300, 420, 350),
        SEAL: Spot(1, 250, 280, 352, 382),
    }
    made = prepare(trusted.page(), places)
    for name in ("ThuKy", "ChuToa"):
        made = sign(
            made, field=name, credential=trust.leader, anchors=[trust.anchor], long_term=False, at=trusted.now()
        ).pdf
    assert seal(fill(made, VALUES), trust).startswith(made)


def test_expired_certificate_is_refused(trust: Trust, prepared: bytes) -> None:
    old = trust.credential("old", first=datetime(2024, 1, 1, tzinfo=UTC), last=datetime(2025, 1, 1, tzinfo=UTC))
    with pytest.raises(CertificateRefusedError):
        leader_signs(prepared, trust, old)


def test_revoked_certificate_is_refused(trust: Trust, prepared: bytes) -> None:
    gone = trust.credential("gone")
    trust.revoke(gone, trusted.now() - timedelta(minutes=1))
    with pytest.raises(CertificateRefusedError):
        leader_signs(prepared, trust, gone)


def test_certificate_of_another_authority_is_refused(trust: Trust, prepared: bytes) -> None:
    with pytest.raises(CertificateRefusedError):
        sign(prepared, field=PERSON, credential=trust.leader, anchors=[], long_term=False, at=trusted.now())


@pytest.mark.parametrize("service", ["tsa", "ocsp", "crl"])
@pytest.mark.parametrize("fault", ["down", "garbage"])
def test_nothing_is_signed_while_a_service_is_away(trust: Trust, prepared: bytes, service: str, fault: str) -> None:
    trust.faults(**{service: fault})
    with pytest.raises((TrustServiceAwayError, CertificateRefusedError)) as refusal:
        leader_signs(prepared, trust)
    assert refusal.value.retry is (fault == "down" or service == "tsa")
    trust.faults()
    assert leader_signs(prepared, trust).startswith(prepared)  # the same bytes are taken up again


def test_clocks_that_disagree_sign_nothing(trust: Trust, prepared: bytes) -> None:
    with pytest.raises(ClocksDisagreeError):
        leader_signs(prepared, trust, at=trusted.now() + timedelta(hours=1))


def test_rsa_keys_sign_too(trust: Trust, prepared: bytes) -> None:
    assert leader_signs(prepared, trust, trust.credential("rsa", algorithm="rsa")).startswith(prepared)
