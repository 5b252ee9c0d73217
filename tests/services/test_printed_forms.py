"""Form 01, 02, 03 and 05: what they say, how they are sealed, and what happens where no seal can be had."""

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from asn1crypto import pem

from documents.layouts.words import square
from documents.models import SignatureRecord
from documents.operations.anchors import trust_anchor
from documents.operations.certificates import register_certificate
from documents.queries.files import read
from documents.signing.kinds import SEAL
from documents.verification.checking import check
from portal.events import delivering
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services import forms_made
from services.links import address_of
from services.models import PrintedForm, Problem
from services.operations import citizen, reception, supplements
from services.operations.filing import Owner
from services.operations.forms import MAKE
from services.operations.supplements import Missing
from services.states import FormState
from tests import trust as trusted
from tests.cast import Cast
from tests.documents import reading
from tests.integrations.sandboxed import running
from tests.services.build import Office
from tests.services.working import work_off
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
def sealing(trust: Trust, people: Cast) -> Trust:
    """The commune has a seal of the trial authority."""
    give_seal(people, trust)
    return trust


def give_seal(people: Cast, trust: Trust) -> None:
    with scope(purpose=Purpose.DEMO, units=[people.home]):
        root = _armoured(trust.anchor.certificate)
        trust_anchor(pem=root, hosts=[HOST], is_trial=True, actor=System.DEMO, now=trusted.now())
        organ = trust.organ
        register_certificate(
            unit_id=people.home,
            person_id=None,
            pem=_armoured(organ.certificate),
            chain="".join(map(_armoured, organ.chain)),
            backend=organ.backend,
            key=organ.key,
            picture=organ.picture,
            actor=System.DEMO,
            now=trusted.now(),
        )


def _armoured(der: bytes) -> str:
    return bytes(pem.armor("CERTIFICATE", der)).decode()


def made(office: Office) -> PrintedForm:
    """The newest form, after the worker has done what waits."""
    work_off(office.tick(), MAKE)
    return newest()


def newest() -> PrintedForm:
    return PrintedForm.objects.select_related("file", "dossier").order_by("-printed_at", "id")[0]


def letters(form: PrintedForm) -> str:
    assert form.file is not None
    return reading.letters(reading.text_of(read(form.file)))


def says(form: PrintedForm, *texts: str) -> None:
    read_back = letters(form)
    assert unicodedata.is_normalized("NFC", read_back)
    place = 0
    for text in texts:
        found = read_back.find(reading.letters(text), place)
        assert found >= 0, f"{text} is missing, or stands too early: {read_back}"
        place = found


def test_form_01_says_what_the_law_lists_in_its_order(office: Office) -> None:
    dossier = office.accepted(contact={"phone": "0912000321", "email": "do@example.vn", "address": "Thôn Na Áng"})
    form = made(office)
    assert (form.form, form.state) == ("form-01", FormState.UNSIGNED)
    says(
        form,
        "Ủy ban nhân dân", "phường An", "Trung tâm Phục vụ hành chính công", "Cộng hòa xã hội chủ nghĩa Việt Nam",
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", f"Mã hồ sơ: {dossier.code}", "Bộ phận tiếp nhận",
        "Tiếp nhận hồ sơ của: Giàng Thị Nhuẫn", "Người nộp: Vàng Thị Dở", "Địa chỉ: Thôn Na Áng",
        "Số điện thoại: 0912000321", "Email: do@example.vn", "Số CCCD/định danh/hộ chiếu: 000088000009",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh", "Giấy chứng sinh", "2. Số lượng hồ sơ: 01",
        "3. Thời gian giải quyết hồ sơ theo quy định: 3 ngày làm việc", "4. Thời gian nhận hồ sơ",
        "5. Thời gian trả kết quả", "6. Đăng ký nhận kết quả tại", "7. Phí, lệ phí", "Quyển số: 2026",
        "Số thứ tự: 261116-", "Người nộp hồ sơ", "Người tiếp nhận hồ sơ", "Lù Thị Hoa", "Đường dây nóng",
    )  # fmt: skip


def test_the_pin_stands_on_the_copy_of_the_filer_only(office: Office) -> None:
    dossier = office.accepted()
    form = made(office)
    assert form.file is not None
    desk, filer = letters(form).split(reading.letters("Liên 2: Giao khách hàng"))
    assert dossier.pin in filer
    assert dossier.pin not in desk


def test_the_square_leads_to_the_public_state_of_the_dossier(office: Office) -> None:
    dossier = office.accepted()
    address = address_of(dossier.pk)
    assert newest().data["dossier"] == {"code": dossier.code, "address": address}
    pdf = reading.opened(_content(made(office)))
    figures = [one for one in reading.everything(pdf) if isinstance(one, dict) and one.get("/S") == "/Figure"]
    assert square(address).words in {str(one.get("/Alt", "")) for one in figures}
    attached = pdf.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]["/F"].data
    assert json.loads(attached)["data"]["dossier"]["address"] == address


