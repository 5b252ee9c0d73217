"""A citizen files a birth from the first page to the receipt."""

import html
import re
import uuid
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from PIL import Image

from portal.accounts.identity import Claims
from portal.accounts.models import User
from portal.accounts.operations import recognise_citizen
from portal.isolation import Purpose, Scope, scope, use
from services.about import about
from services.models import Component, Dossier, Draft, Evidence, ProcedureVersion, Proof
from services.operations.evidence import keep_answer
from services.queries.catalogue import version_on
from services.sources import Found, Query
from tests.cast import sign_in

pytestmark = pytest.mark.usefixtures("country_catalogue")
BIRTH = "/nop-ho-so/1.001193/"
HOME = {"commune_code": "00004", "province_code": "01", "detail": "Số 1 phố Trúc Bạch", "country": "VNM"}
CODES = {"ethnicity": {"code": "08", "name": "Mông"}, "nationality": {"code": "VNM", "name": "Việt Nam"}}
HUSBAND = {"name": "Giàng A Páo", "id_number": "000096000010", "birth_on": "1996-06-10", "sex": "male"}


def citizen(level: int = 2) -> User:
    number = f"0001{uuid.uuid4().int % 10**8:08d}"
    claims = Claims("https://vneid.example", number, "person", number, "Thào Thị Mỷ", date(1999, 2, 14), "T", level)
    with transaction.atomic():
        return recognise_citizen(claims=claims, now=timezone.now())


def visitor(user: User) -> Client:
    return sign_in(Client(), user)


def words(response: HttpResponse) -> str:
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main, response.status_code
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main[0])))


def token(response: HttpResponse) -> dict[str, str]:
    found = re.search(r'name="form_token" value="([^"]+)"', response.content.decode())
    assert found, words(response)
    return {"form_token": found[1]}


def begin(client: Client, address: str = BIRTH) -> str:
    """The address of the draft."""
    response = client.post(address, token(client.get(address)))
    assert response.status_code == 302, words(response)
    return str(response.url)


def send(client: Client, address: str, **answers: object) -> HttpResponse:
    response: HttpResponse = client.post(address, answers)
    assert response.status_code == 302, words(response)
    return response


def registers_answer(user: User) -> None:
    """What the person, the marriage and the hospital say; what a worker would have stored."""
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        for one in Evidence.objects.filter(citizen=user).order_by("asked_at", "id"):
            if one.query == Query.PERSON:
                said: dict[str, Any] = {"name": "Thào Thị Mỷ", "sex": "female", "birth_on": "1999-02-14", **CODES}
                said |= {"id_number": one.question.who.number, "residence": HOME, "origin": HOME}
            else:
                wife = {"name": "Thào Thị Mỷ", "id_number": one.question.who.number}
                said = {"husband": HUSBAND | CODES | {"residence": HOME, "origin": HOME}, "wife": wife}
                said |= {"state": "valid", "number": "07/2021"}
            answer = Found(one.source, "REF-1", timezone.now(), said)
            keep_answer(evidence_id=one.pk, answer=answer, unit=None, actor=user, now=timezone.now())


def fill(client: Client, draft: str) -> None:
    """All pages of a birth in a hospital, with the registers' answers."""
    send(client, f"{draft}trang/start/", relation="mother", circumstance="facility")
    send(client, f"{draft}trang/requester/", requester_phone="0912000321")
    day = timezone.localdate() - timedelta(days=5)
    child = {"child_name": "Giàng A Sinh", "child_sex": "male", "child_ethnic_group": "Hmông"}
    born = {"child_birth_day_0": day.day, "child_birth_day_1": day.month, "child_birth_day_2": day.year}
    send(client, f"{draft}trang/child/", **child, **born, child_nationality="Việt Nam")
    send(client, f"{draft}trang/places/", birth_place="Bệnh viện")
    send(client, f"{draft}trang/father_known/", declares_father="yes")
    image = SimpleUploadedFile("giay-chung-sinh.png", _picture(), "image/png")
    send(client, f"{draft}trang/birth_notice/", birth_notice_files=image)


def _picture() -> bytes:
    target = BytesIO()
    Image.new("RGB", (40, 40), "white").save(target, "PNG")
    return target.getvalue()


def placed(client: Client, draft: str) -> None:
    shown = client.get(f"{draft}noi-giai-quyet/").content.decode()
    unit = re.search(r'name="competent-unit" value="(\d+)"', shown)
    name = re.search(r'name="competent-for" value="([^"]+)"', shown)
    assert unit, shown
    assert name, shown
    told = {"competent-find": html.unescape(name[1]), "competent-for": html.unescape(name[1])}
    send(client, f"{draft}noi-giai-quyet/", **told, **{"competent-unit": unit[1]}, return_channel="online")


