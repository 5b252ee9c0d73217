"""A joined dossier on the pages of its citizen and its desk, and over REST."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.api import joined_schemas as schemas
from services.models import Dossier, ProcedureVersion
from tests.cast import Cast
from tests.services.api.talking import Rest, read
from tests.services.build import Office
from tests.services.consulting import neighbour
from tests.services.joined import finish, joined, part, versions
from tests.services.own import Home, citizen


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return versions()


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(minutes=30))


def links(page: Home, name: str, dossier: Dossier) -> list[str]:
    text = page.get(name, dossier.pk).content.decode()
    return [row.code for row in Dossier.objects.all() if reverse(f"services:{name}", args=[row.pk]) in text]


def test_the_citizen_sees_each_part_with_its_result_as_it_comes(office: Office) -> None:
    filer = citizen()
    whole = joined(office, filer=filer)
    page = Home(filer)
    told = page.page("own-dossier", whole.pk)
    assert "Đăng ký thường trú" in told
    assert "Cấp thẻ bảo hiểm y tế" in told
    finish(office, part(whole, "birth"))
    assert "Finished" in page.page("own-dossier", whole.pk) or "Đã xong" in page.page("own-dossier", whole.pk)
    assert whole.code in page.page("own-dossier", part(whole, "birth").pk)


def test_the_desk_sees_the_parts_and_moves_the_joint_due_moment(office: Office) -> None:
    whole = joined(office)
    desk = Home(office.people.desk_officer.user)
    assert "Cấp thẻ bảo hiểm y tế" in desk.page("desk-dossier", whole.pk)
    address = reverse("services:joint-limit", args=[whole.pk])
    assert address in desk.get("desk-dossier", whole.pk).content.decode()
    assert desk.send("joint-limit", whole.pk, revision=whole.revision).status_code == 400
    moved = desk.send("joint-limit", whole.pk, revision=whole.revision, limit_case="case_1", reason="Công an yêu cầu")
    assert moved.status_code == 302
    assert whole.due_at
    assert office.again(whole).due_at > whole.due_at  # type: ignore[operator]  # accepted
    again = desk.send("joint-limit", whole.pk, revision=whole.revision, limit_case="case_1", reason="Công an yêu cầu")
    assert again.status_code in {400, 409}
    assert Home(office.people.specialist.user).get("joint-limit", whole.pk).status_code == 403


def test_the_organ_of_a_part_reads_nothing_of_the_whole(office: Office) -> None:
    whole = joined(office)
    member = Home(neighbour(office).user)
    assert member.get("desk-dossier", whole.pk).status_code == 404
    own = part(whole, "residence")
    text = member.page("desk-dossier", own.pk)
    assert whole.code not in text
    assert "Trạm Y tế xã An" not in text


def test_over_rest(office: Office) -> None:
    filer = citizen()
    whole = joined(office, filer=filer)
    mine, desk = Rest(filer), Rest(office.people.desk_officer.user)
    told = mine.get(f"dossiers/{whole.pk}/parts")["items"]
    assert [row["key"] for row in told] == ["birth", "residence", "health-card"]
    assert set(told[0]) == set(schemas.JoinedPartSerializer().fields)
    assert desk.get(f"dossiers/{part(whole, 'birth').pk}/parts")["items"] == []
    Rest(neighbour(office).user).get(f"dossiers/{whole.pk}/parts", status=404)
    body = {"limitKey": "case_1", "reason": "Công an yêu cầu"}
    path = f"dossiers/{whole.pk}"
    assert desk.send(f"{path}/joint-limits", body).status_code == 428
    assert mine.send(f"{path}/joint-limits", body, etag=mine.etag(path)).status_code == 403
    read(desk.send(f"{path}/joint-limits", body, etag=desk.etag(path)), 201)
    assert desk.get(path)["limitKey"] == "case_1"
