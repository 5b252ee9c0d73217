"""The list of dossiers over REST: the pages' filter, the file, saved filters."""

from datetime import timedelta

import pytest
from django.utils import timezone

from services.api import list_schemas as schemas
from services.models import ProcedureVersion, SavedFilter
from tests.cast import Cast
from tests.services.api.talking import Rest, pointers, read
from tests.services.build import Office
from tests.services.lists import acting


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(hours=3))


@pytest.fixture
def hoa(office: Office) -> Rest:
    return Rest(office.people.desk_officer.user)


def test_rows_have_the_filters_of_the_page(office: Office, hoa: Rest) -> None:
    waiting, held = office.submitted(), office.processing()
    rows = hoa.get("dossier-rows")["items"]
    assert {row["id"] for row in rows} == {str(waiting.pk), str(held.pk)}
    assert set(rows[0]) == set(schemas.ListedDossierSerializer().fields)
    (row,) = hoa.get("dossier-rows", state="processing", step="specialist", order="newest")["items"]
    assert (row["holderName"], row["stepName"], row["isLate"]) == ("Vàng Seo Páo", "Thẩm tra", False)
    assert hoa.get("dossier-rows", lateness="paused")["items"] == []
    first = hoa.get("dossier-rows", limit=1)
    assert len(hoa.client.get(first["next"]).json()["items"]) == 1
    assert hoa.client.get("/api/v1/dossier-rows?holder=x").status_code == 400


def test_strangers_get_no_list(office: Office) -> None:
    office.submitted()
    assert Rest(office.people.outsider.user).get("dossier-rows")["items"] == []


def test_the_file_needs_its_purpose_and_is_recorded(office: Office, hoa: Rest) -> None:
    dossier = office.accepted()
    refused = hoa.client.get("/api/v1/dossier-rows/file")
    assert refused.status_code == 422, refused.content
    answer = hoa.client.get("/api/v1/dossier-rows/file?columns=dossier,owner&purpose=Giao+ban")
    text = answer.getvalue().decode()
    assert dossier.code in text
    (kept,) = hoa.get("dossier-exports")["items"]
    assert (kept["purpose"], kept["columns"], kept["format"]) == ("Giao ban", ["dossier", "owner"], "csv")
    assert set(kept) == set(schemas.ListExportSerializer().fields)
    assert hoa.client.get("/api/v1/dossier-rows/file?columns=x").status_code == 400
    sheet = hoa.client.get("/api/v1/dossier-rows/file?columns=dossier&as=xlsx")
    assert sheet.getvalue()[:2] == b"PK"
    assert Rest(office.people.leader.user).get("dossier-exports")["items"] == []


def test_a_filter_is_saved_read_and_removed(office: Office, hoa: Rest) -> None:
    told = {"name": "Trễ hạn", "filter": {"lateness": "late"}, "columns": "dossier,due"}
    body = read(hoa.send("saved-filters", told), 201)
    assert body["query"] == "han=late&cot=dossier&cot=due"
    assert body["abilities"] == {"remove": True}
    assert set(body) == set(schemas.SavedFilterSerializer().fields)
    assert [row["id"] for row in hoa.get("saved-filters")["items"]] == [body["id"]]
    path = f"saved-filters/{body['id']}"
    etag = hoa.etag(path)
    read(hoa.send("saved-filters", told | {"filter": {}}), 201)
    assert hoa.send(path, method="delete", etag=etag).status_code == 412
    assert hoa.send(path, method="delete", etag=hoa.etag(path)).status_code == 204
    with acting(office.people.desk_officer):
        assert not SavedFilter.objects.exists()


def test_for_the_unit_only_by_its_heads(office: Office, hoa: Rest) -> None:
    told = {"name": "Chung", "filter": {}, "unitId": office.people.home}
    assert hoa.send("saved-filters", told).status_code == 403
    kept = read(Rest(office.people.deputy.user).send("saved-filters", told), 201)
    (row,) = hoa.get("saved-filters")["items"]
    assert (row["id"], row["abilities"]) == (kept["id"], {"remove": False})
    assert (
        hoa.send(
            f"saved-filters/{kept['id']}", method="delete", etag=hoa.etag(f"saved-filters/{kept['id']}")
        ).status_code
        == 403
    )
    assert Rest(office.people.outsider.user).get("saved-filters")["items"] == []
    assert pointers(hoa.send("saved-filters", {"name": "", "filter": {}})) == {"/name": "too-short"}