def ready(user: User) -> tuple[Client, str]:
    client = visitor(user)
    draft = begin(client)
    registers_answer(user)
    fill(client, draft)
    placed(client, draft)
    return client, draft


def test_who_chooses_an_organ_where_nobody_works_is_told_before_filing(monkeypatch: pytest.MonkeyPatch) -> None:
    user, said = citizen(), "không ai được giải quyết hồ sơ"
    client = visitor(user)
    draft = begin(client)
    registers_answer(user)
    fill(client, draft)
    assert said in words(client.get(f"{draft}noi-giai-quyet/"))
    placed(client, draft)
    assert said in words(client.get(f"{draft}kiem-tra/"))
    monkeypatch.setattr("services.views.sending.anybody_may", lambda *_asked: True)
    assert said not in words(client.get(f"{draft}noi-giai-quyet/"))
    placed(client, draft)
    assert said not in words(client.get(f"{draft}kiem-tra/"))


def test_a_mother_files_and_keeps_a_receipt_with_her_pin() -> None:
    user = citizen()
    client, draft = ready(user)
    review = client.get(f"{draft}kiem-tra/")
    assert "Giàng A Sinh" in words(review)
    assert "Giàng A Páo" in words(review)
    response = client.post(f"{draft}kiem-tra/", token(review))
    assert response.status_code == 302, words(response)
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        dossier = Dossier.objects.get(filer=user)
        proofs = dict(Component.objects.filter(dossier=dossier).values_list("key", "proof"))
        assert dossier.answers["mother_name"] == "Thào Thị Mỷ"
        assert dossier.answers["parents_married"] is True  # as the civil-status register says; nobody was asked
        assert dossier.contact == {"phone": "0912000321"}
        assert dossier.summary == "Đăng ký khai sinh cho Giàng A Sinh"
        assert set(Evidence.objects.values_list("subject_id", flat=True)) == {dossier.pk}
    assert proofs["birth_notice"] == Proof.ATTACHED
    assert proofs["identity_document"] == Proof.DATA
    assert dossier.reference in words(client.get(response.url))
    assert dossier.pin in words(client.get(response.url))
    assert client.get(draft).url == response.url


def test_what_registers_said_is_shown_as_theirs_after_filing_and_nobody_is_asked_to_change_it() -> None:
    client, draft = ready(citizen())
    filed = client.post(f"{draft}kiem-tra/", token(client.get(f"{draft}kiem-tra/"))).url
    own = filed.replace("/ho-so/", "/ho-so-cua-toi/").removesuffix("bien-nhan/")
    told, offered = words(client.get(f"{own}noi-dung/")), words(client.get(f"{own}sua/"))
    assert told.count("Từ Cơ sở dữ liệu quốc gia về dân cư") >= 9
    assert "Họ, chữ đệm, tên của trẻ" in offered
    for known in ("Họ, chữ đệm, tên của mẹ", "Ngày sinh của mẹ", "Số định danh cá nhân của mẹ", "Dân tộc của mẹ"):
        assert known not in offered


def test_pressing_twice_makes_one_dossier() -> None:
    user = citizen()
    client, draft = ready(user)
    given = token(client.get(f"{draft}kiem-tra/"))
    first, second = (client.post(f"{draft}kiem-tra/", given) for _ in range(2))
    assert first.url == second.url
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        assert Dossier.objects.count() == 1


def test_what_registers_know_is_shown_and_not_asked() -> None:
    user = citizen()
    client = visitor(user)
    draft = begin(client)
    assert "đang được hỏi" in words(client.get(draft))
    registers_answer(user)
    send(client, f"{draft}trang/start/", relation="mother", circumstance="facility")
    shown = client.get(f"{draft}trang/requester/").content.decode()
    assert 'name="requester_phone"' in shown
    assert 'name="requester_name"' not in shown


def test_what_registers_said_keeps_its_source_and_is_offered_for_no_correction() -> None:
    client, draft = ready(citizen())
    response = client.post(f"{draft}kiem-tra/", token(client.get(f"{draft}kiem-tra/")))
    own = str(response["Location"]).replace("/ho-so/", "/ho-so-cua-toi/").removesuffix("bien-nhan/")
    content, changes = (words(client.get(f"{own}{page}/")) for page in ("noi-dung", "sua"))
    for sourced in ("Số định danh cá nhân của ông/bà", "Ngày sinh của mẹ", "Dân tộc của mẹ", "Nơi cư trú của mẹ"):
        assert sourced in content
        assert sourced not in changes
    assert "VNM" not in content
    assert "Số điện thoại của ông/bà" in changes


