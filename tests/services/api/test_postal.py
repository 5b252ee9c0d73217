"""Results by post over REST: the same deeds, the same refusals."""

from datetime import timedelta

from django.utils import timezone

from services.api import postal_schemas as schemas
from services.states import State
from tests.services.api.talking import Rest, read
from tests.services.build import Office
from tests.services.own import citizen
from tests.services.posting import ADDRESS, NUMBER, issued_for_post, long_ago


def now() -> str:
    return timezone.now().isoformat()


def test_from_the_slip_to_the_delivery(office: Office) -> None:
    dossier, bare = issued_for_post(long_ago(office)), issued_for_post(office, contact={"phone": "0912000321"})
    rest, home = Rest(office.people.desk_officer.user), office.people.home
    body = {"carrier": "vnpost", "dossierIds": [str(dossier.pk), str(bare.pk)]}
    made = read(rest.send(f"desks/{home}/postal-slips", body), 201)
    assert [one["code"] for one in made["leftOut"]] == ["no_postal_address"]
    assert set(made["slip"]) == set(schemas.PostalSlipSerializer().fields)
    (item,) = made["slip"]["items"]
    assert set(item) == set(schemas.PostalItemSerializer().fields)
    path = f"postal-slips/{made['slip']['id']}"
    told = {"handedAt": now(), "courier": "x", "numbers": [{"itemId": item["id"], "trackingNumber": NUMBER}]}
    assert rest.send(f"{path}/departures", told).status_code == 428
    etag = rest.etag(path)
    first, second = (rest.send(f"{path}/departures", told, etag=etag, key="one") for _ in range(2))
    assert (first.status_code, first.content) == (201, second.content)
    assert rest.send(f"{path}/departures", told, etag=etag).status_code == 412
    one = f"postal-items/{item['id']}"
    assert [row["trackingNumber"] for row in rest.get("postal-items", state="sent")["items"]] == [NUMBER]
    early = {"happenedAt": (timezone.now() - timedelta(days=1)).isoformat(), "receiver": "x", "proof": "y"}
    assert "postal-moment" in str(read(rest.send(f"{one}/deliveries", early, etag=rest.etag(one)), 422))
    done = read(rest.send(f"{one}/deliveries", {**early, "happenedAt": now()}, etag=rest.etag(one)), 201)
    assert (done["state"], done["abilities"]["deliver"]) == ("delivered", False)
    assert office.again(dossier).state == State.RETURNED
    assert (
        rest.send(f"{one}/comebacks", {"happenedAt": now(), "reason": "absent"}, etag=rest.etag(one)).status_code == 409
    )


def test_the_citizen_asks_for_the_post(office: Office) -> None:
    mother = citizen()
    dossier = issued_for_post(long_ago(office), filer=mother, contact={"phone": "0912000321"})
    Rest(mother).does(dossier, "postal-requests", {"address": ADDRESS})
    assert office.again(dossier).contact["address"] == ADDRESS
    Rest(mother).get("postal-items", status=403)
    rest = Rest(office.people.desk_officer.user)
    body = {"carrier": "vnpost", "dossierIds": [str(dossier.pk)]}
    (item,) = read(rest.send(f"desks/{office.people.home}/postal-slips", body), 201)["slip"]["items"]
    assert Rest(office.people.outsider.user).send(f"desks/{office.people.home}/postal-slips", body).status_code == 404
    one = f"postal-items/{item['id']}"
    assert read(rest.send(f"{one}/removals", {"reason": "x"}, etag=rest.etag(one)), 201)["state"] == "taken_off"
