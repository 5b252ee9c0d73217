"""Who files for somebody else says by what right, what for and until when, before anything is filed."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils import timezone

from portal.isolation import Scope, use
from services.about import about
from services.errors import BadMandateError, NotAllowedError
from services.models import Draft, Ground, Mandate
from services.operations.mandates import Right, give_mandate
from tests.services.test_file_online import _picture as picture
from tests.services.test_file_online import begin, citizen, send, visitor, words

pytestmark = pytest.mark.usefixtures("country_catalogue")
OTHER = "/nop-ho-so/1.004873/"


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)}


def given(**more: object) -> dict[str, object]:
    first = timezone.localdate() - timedelta(days=3)
    paper = SimpleUploadedFile("uy-quyen.png", picture(), "image/png")
    return {"ground": "authorised", "scope": "Nộp hồ sơ", "file": paper, **boxes("valid_from", first), **more}


def drafted() -> tuple[Draft, Scope]:
    user = citizen()
    begin(visitor(user), OTHER)
    rights = Scope(citizen=user.pk)
    with transaction.atomic(), use(rights):
        return Draft.objects.select_related("writer").get(), rights


def test_the_form_says_when_a_mandate_is_needed() -> None:
    assert about("1.001193").needs_mandate({"relation": "authorised"})
    assert not about("1.001193").needs_mandate({"relation": "relative"})
    assert about("1.004873").needs_mandate({"for_whom": "other"})
    assert not about("1.004873").needs_mandate({"for_whom": "self"})


def test_the_page_keeps_what_the_paper_says() -> None:
    user = citizen()
    client = visitor(user)
    draft = begin(client, OTHER)
    send(client, f"{draft}trang/start/", for_whom="other")
    page = client.get(f"{draft}nop-thay/")
    assert "Nộp thay người khác" in words(page)
    sent = given()
    if 'name="file"' not in page.content.decode():
        sent.pop("file")
    response: HttpResponse = client.post(f"{draft}nop-thay/", sent)
    assert response.status_code == 302, words(response)
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        mandate = Mandate.objects.get()
    assert (mandate.ground, mandate.scope, mandate.shown) == (Ground.AUTHORISED, "Nộp hồ sơ", False)
    assert mandate.valid_to
    assert timedelta(363) < mandate.valid_to - mandate.valid_from < timedelta(367)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"ground": ""}, "Chọn căn cứ"),
        ({"ground": "friend"}, "Chọn"),
        ({"scope": ""}, "Nhập phạm vi"),
        ({"scope": "x" * 501}, "500"),
        ({"valid_from_0": "32"}, "ngày"),
        (boxes("valid_from", timezone.localdate() + timedelta(days=2)), "chưa có hiệu lực"),
        (boxes("valid_to", timezone.localdate() - timedelta(days=1)), "hết hiệu lực"),
        ({"reference": "x" * 201}, "200"),
    ],
)
def test_a_paper_that_does_not_hold_is_refused_at_its_field(more: dict[str, str], told: str) -> None:
    client = visitor(citizen())
    draft = begin(client, OTHER)
    response: HttpResponse = client.post(f"{draft}nop-thay/", given(**more))
    assert response.status_code == 400
    assert told in words(response)


def test_a_stranger_sees_no_mandate() -> None:
    draft, rights = drafted()
    right = Right(ground=Ground.BY_LAW, principal_name="A", scope="B", valid_from=timezone.localdate())
    with transaction.atomic(), use(rights):
        give_mandate(draft=draft, right=right, actor=draft.writer, now=timezone.now())
        assert Mandate.objects.count() == 1
    with transaction.atomic(), use(Scope(citizen=citizen().pk)):
        assert not Mandate.objects.exists()


def test_only_a_desk_says_that_a_paper_was_shown() -> None:
    draft, rights = drafted()
    right = Right(ground=Ground.BY_LAW, principal_name="A", scope="B", valid_from=timezone.localdate(), shown=True)
    with transaction.atomic(), use(rights), pytest.raises(NotAllowedError):
        give_mandate(draft=draft, right=right, actor=draft.writer, now=timezone.now())


def test_a_mandate_of_tomorrow_is_none() -> None:
    draft, rights = drafted()
    tomorrow = timezone.localdate() + timedelta(days=1)
    right = Right(ground=Ground.AUTHORISED, principal_name="A", scope="B", valid_from=tomorrow)
    with transaction.atomic(), use(rights), pytest.raises(BadMandateError):
        give_mandate(draft=draft, right=right, actor=draft.writer, now=timezone.now())


def test_the_database_refuses_an_authorisation_without_an_end() -> None:
    draft, rights = drafted()
    with pytest.raises(IntegrityError), transaction.atomic(), use(rights):
        Mandate.objects.create(
            draft=draft,
            ground=Ground.AUTHORISED,
            principal_name="A",
            scope="B",
            valid_from=timezone.localdate(),
            entered_at=timezone.now(),
        )