def test_nobody_else_opens_a_draft_or_a_receipt() -> None:
    user = citizen()
    client, draft = ready(user)
    other = visitor(citizen())
    for address in (draft, f"{draft}kiem-tra/", f"{draft}noi-giai-quyet/", f"{draft}bo/", f"{draft}trang/start/"):
        assert other.get(address).status_code == 404
        assert "/dang-nhap/" in Client().get(address).url
    receipt = client.post(f"{draft}kiem-tra/", token(client.get(f"{draft}kiem-tra/"))).url
    assert other.get(receipt).status_code == 404
    assert other.get(f"{receipt}ma-qr.svg").status_code == 404
    square = client.get(f"{receipt}ma-qr.svg")
    assert (square.status_code, square["Content-Type"]) == (200, "image/svg+xml")
    assert other.get("/nop-ho-so/ban-nhap/").status_code == 200


def test_a_low_level_of_identity_is_told_and_begins_nothing() -> None:
    version = version_on("1.001193", timezone.localdate())
    assert version
    user = citizen(level=version.min_identity_level - 1)
    client = visitor(user)
    response = client.get(BIRTH)
    assert 'name="form_token"' not in response.content.decode()
    assert str(version.min_identity_level) in words(response)


def test_an_expired_draft_says_so() -> None:
    user = citizen()
    client = visitor(user)
    draft = begin(client)
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        Draft.objects.update(expires_at=timezone.now())
    response = client.get(draft)
    assert response.status_code == 410
    assert "30 ngày" in words(response)


def test_a_deleted_draft_takes_its_evidence_along() -> None:
    user = citizen()
    client = visitor(user)
    draft = begin(client)
    assert client.get(f"{draft}bo/").status_code == 200
    send(client, f"{draft}bo/")
    assert client.get(draft).status_code == 404
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        assert not Evidence.objects.exists()


def test_an_unfinished_form_is_not_filed() -> None:
    user = citizen()
    client = visitor(user)
    draft = begin(client)
    response = client.post(f"{draft}kiem-tra/", token(client.get(BIRTH)))
    assert response.status_code == 400
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        assert not Dossier.objects.exists()


def test_a_file_too_many_is_refused_in_words() -> None:
    user = citizen()
    client, draft = ready(user)
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        row = Draft.objects.get()
        row.answers = {**row.answers, "surrogacy_files": [str(uuid.uuid4()) for _ in range(29)]}
        row.save()
    response = client.post(
        f"{draft}trang/birth_notice/", {"birth_notice_files": SimpleUploadedFile("b.png", _picture(), "image/png")}
    )
    assert response.status_code == 400
    assert "30" in words(response)


def test_a_version_that_ended_leads_to_the_new_one() -> None:
    user = citizen()
    client = visitor(user)
    draft = begin(client)
    send(client, f"{draft}trang/start/", relation="mother", circumstance="facility")
    with transaction.atomic(), scope(purpose=Purpose.DEMO):
        old = ProcedureVersion.objects.select_related("form").get(procedure__code="1.001193")
        old.pk, old.valid, old.digest = None, DateRange(date(2020, 1, 1), date(2021, 1, 1)), "f" * 64
        old.save(force_insert=True)
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        Draft.objects.update(version=old)
    response = client.get(f"{draft}trang/requester/")
    assert response.url == f"{draft}quy-dinh-moi/"
    assert client.get(response.url).status_code == 200
    send(client, response.url)
    assert client.get(f"{draft}trang/requester/").status_code == 200


def test_what_registers_say_of_ones_own_child_counts_for_parents_only() -> None:
    birth = about("1.001193")
    assert [birth.concerns("child", {"relation": who}) for who in ("mother", "father", "relative")] == [
        True,
        True,
        False,
    ]
    assert not birth.concerns("couple", {})
    assert birth.concerns("person", {"relation": "relative"})


def test_a_relatives_own_marriage_is_neither_shown_nor_handed_over(client: Client) -> None:
    aunt = citizen()
    visiting = visitor(aunt)
    draft = begin(visiting)
    registers_answer(aunt)
    send(visiting, f"{draft}trang/start/", relation="relative", circumstance="facility")
    shown = words(visiting.get(f"{draft}kiem-tra/"))
    assert "Thào Thị Mỷ" in shown
    assert HUSBAND["name"] not in shown
