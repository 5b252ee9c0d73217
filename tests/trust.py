"""The trial authority of a running sandbox, and a small document to sign with it."""

import gc
import json
import tempfile
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import fontpkg_noto_sans
import requests
from asn1crypto import pem
from django.conf import settings
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from documents.signing import pictures
from documents.signing.backends.software import SoftwareSigner
from documents.signing.engine import differences, status
from documents.signing.kinds import DATE, NUMBER, PERSON, SEAL, Anchor, Credential, Holder, Spot
from tests.integrations.sandboxed import SECRET, Sandbox

HOST = "trust.sandbox.invalid"
VALUES = {NUMBER: "15/QĐ-UBND", DATE: "ngày 22 tháng 11 năm 2026"}
CLIENT = ("portal", SECRET)


def der(text: str) -> bytes:
    _kind, _headers, content = pem.unarmor(text.encode())
    return bytes(content)


@dataclass(frozen=True)
class Trust:
    """`folder` is where the software keys lie."""

    sandbox: Sandbox
    folder: Path
    given: dict[str, Credential] = field(default_factory=dict)

    def ask(self, path: str, **asked: object) -> dict[str, object]:
        answer = requests.post(f"{self.sandbox.origin}/trust/{path}", data=json.dumps(asked), auth=CLIENT, timeout=20)
        assert answer.status_code == 200, answer.text
        found: dict[str, object] = answer.json()
        return found

    def faults(self, *, clock: datetime | None = None, **faults: str) -> None:
        self.ask("faults", faults=faults, clock=clock.isoformat() if clock else None)

    @property
    def anchor(self) -> Anchor:
        root = requests.get(f"{self.sandbox.origin}/trust/ca/root.crt", timeout=10).content
        return Anchor(root, (HOST,), is_trial=True)

    def credential(
        self,
        key: str,
        *,
        holder: Holder = Holder.PERSON,
        name: str = "Nguyễn Văn Thành",
        algorithm: str = "ec",
        **days: datetime,
    ) -> Credential:
        """Key and certificate under the backend `software`, made once per name of the key."""
        if key in self.given:
            return self.given[key]
        keys = SoftwareSigner(self.folder)
        keys.make_key(key, algorithm=algorithm)
        request = keys.request(key, name=name, organ="UBND xã An")
        moments = {when: moment.isoformat() for when, moment in days.items()}
        answer = self.ask("enrol", request=request.decode(), **moments)
        chain = answer["chain"]
        assert isinstance(chain, list)
        self.given[key] = Credential(
            holder=holder,
            certificate=der(str(answer["certificate"])),
            chain=tuple(der(text) for text in chain),
            backend="software",
            key=key,
            picture=pictures.trial(holder, name),
            is_trial=True,
        )
        return self.given[key]

    @property
    def leader(self) -> Credential:
        return self.credential("leader")

    @property
    def organ(self) -> Credential:
        return self.credential("organ", holder=Holder.ORGAN, name="Ủy ban nhân dân xã An")

    def revoke(self, credential: Credential, at: datetime) -> None:
        from cryptography import x509  # the other library for certificates reads serials as hexadecimal

        serial = x509.load_der_x509_certificate(credential.certificate).serial_number
        self.ask("revoke", serial=f"{serial:x}", at=at.isoformat())


def backends(folder: Path) -> dict[str, dict[str, object]]:
    return {
        "software": {
            "BACKEND": "documents.signing.backends.software.SoftwareSigner",
            "OPTIONS": {"folder": str(folder)},
        }
    }


FACE = "cut"
PAGE = f"""<html lang=vi><meta charset=utf-8><title>Quyết định</title><style>
@font-face {{ font-family: {FACE}; src: url(FILE) }}
@page {{ size: A4; margin: 20mm 20mm 20mm 30mm }} body {{ font: 13pt/1.3 {FACE} }} h1 {{ font-size: 14pt }}
#second {{ break-before: page }} #sign {{ width: 46mm; height: 20mm; margin: 4mm 0 0 90mm }}
input {{ appearance: auto; display: inline-block; border: 0; padding: 0; height: 6mm; font: 13pt {FACE} }}</style>
<p>Số: <input name={NUMBER} style="width:36mm"> <i>An, <input name={DATE} style="width:60mm;font-style:italic"></i></p>
<h1>QUYẾT ĐỊNH</h1><p>Điều 1. Chủ tịch ký trước, văn thư cấp số và đóng dấu sau.</p>
<p id=second>Điều 2. Chữ ký ở trang hai.</p><b>CHỦ TỊCH</b><div id=sign></div><b>Nguyễn Văn Thành</b></html>"""


@cache
def page() -> bytes:
    """A decision of two pages with empty number and date."""
    import weasyprint  # heavy, and most tests never print

    with tempfile.NamedTemporaryFile(suffix=".ttf") as face:
        _cut(Path(face.name))
        html = weasyprint.HTML(string=PAGE.replace("FILE", Path(face.name).as_uri()))
        with warnings.catch_warnings(action="ignore", category=ResourceWarning):  # it leaves its colour profile open
            printed: bytes = html.write_pdf(pdf_forms=True, pdf_tags=True, pdf_variant="pdf/a-3u")
            gc.collect()
    return printed


def _cut(file: Path) -> None:
    """A face with the Vietnamese letters only, as documents use one: forms embed theirs whole."""
    font = TTFont(Path(fontpkg_noto_sans.__file__).parent / "files" / "NotoSans[wdth,wght].ttf")
    cutter = subset.Subsetter(subset.Options(layout_features=[]))
    cutter.populate(unicodes=[*range(0x20, 0x250), *range(0x1EA0, 0x1EFA)])
    cutter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": 400, "wdth": 100}).save(file)


PERSON_BOX = Spot(1, 340.0, 640.0, 470.0, 697.0)


def boxes() -> Mapping[str, Spot]:
    from documents.signing.engine.preparing import seal_over  # imports pyHanko, which takes a second

    return {PERSON: PERSON_BOX, SEAL: seal_over(PERSON_BOX)}


def now() -> datetime:
    return datetime.now(UTC)


def told(settings_of_test: object, trust: Trust) -> None:
    """The portal of this test signs with the trial authority.

    Every sandbox answers under the same name: what another one said before is forgotten.
    """
    for memory in (status.MEMORY, status.SPECIMENS, differences.MEMORY):
        memory.forget()
    for name, value in {
        "TRUST_ADDRESSES": {HOST: f"{trust.sandbox.origin}/trust"},
        "SIGNER_BACKENDS": backends(trust.folder),
        "SIGNATURE_TIMESTAMP_URL": f"http://{HOST}/tsa",
    }.items():
        setattr(settings_of_test, name, value)
    assert settings.SIGNATURE_TRIAL_ALLOWED