def test_form_02_lists_everything_in_one_request(office: Office) -> None:
    dossier = office.submitted()
    supplements.ask_supplement(
        dossier=dossier,
        items=[
            Missing(Problem.UNCLEAR, "chụp lại mặt sau", component="birth_notice", originals=1),
            Missing(Problem.WRONG, "Họ tên trẻ viết theo giấy chứng sinh", pointer="/child_name"),
        ],
        reason="Giấy chứng sinh không đọc được",
        ground="NĐ 118/2025 Đ.16.3",
        actor=office.people.desk_officer.user,
        now=office.tick(),
    )
    form = made(office)
    assert form.form == "form-02"
    says(
        form,
        "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", dossier.reference, "Giàng Thị Nhuẫn", "Đăng ký khai sinh",
        "Giấy chứng sinh: chụp lại mặt sau", "Họ tên trẻ viết theo giấy chứng sinh",
        "Lý do: Giấy chứng sinh không đọc được", "Căn cứ pháp lý: NĐ 118/2025 Đ.16.3", "Thời hạn hoàn thiện hồ sơ",
        "liên hệ Lù Thị Hoa", "Người hướng dẫn",
    )  # fmt: skip


def test_form_03_gives_reason_and_ground(office: Office) -> None:
    dossier = office.submitted()
    reception.refuse(
        dossier=dossier,
        reason="Không thuộc thẩm quyền",
        ground="NĐ 118/2025 Đ.17.1c",
        actor=office.people.desk_officer.user,
        now=office.tick(),
    )
    form = made(office)
    assert form.form == "form-03"
    says(form, "Phiếu từ chối", dossier.reference, "không tiếp nhận", "Không thuộc thẩm quyền", "NĐ 118/2025 Đ.17.1c")


def test_form_05_tells_that_the_work_was_stopped(office: Office) -> None:
    dossier = office.processing()
    citizen.stop(
        dossier=dossier,
        reason="Người nộp đã chết",
        ground="NĐ 118/2025 Đ.21.3",
        actor=office.people.leader.user,
        now=office.tick(),
    )
    form = made(office)
    assert form.form == "form-05"
    says(
        form,
        f"Số: {dossier.code}", "Thông báo dừng giải quyết hồ sơ", "Đang giải quyết", "Người nộp đã chết",
        "Hoàn trả giấy tờ", "Nguyễn Văn Thành",
    )  # fmt: skip


def test_long_names_wrap_and_nothing_is_cut(office: Office) -> None:
    name = "Nguyễn Phúc Tôn Nữ Công Huyền Thanh Hằng Nguyệt " * 4
    office.accepted(owner=_owner(name.strip()))
    says(made(office), name)


def test_the_seal_of_the_organ_is_judged_valid(office: Office, sealing: Trust) -> None:
    office.accepted()
    form = made(office)
    assert form.state == FormState.SIGNED
    found = check(_content(form), None, now=trusted.now())
    assert found.verdict.valid, found.reasons
    assert [one.field for one in found.verdict.signatures] == [SEAL]
    record = SignatureRecord.objects.get()
    assert (record.unit_id, record.level) == (office.people.home, "B-LTA")


def test_a_changed_form_is_not_judged_valid(office: Office, sealing: Trust) -> None:
    office.accepted()
    pdf = _content(made(office))
    assert not check(pdf.replace(b"/MediaBox [", b"/MediaBox[ ", 1), None, now=trusted.now()).verdict.valid


def test_without_a_seal_the_form_can_be_read_and_is_sealed_later(office: Office, trust: Trust) -> None:
    office.accepted()
    form = made(office)
    assert form.state == FormState.UNSIGNED
    give_seal(office.people, trust)
    work_off(office.tick() + forms_made.FIRST_PAUSE, MAKE)
    again = newest()
    assert (again.pk, again.state) == (form.pk, FormState.SIGNED)
    assert check(_content(again), None, now=trusted.now()).verdict.valid


def test_with_the_time_stamp_away_the_form_is_kept_without_its_seal(office: Office, sealing: Trust) -> None:
    sealing.faults(tsa="down")
    office.accepted()
    assert made(office).state == FormState.UNSIGNED
    sealing.faults()
    work_off(office.tick() + forms_made.FIRST_PAUSE, MAKE)
    assert newest().state == FormState.SIGNED


def test_what_was_made_is_not_made_again(office: Office, sealing: Trust) -> None:
    office.accepted()
    form = made(office)
    work_off(office.tick() + forms_made.LONGEST_PAUSE, MAKE)
    assert newest().file_id == form.file_id


def test_data_that_do_not_fit_are_said_at_once(office: Office) -> None:
    office.accepted(owner=_owner("\u4e2d\u6587"))
    form = made(office)
    assert (form.state, form.file) == (FormState.FAILED, None)


def test_what_it_says_is_sealed_and_no_fact_names_anybody(office: Office) -> None:
    office.accepted()
    form = newest()
    assert "Nhuẫn".encode() not in bytes(form.data_sealed)
    assert form.data["principal"] == "Giàng Thị Nhuẫn"


def _owner(name: str) -> Owner:
    return Owner(name, "000088000009")


def _content(form: PrintedForm) -> bytes:
    assert form.file is not None
    return read(form.file)
